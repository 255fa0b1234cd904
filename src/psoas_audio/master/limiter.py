"""A look-ahead true-peak limiter in which each sample depends only on its neighbourhood.

Its effect reaches no further than 90 ms, so a session can be limited in blocks, in any order and
in parallel, with exactly the same result. Where nothing is near the ceiling the signal is
unchanged. The gain comes down within 5 ms before a peak and goes back up within 80 ms after it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples
from psoas_audio.master.true_peak import CELL, cell_peaks, most_overshoot, sample_peak
from psoas_audio.units import db_to_gain

CEILING_DBTP = -2.0
"""Before encoding: leaves 1 dB for what MP3 adds."""

_ATTACK_CELLS = 10
"""Cells (5 ms) over which the gain comes down."""

_RELEASE_CELLS = 160
"""Cells (80 ms) over which it goes back up."""

LOOKBEHIND = (_RELEASE_CELLS + _ATTACK_CELLS + 2) * CELL
"""Samples before a cell that its gain depends on (86 ms)."""

LOOKAHEAD = (_ATTACK_CELLS + 3) * CELL
"""Samples after it (6.5 ms): less than what a block's end keeps clear of the next cut."""

_CELLS_PER_STEP = 1000
"""Cells (0.5 s) whose gain is computed at a time."""

_CEILING_MARGIN = 0.995
"""The gain moves a little under the points between samples: -0.04 dB covers it."""

_RELEASE_CURVE = (0.5 + 0.5 * np.cos(np.pi * np.arange(_RELEASE_CELLS) / _RELEASE_CELLS)).astype(
    np.float32
)
_ATTACK_KERNEL = np.hanning(_ATTACK_CELLS + 3)[1:-1].astype(np.float32)
_ATTACK_KERNEL /= _ATTACK_KERNEL.sum()
_CELL_RAMP = (np.arange(CELL) / CELL).astype(np.float32)


def needed_range(start: int, stop: int) -> tuple[int, int]:
    """The range of the signal that the limited samples [*start*, *stop*) depend on."""
    return start // CELL * CELL - LOOKBEHIND, -(-stop // CELL) * CELL + LOOKAHEAD


class Limiter:
    """A signal of *length* samples under a ceiling, read like the signal itself.

    *read* returns float32 ``(frames, channels)`` of a range within [0, *length*). All channels
    get the same gain.
    """

    def __init__(
        self, read: Callable[[int, int], Samples], length: int, ceiling_db: float = CEILING_DBTP
    ) -> None:
        self._read = read
        self._length = length
        self._ceiling = db_to_gain(ceiling_db) * _CEILING_MARGIN

    def read(self, start: int, stop: int) -> Samples:
        """Samples [*start*, *stop*) within [0, *length*), no true peak above the ceiling."""
        low, high = needed_range(start, stop)
        inner, outer = max(0, low), min(self._length, high)
        signal = self._read(inner, outer)
        part = signal[start - inner : stop - inner]
        if sample_peak(signal) * most_overshoot() <= self._ceiling:
            return part
        around = signal
        if inner > low or outer < high:
            around = np.pad(signal, ((inner - low, high - outer), (0, 0)))
        peaks = cell_peaks(around, self._ceiling)
        if peaks.max() <= self._ceiling:
            return part
        ceiling = np.float32(self._ceiling)
        depth = (1 - ceiling / np.maximum(peaks, ceiling)).astype(np.float32, copy=False)
        return _lowered(part, _lowering(depth), start - (low + LOOKBEHIND))


def _lowered(samples: Samples, edges: NDArray[np.float32], skipped: int) -> Samples:
    """*samples* lowered by what runs straight from each of *edges*, those of cells, to the next.

    *skipped* samples of the first cell lie before the first of *samples*.
    """
    lowered = np.empty_like(samples)
    for first in range(0, len(edges) - 1, _CELLS_PER_STEP):
        some = edges[first : first + _CELLS_PER_STEP + 1]
        left, right = some[:-1, None], some[1:, None]
        gain = 1 - (left + (right - left) * _CELL_RAMP).reshape(-1)
        at = first * CELL - skipped
        begin, end = max(0, at), min(len(samples), at + len(gain))
        if begin < end:
            np.multiply(
                samples[begin:end], gain[begin - at : end - at, None], out=lowered[begin:end]
            )
    return lowered


def _lowering(depth: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much the signal is lowered (0 to 1) at the edges of cells, from how much each must be.

    The result is shorter than *depth* by the margins: it covers the range asked for. In no cell
    is the signal lowered by less than that cell's *depth*.
    """
    wide = _highest(depth, 3)
    count = wide.size - _RELEASE_CELLS + 1
    held, falling = np.zeros(count, np.float32), np.empty(count, np.float32)
    for cells, part in enumerate(_RELEASE_CURVE):
        np.multiply(part, wide[_RELEASE_CELLS - 1 - cells :][:count], out=falling)
        np.maximum(held, falling, out=held)
    coming = _highest(held, _ATTACK_CELLS + 1)
    count = coming.size - _ATTACK_CELLS
    eased = np.zeros(count, np.float32)
    for cells, part in enumerate(_ATTACK_KERNEL):
        eased += part * coming[cells : cells + count]
    return _highest(eased, 2)


def _highest(values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The highest of each *count* values in a row."""
    size = len(values) - count + 1
    highest: NDArray[np.float32] = np.maximum.reduce([values[i : i + size] for i in range(count)])
    return highest
