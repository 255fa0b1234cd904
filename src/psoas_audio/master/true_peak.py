"""True peak: the highest point of the curve through the samples (BS.1770-4, annex 2).

The signal is interpolated 4 times. Annex 2's own filter has 12 taps a phase; this one has 24
(Kaiser window, flat within 0.01 dB to 20 kHz), so it reads full-band peaks no lower. Work is
done only where the neighbouring samples are high enough to matter. All sums are taken in one
fixed order: the same samples give the same peak, to the bit, whatever surrounds them.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples

CELL = 24
"""Samples judged together (0.5 ms); divides an MP3 frame."""

_HALF = 12
"""Samples on either side that an interpolated point is made from; at most a cell."""

_OVERSAMPLING = 4
_BETA = 5.65
"""Kaiser's beta for 60 dB."""

_BATCH = 1024
"""Cells interpolated at a time: bounds memory."""

_AT_ONCE = 2000 * CELL
"""Samples (1 s) heard at a time: bounds memory."""


@cache
def _taps() -> NDArray[np.float32]:
    """Weights of the samples around each point between two samples: ``(phase, 24)``."""
    places = np.arange(1 - _HALF, _HALF + 1)
    fractions = np.arange(1, _OVERSAMPLING)[:, None] / _OVERSAMPLING
    distance = fractions - places
    window = np.i0(_BETA * np.sqrt(1 - (distance / _HALF) ** 2)) / np.i0(_BETA)
    taps = np.sinc(distance) * window
    taps /= taps.sum(axis=1, keepdims=True)
    return taps.astype(np.float32)


@cache
def most_overshoot() -> float:
    """How many times higher than its samples an interpolated point can be (2.6)."""
    return float(np.abs(_taps()).sum(axis=1).max()) * (1 + 1e-6)


def true_peak(samples: Samples, floor: float = 0.0) -> float:
    """Highest absolute value of *samples*, ``(frames, channels)``, and between them; linear.

    Before and after them is silence. A signal that can't exceed *floor* gives *floor* at
    little cost.
    """
    if sample_peak(samples) * most_overshoot() <= floor:
        return floor
    meter = PeakMeter(samples.shape[1], sample_peak(samples))
    for start in range(0, len(samples), _AT_ONCE):
        meter.add(samples[start : start + _AT_ONCE])
    return max(floor, meter.peak())


class PeakMeter:
    """True peak of a stream, in constant memory."""

    def __init__(self, channels: int, floor: float = 0.0) -> None:
        """*floor*: a peak that the stream is known to reach; saves looking for lower ones."""
        self._held = np.zeros((CELL, channels), np.float32)
        self._peak = floor

    def add(self, block: Samples) -> None:
        """Hear *block* next, of any length."""
        held = np.concatenate((self._held, block))
        self._peak = max(self._peak, sample_peak(block))
        cells = len(held) // CELL
        if cells > 2:
            peaks = cell_peaks(held[: cells * CELL], self._peak)
            self._peak = max(self._peak, float(peaks.max()))
            held = held[(cells - 2) * CELL :].copy()
        self._held = held

    def peak(self) -> float:
        """The highest so far, linear; silence comes after."""
        padded = np.pad(self._held, ((0, 2 * CELL - len(self._held) % CELL), (0, 0)))
        return max(self._peak, float(cell_peaks(padded, self._peak).max()))


def sample_peak(samples: Samples) -> float:
    """Highest absolute sample; 0 if there is none."""
    return float(max(samples.max(initial=0.0), -samples.min(initial=0.0)))


def cell_peaks(samples: Samples, above: float) -> NDArray[np.float32]:
    """True peak of each cell of *samples* but the first and the last, over all channels.

    Whole cells. A cell's points lie from its first sample to the next cell's. Where a cell
    can't exceed *above*, its highest sample stands for it.
    """
    pieces = (samples[start : start + _AT_ONCE] for start in range(0, len(samples), _AT_ONCE))
    width = CELL * samples.shape[1]
    highest = np.concatenate([_highest(np.abs(piece).reshape(-1), width) for piece in pieces])
    around = np.maximum(np.maximum(highest[:-2], highest[1:-1]), highest[2:])
    peaks: NDArray[np.float32] = highest[1:-1].copy()
    chosen = np.flatnonzero(around * np.float32(most_overshoot()) > above)
    for channel in samples.T:
        windows = np.lib.stride_tricks.sliding_window_view(channel, 3 * CELL)[::CELL]
        for first, stop in pairwise((*range(0, chosen.size, _BATCH), chosen.size)):
            some = chosen[first:stop]
            near = np.ascontiguousarray(windows[some].T)
            high = np.flatnonzero(_at_most(near) > above)
            if high.size:
                some = some[high]
                peaks[some] = np.maximum(peaks[some], _between(near[:, high]))
    return peaks


def _highest(values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The highest of each *count* values; by halves, as numpy is slow along short rows."""
    while count % 2 == 0:
        values, count = np.maximum(values[::2], values[1::2]), count // 2
    columns = values.reshape(-1, count).T
    highest: NDArray[np.float32] = np.maximum.reduce([*columns])
    return highest


def _at_most(near: NDArray[np.float32]) -> NDArray[np.float32]:
    """What no point between the samples of each column's middle cell exceeds.

    An interpolated point is one on the straight line between its two neighbours and a weighted
    sum of how the curve bends around it: where it bends little, as in speech, this lies close.
    """
    inside = np.abs(near[CELL : 2 * CELL + 1]).max(axis=0)
    turns = near[CELL - _HALF : 2 * CELL + _HALF + 1]
    slopes = turns[1:] - turns[:-1]
    bends = slopes[1:] - slopes[:-1]
    np.abs(bends, out=bends)
    by_bends, by_slope = _beyond_the_line()
    highest: NDArray[np.float32] = inside * np.float32(1 + 2 * by_slope)
    highest += bends.max(axis=0) * np.float32(by_bends)
    return highest


@cache
def _beyond_the_line() -> tuple[float, float]:
    """How far a point can lie from the straight line between its neighbours: the share of the
    steepest bend (second difference) and of the steepest slope (first difference) around it.

    The taps less those of the line add up to nothing, so they are a sum of slopes; and their
    slopes, but for a remainder, add up to nothing too, so they are a sum of bends.
    """
    line = np.zeros((_OVERSAMPLING - 1, 2 * _HALF))
    fractions = np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    line[:, _HALF - 1], line[:, _HALF] = 1 - fractions, fractions
    slopes = (_taps() - line).cumsum(axis=1)
    remainder = slopes.sum(axis=1)
    slopes[:, _HALF - 1] -= remainder
    bends = slopes.cumsum(axis=1)
    spare = 1 + 1e-4  # the arithmetic is float32's
    return float(np.abs(bends).sum(axis=1).max()) * spare, float(np.abs(remainder).max()) + 1e-5


def _between(near: NDArray[np.float32]) -> NDArray[np.float32]:
    """Highest absolute point between the samples of each column's middle cell."""
    first = CELL + 1 - _HALF
    points = np.zeros((_OVERSAMPLING - 1, CELL, near.shape[1]), np.float32)
    for place, taps in enumerate(_taps().T):
        points += taps[:, None, None] * near[first + place : first + place + CELL]
    highest: NDArray[np.float32] = np.abs(points, out=points).max(axis=(0, 1))
    return highest
