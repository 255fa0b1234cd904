"""Makes any recording repeat without a seam."""

from __future__ import annotations

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.units import SAMPLE_RATE

_CROSSFADE_SAMPLES = 2 * SAMPLE_RATE
"""Samples over which the end runs into the start."""
_DECLARED_CROSSFADE = SAMPLE_RATE // 20
"""The same if both are known to be the same sound."""
_SEARCH = 6 * SAMPLE_RATE
"""Samples before the end in which the best cut is searched for."""
_MIN_CORRELATION = 0.3
"""Correlation from which a cut is worth the seconds that are lost."""
_AS_ALIKE = 0.05
"""Correlation that doesn't matter: of cuts that are as alike, the last keeps most of the sound."""
_QUIET_EDGE_SHARE = 0.7
"""Edges below this share of the typical RMS are a fade of the recording, and are cut off."""
_RMS_WINDOW = SAMPLE_RATE // 4
"""Samples over which that RMS is taken."""


def make_seamless(samples: Samples) -> Samples:
    """A part of *samples* (frames, channels) whose end runs into its start.

    Faded or silent edges are cut off. The stretch of the last seconds that is most like the
    first two, where any is, becomes the end, and the end is crossfaded into the start: at
    equal power, or at equal gain so far as the two are alike.
    """
    samples = _without_quiet_edges(samples)
    overlap = min(_CROSSFADE_SAMPLES, len(samples) // 4)
    if overlap < 2:
        return samples
    head = samples[:overlap]
    end, likeness = _best_cut(samples, overlap)
    joined = _crossfade(samples[end - overlap : end], head, likeness)
    return np.concatenate([joined, samples[overlap : end - overlap]])


def declared_loop(samples: Samples, start: int, period: int) -> Samples:
    """The *period* frames from *start* of *samples* that are known to repeat, changed in place.

    What the file has to spare after them is their beginning once more. A lossy codec never
    writes the same thing twice alike, so a little of it is crossfaded into the beginning.
    """
    loop = samples[start : start + period]
    spare = samples[start + period :][: min(_DECLARED_CROSSFADE, period)]
    loop[: len(spare)] = _crossfade(spare, loop[: len(spare)], 1.0)
    return loop


def _crossfade(old: Samples, new: Samples, likeness: float) -> Samples:
    """From *old* to *new*: at equal gain where they are the same (1), at equal power where they
    have nothing in common (0)."""
    way = (np.arange(len(new), dtype=np.float64)[:, np.newaxis] + 0.5) / max(len(new), 1)
    rise, fall = np.sin(0.5 * np.pi * way), np.cos(0.5 * np.pi * way)
    together = np.sqrt(1.0 + 2.0 * likeness * rise * fall)
    joined: Samples = ((new * rise + old * fall) / together).astype(np.float32)
    return joined


def _without_quiet_edges(samples: Samples) -> Samples:
    windows = len(samples) // _RMS_WINDOW
    if windows < 20:
        return samples
    powers = np.square(samples[: windows * _RMS_WINDOW]).reshape(windows, -1).mean(axis=1)
    loud = np.flatnonzero(powers > np.median(powers) * _QUIET_EDGE_SHARE**2)
    if len(loud) == 0:
        return samples
    return samples[loud[0] * _RMS_WINDOW : (loud[-1] + 1) * _RMS_WINDOW]


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
    most = float(likeness.max())
    best = int(np.flatnonzero(likeness >= most - _AS_ALIKE)[-1])
    if most < _MIN_CORRELATION:
        best = search
    return len(samples) - search + best, float(np.clip(likeness[best], 0.0, 1.0))
