"""How loud a bed is at any position: fades at its ends, levels of its sections, swells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from psoas_audio.sound.curves import CURVE_STEP, Values, curve_places, spread
from psoas_audio.sound.swell import PER_DB, UP, Interval, Swell, gentle
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

FADE_DB_PER_SECOND = 5.0
"""How fast a fade is, as long as its depth is between the two below."""
SHALLOWEST_FADE_DB, DEEPEST_FADE_DB = 20.0, 40.0
"""dB between a bed and the silence it comes from: deeper, it isn't heard any more."""
_EDGE = seconds_to_samples(0.5)
"""Samples of the last step into silence, from what is hardly heard any more."""
_LEVEL_RAMP = seconds_to_samples(4)
"""Samples, at least, over which a section's level becomes that of the next."""


class Section(NamedTuple):
    """A part of a bed that has a level of its own."""

    start: int
    """Samples."""
    level: float
    """dB, under words."""
    rise: float
    """dB by which it comes up where nothing is in front of it."""


class BedLevels:
    """The level of one run of a bed, from its fade-in to its fade-out."""

    def __init__(
        self,
        sections: Sequence[Section],
        end: int,
        fade_in: int,
        fade_out: int,
        front: Sequence[Interval],
    ) -> None:
        """*sections* follow each other up to *end*; *fade_in* and *fade_out* are in samples.

        *front* is what the bed makes room for: words and breath tones, sorted.
        """
        self._sections = sections
        self._starts = [section.start for section in sections]
        self._start, self._end = sections[0].start, end
        self._fade_in, self._fade_out = fade_in, fade_out
        highest = max(abs(section.rise) for section in sections)
        self._swell = Swell(_with_ends(front, self._start, end, fade_in, fade_out), highest)

    def gain(self, start: int, stop: int) -> NDArray[np.float32]:
        """The gain from *start* to *stop*: one value a sample, or one for all of them."""
        places = curve_places(start, stop)
        fades = start < self._start + self._fade_in or stop > self._end - self._fade_out
        steady = self._swell.steady(int(places[0]), int(places[-1]))
        near = self._near(int(places[0]), int(places[-1]))
        if not fades and steady is not None and len(near) == 1:
            decibels = np.array([near[0].level + near[0].rise * steady])
            return (10.0 ** (decibels / 20.0)).astype(np.float32)
        level, rise = self._levels(places)
        decibels = level + rise * self._swell.at(places)
        curve = 10.0 ** (decibels / 20.0)
        if start < self._start + self._fade_in:
            curve = curve * fade(places - self._start, self._fade_in)
        if stop > self._end - self._fade_out:
            curve = curve * fade(self._end - places, self._fade_out)
        return spread(curve, stop - start, start % CURVE_STEP)

    def key(self, start: int, stop: int) -> tuple[object, ...]:
        """What shapes :meth:`gain` there, relative to *start*: equal keys, equal gains."""
        near = self._near(start, stop)
        return (
            start % CURVE_STEP,
            [(max(s.start - start, -_longest_ramp(near)), s.level, s.rise) for s in near],
            start < self._start + self._fade_in and (self._start - start, self._fade_in),
            stop > self._end - self._fade_out and (self._end - start, self._fade_out),
            self._swell.key(start, stop),
        )

    def _near(self, start: int, stop: int) -> Sequence[Section]:
        """The sections whose levels are heard from *start* to *stop*."""
        reach = start - _longest_ramp(self._sections)
        first = max(0, bisect_right(self._starts, reach) - 1)
        return self._sections[first : max(first + 1, bisect_right(self._starts, stop))]

    def _levels(self, places: NDArray[np.int64]) -> tuple[Values, Values]:
        near = self._near(int(places[0]), int(places[-1]))
        level = np.full(len(places), near[0].level, np.float64)
        rise = np.full(len(places), near[0].rise, np.float64)
        for old, new in pairwise(near):
            share = gentle((places - new.start) / _ramp(old, new))
            level = np.where(share < 1, level + (new.level - old.level) * share, new.level)
            rise = np.where(share < 1, rise + (new.rise - old.rise) * share, new.rise)
        return level, rise


def _with_ends(
    front: Sequence[Interval], start: int, end: int, fade_in: int, fade_out: int
) -> Sequence[Interval]:
    """*front* with the bed's own ends: it doesn't come up while it fades in, nor after the last
    words where it is soon to fade out."""
    inside = [interval for interval in front if interval[1] > start and interval[0] < end]
    last = inside[-1][1] if inside else start
    tail = [(last, end)] if end - last < UP + fade_out else []
    return [(start, start + fade_in), *inside, *tail]


def _ramp(old: Section, new: Section) -> int:
    far = abs(new.level - old.level) + abs(new.rise - old.rise)
    return max(_LEVEL_RAMP, round(far * PER_DB))


def _longest_ramp(sections: Sequence[Section]) -> int:
    return max((_ramp(old, new) for old, new in pairwise(sections)), default=_LEVEL_RAMP)


def fade(after: NDArray[np.int64], length: int) -> Values:
    """The gain so many samples *after* the silent end of a fade of *length* samples.

    Even in dB, as ears judge it, and then to zero within half a second.
    """
    depth = FADE_DB_PER_SECOND * length / SAMPLE_RATE
    depth = min(max(depth, SHALLOWEST_FADE_DB), DEEPEST_FADE_DB)
    way = np.clip(after / max(length, 1), 0.0, 1.0)
    edge = np.clip(after / max(min(_EDGE, length // 4), 1), 0.0, 1.0)
    curve: Values = 10.0 ** (depth * (way - 1.0) / 20.0) * (0.5 - 0.5 * np.cos(np.pi * edge))
    return curve
