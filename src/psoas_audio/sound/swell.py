"""Swells: a background comes up where nothing is in front of it, and goes down well before words.

A pure function of the absolute position in the session, so a mixer may cut the session into
blocks wherever it likes. It moves slowly, and only in silences long enough for the whole way up
and down: between the lines of a paragraph it stays where it is, so it never pumps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from psoas_audio.sound.curves import Values
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

UP = seconds_to_samples(3)
"""Shortest way up, in samples, from the end of what was in front."""
DOWN = seconds_to_samples(3)
"""Shortest way down, in samples."""
AHEAD = seconds_to_samples(0.4)
"""How long before words the way down has ended, in samples."""
PER_DB = 0.22 * SAMPLE_RATE
"""Samples that either way takes at least for each dB: its middle is the steepest, 5.5 dB in a
second."""

WORTH = 0.8
"""Share of the way up and down that a silence must have room for: in a shorter one the background
stays down, so that it never pumps between the lines of a paragraph."""

Interval = tuple[int, int]
"""(start, end) in samples."""


class Swell:
    """How far a background has come up, from 0 to 1, at any position."""

    def __init__(self, front: Sequence[Interval], rise_db: float) -> None:
        """*front* is what it makes room for, sorted; *rise_db* how far it comes up."""
        slowest = round(abs(rise_db) * PER_DB)
        self.up, self.down = max(UP, slowest), max(DOWN, slowest)
        self.shortest_gap = round(WORTH * (self.up + self.down)) + AHEAD
        """Samples of the shortest silence in which it comes up."""
        merged: list[Interval] = []
        for start, end in front:
            if merged and start - merged[-1][1] < self.shortest_gap:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def at(self, places: NDArray[np.int64]) -> Values:
        """How far it has come up at each of *places*, sorted positions in samples."""
        share = np.ones(len(places))
        first = bisect_left(self._ends, int(places[0]) - self.up)
        last = bisect_right(self._starts, int(places[-1]) + self.down + AHEAD)
        for start, end in zip(self._starts[first:last], self._ends[first:last], strict=True):
            falling = gentle((start - AHEAD - places) / self.down)
            rising = gentle((places - end) / self.up)
            share = np.minimum(share, np.maximum(falling, rising))
        return share

    def steady(self, start: int, stop: int) -> float | None:
        """The value of :meth:`at` from *start* to *stop* where it is the same throughout."""
        first = bisect_right(self._ends, start - self.up)
        last = bisect_left(self._starts, stop + self.down + AHEAD)
        if first >= last:
            return 1.0
        covers = self._starts[first] - AHEAD <= start and self._ends[first] >= stop
        return 0.0 if covers and last == first + 1 else None

    def comes_up(self, start: int, stop: int) -> bool:
        """Whether it comes up, if only for a part of the way, between *start* and *stop*."""
        index = bisect_right(self._starts, start) - 1
        return index < 0 or self._ends[index] < stop

    def key(self, start: int, stop: int) -> list[Interval]:
        """What shapes :meth:`at` in [*start*, *stop*), relative to *start*: equal keys of ranges
        of equal length, equal curves."""
        first = bisect_right(self._ends, start - self.up)
        last = bisect_left(self._starts, stop + self.down + AHEAD)
        return [
            (max(begin - start, 0), min(end, stop) - start)
            for begin, end in zip(self._starts[first:last], self._ends[first:last], strict=True)
        ]


def gentle(progress: NDArray[np.float64]) -> Values:
    """0 to 1 as *progress* goes from 0 to 1, slower at both ends; constant outside."""
    way = np.clip(progress, 0.0, 1.0)
    rise: Values = way - (0.2 / (2.0 * np.pi)) * np.sin(2.0 * np.pi * way)
    return rise
