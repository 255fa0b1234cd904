"""Loudness by ITU-R BS.1770-4 and EBU Tech 3341/3342, from energies per 100 ms.

Everything a meter shows is computed from the K-weighted energies of 100 ms sub-blocks. They take
eight bytes each, are cached with a take and are never measured twice. Samples are float32
``(frames, channels)``, at 48 kHz unless a rate is given; mono and stereo channels have weight 1.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples
from psoas_audio.k_weighting import OFFSET, k_weighting
from psoas_audio.units import SAMPLE_RATE

Energies = NDArray[np.float64]

_PER_SECOND = 10

SUB_BLOCK = SAMPLE_RATE // _PER_SECOND
"""Samples in a sub-block at 48 kHz: 100 ms."""

_SPAN_BLOCKS = 8
"""Sub-blocks filtered at once; the first is history."""

_GATING, _SHORT_TERM = 4, 30
"""Sub-blocks in a gating (400 ms) and in a short-term block (3 s)."""

_SECONDS_ADDED = 60
"""Of sound, measured at a time: a spectrum takes several times the memory of its samples."""


def energies(samples: Samples, rate: int = SAMPLE_RATE) -> Energies:
    """Mean square of *samples* after K-weighting, summed over channels, per 100 ms sub-block.

    The last sub-block is filled up with silence. Before the first sample there was silence.
    *rate*: samples a second, at most 48,000 and a multiple of 10.
    """
    meter = Meter(samples.shape[1], rate)
    step = _SECONDS_ADDED * rate
    for start in range(0, len(samples), step):
        meter.add(samples[start : start + step])
    return meter.energies()


class Meter:
    """Measures the energies of a stream; its memory grows only by these."""

    def __init__(self, channels: int, rate: int = SAMPLE_RATE) -> None:
        self._size = rate // _PER_SECOND
        self._held = np.zeros((channels, self._size), np.float32)
        self._done: list[Energies] = []

    def add(self, block: Samples) -> None:
        """Add the next *block*, of any length, float32 ``(frames, channels)``."""
        held = np.concatenate((self._held, block.T), axis=1)
        step = (_SPAN_BLOCKS - 1) * self._size
        spans = (held.shape[1] - self._size) // step
        if spans:
            whole = spans * step
            self._done.append(_weighted(held[:, : whole + self._size], self._size))
            held = held[:, whole:].copy()
        self._held = held

    def energies(self) -> Energies:
        """The energies of all blocks so far; the rest of the last sub-block counts as silent."""
        left = self._held.shape[1] - self._size
        count = -(-left // self._size)
        if not count:
            return np.concatenate((*self._done, np.zeros(0)))
        room = _SPAN_BLOCKS * self._size - self._held.shape[1]
        last = _weighted(np.pad(self._held, ((0, 0), (0, room))), self._size)[:count]
        return np.concatenate((*self._done, last))


def _weighted(signal: Samples, size: int) -> Energies:
    """Energies of *signal*, ``(channels, frames)``, whose first sub-block is only history.

    A sub-block has *size* samples.

    The filter is applied as a product in the frequency domain. Its response is 140 dB down
    after 100 ms, so what wraps round into the part kept is below float32's own noise.
    """
    step, span = (_SPAN_BLOCKS - 1) * size, _SPAN_BLOCKS * size
    spans = np.lib.stride_tricks.sliding_window_view(signal, span, axis=1)[:, ::step]
    total = np.zeros(spans.shape[1] * (_SPAN_BLOCKS - 1))
    for channel in spans:
        spectrum = np.fft.rfft(channel)
        spectrum *= _response(size)
        heard = np.fft.irfft(spectrum, span)[:, size:].reshape(-1, size)
        total += np.einsum("ij,ij->i", heard, heard) / size
    return total


@cache
def _response(size: int) -> NDArray[np.complex64]:
    """The filter's response at the frequencies of a span's spectrum; a sub-block has *size*
    samples."""
    return k_weighting(_SPAN_BLOCKS * size, _PER_SECOND * size).astype(np.complex64)


def energy_to_lufs(energy: float) -> float:
    """LUFS of a mean-square energy; ``-inf`` for silence."""
    return OFFSET + 10 * math.log10(energy) if energy > 0 else -math.inf


def integrated(energies: Energies) -> float:
    """Integrated loudness in LUFS: 400 ms blocks, gated at -70 LUFS and at -10 LU.

    ``-inf`` when nothing passes the gates, or for less than 400 ms.
    """
    return gated(moving_mean(energies, _GATING))


def gated(blocks: Energies) -> float:
    """Loudness in LUFS of the mean energy of those *blocks* that pass both gates."""
    loud = _above(blocks, -70.0)
    if not loud.size:
        return -math.inf
    return energy_to_lufs(float(_above(loud, energy_to_lufs(float(loud.mean())) - 10.0).mean()))


def loudness_range(energies: Energies) -> float:
    """Loudness range in LU (EBU Tech 3342): short-term blocks gated at -70 LUFS and -20 LU,
    from their 10th to their 95th percentile. 0 if no block passes the gates.
    """
    blocks = _above(moving_mean(energies, _SHORT_TERM), -70.0)
    if not blocks.size:
        return 0.0
    blocks = np.sort(_above(blocks, energy_to_lufs(float(blocks.mean())) - 20.0))
    low, high = (blocks[round((blocks.size - 1) * part)] for part in (0.10, 0.95))
    return energy_to_lufs(float(high)) - energy_to_lufs(float(low))


def momentary_max(energies: Energies) -> float:
    """The loudest 400 ms, in LUFS."""
    blocks = moving_mean(energies, _GATING)
    return energy_to_lufs(float(blocks.max())) if blocks.size else -math.inf


def moving_mean(energies: Energies, count: int) -> Energies:
    """Mean of each *count* sub-blocks in a row; empty if there are fewer."""
    if energies.size < count:
        return np.zeros(0)
    means: Energies = np.lib.stride_tricks.sliding_window_view(energies, count).mean(axis=1)
    return means


def _above(blocks: Energies, gate: float) -> Energies:
    """The energies whose loudness is above *gate* LUFS."""
    above: Energies = blocks[blocks > 10.0 ** ((gate - OFFSET) / 10.0)]
    return above
