"""Making any recording repeat without a seam."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psoas_audio.units import SAMPLE_RATE

Samples = NDArray[np.float32]

_CROSSFADE = 2 * SAMPLE_RATE
"""Samples over which the end runs into the start."""
_SEARCH = 6 * SAMPLE_RATE
"""Samples before the end among which the best cut is looked for."""
_QUIET = 0.1
"""Edges under this share of the usual RMS are somebody's fade: cut off."""
_WINDOW = SAMPLE_RATE // 10


def make_seamless(samples: Samples) -> Samples:
    """A part of *samples* (frames, channels) whose end runs into its start.

    Faded or silent edges are cut off. Of the last seconds, the stretch most like the first
    two is found by correlation, and one is crossfaded into the other at equal power, or
    at equal gain so far as the two are alike. Sounds under a second only lose nothing and
    gain a short crossfade.
    """
    samples = _without_quiet_edges(samples)
    overlap = min(_CROSSFADE, len(samples) // 4)
    if overlap < 2:
        return samples
    head = samples[:overlap]
    end, likeness = _best_cut(samples, overlap)
    tail = samples[end - overlap : end]
    way = (np.arange(overlap, dtype=np.float64)[:, np.newaxis] + 0.5) / overlap
    rise, fall = np.sin(0.5 * np.pi * way), np.cos(0.5 * np.pi * way)
    together = np.sqrt(rise**2 + fall**2 + 2.0 * likeness * rise * fall)
    joined = (head * rise + tail * fall) / together
    return np.concatenate([joined.astype(np.float32), samples[overlap : end - overlap]])


def _without_quiet_edges(samples: Samples) -> Samples:
    windows = len(samples) // _WINDOW
    if windows < 30:
        return samples
    powers = np.square(samples[: windows * _WINDOW]).reshape(windows, -1).mean(axis=1)
    loud = np.flatnonzero(powers > np.median(powers) * _QUIET**2)
    if len(loud) == 0:
        return samples
    return samples[loud[0] * _WINDOW : (loud[-1] + 1) * _WINDOW]


def _best_cut(samples: Samples, overlap: int) -> tuple[int, float]:
    """Where to cut the end, and how alike (0 to 1) its last *overlap* samples are to the head."""
    head = samples[:overlap].mean(axis=1, dtype=np.float64)
    search = min(_SEARCH, len(samples) - 2 * overlap)
    tail = samples[len(samples) - overlap - search :].mean(axis=1, dtype=np.float64)
    size = 1 << (len(tail) + overlap).bit_length()
    product = np.fft.irfft(np.fft.rfft(tail, size) * np.conj(np.fft.rfft(head, size)), size)
    energies = np.concatenate([[0.0], np.cumsum(np.square(tail))])
    energy = (energies[overlap:] - energies[:-overlap])[: search + 1]
    scale = np.sqrt(np.maximum(energy * np.sum(np.square(head)), 1e-12))
    likeness = product[: search + 1] / scale
    best = int(np.argmax(likeness))
    return len(samples) - search + best, float(np.clip(likeness[best], 0.0, 1.0))
