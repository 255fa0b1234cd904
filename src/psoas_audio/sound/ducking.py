"""Ducking: a bed is lowered under words and returns to full level after them.

A pure function of the absolute position in the session, so a mixer may cut the session into
blocks wherever it likes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.sound.fades import raised_cosine
from psoas_audio.units import ms_to_samples

DUCK_DEPTH_DB = -9.0
"""How far a bed is lowered under words."""
DUCK_AHEAD = ms_to_samples(600)
"""How long, in samples, the bed takes to go down before a phrase; it is down at its start."""
DUCK_RELEASE = ms_to_samples(1500)
"""How long, in samples, the bed takes to return to full level after a phrase."""
DUCK_LINGER = ms_to_samples(2500)
"""The bed stays down in gaps between phrases up to this long, in samples."""


def duck_gain(
    intervals: Sequence[tuple[int, int]],
    start: int,
    stop: int,
    *,
    depth_db: float = DUCK_DEPTH_DB,
    ahead: int = DUCK_AHEAD,
    release: int = DUCK_RELEASE,
    linger: int = DUCK_LINGER,
) -> Samples:
    """The gain of a bed under words, float32 (stop - start,).

    *intervals* are the phrases, (start, end) in samples, sorted and not overlapping. The
    gain reaches *depth_db* by the start of each phrase, having begun *ahead* samples
    before, stays there over gaps of up to *linger* samples, and returns to 1 over *release*.
    Both slopes are raised cosines in dB.
    """
    near = _near(intervals, start, stop, max(ahead, linger))
    gain = np.ones(stop - start, np.float32)
    down = np.float32(10.0 ** (depth_db / 20.0))
    for begin, end in near:
        _lower(gain, begin - ahead - start, _slope(ahead, depth_db))
        gain[max(0, begin - start) : max(0, end - start)] = down
        _lower(gain, end - start, _slope(release, depth_db)[::-1])
    for (_, end), (begin, _) in pairwise(near):
        if begin - end <= linger:
            gain[max(0, end - start) : max(0, begin - start)] = down
    return gain


def ducked_phrases(
    intervals: Sequence[tuple[int, int]], start: int, stop: int
) -> list[tuple[int, int]]:
    """The phrases that shape :func:`duck_gain` in [*start*, *stop*), relative to *start*.

    Two ranges with equal results have the same gain, so the result can be part of a cache key.
    """
    found: list[tuple[int, int]] = []
    for begin, end in _near(intervals, start, stop, max(DUCK_AHEAD, DUCK_LINGER)):
        if found and begin - found[-1][1] <= DUCK_LINGER:
            found[-1] = found[-1][0], end
        else:
            found.append((begin, end))
    return [
        (max(begin - start, 0), min(end, stop) - start)
        for begin, end in found
        if begin - DUCK_AHEAD < stop and end + DUCK_RELEASE > start
    ]


def _near(
    intervals: Sequence[tuple[int, int]], start: int, stop: int, margin: int
) -> Sequence[tuple[int, int]]:
    """The *intervals* that may shape the gain from *start* to *stop*.

    They start less than *margin* samples after *stop*; the last one that starts before *start* is
    included, as it may reach into the range.
    """
    first = max(0, bisect_left(intervals, start, key=itemgetter(0)) - 1)
    return intervals[first : bisect_left(intervals, stop + margin, key=itemgetter(0))]


def _lower(gain: Samples, offset: int, slope: Samples) -> None:
    """Lower *gain* to *slope* where they overlap; slope[0] lies at *offset*, maybe negative."""
    low, high = max(offset, 0), min(offset + len(slope), len(gain))
    if low < high:
        np.minimum(gain[low:high], slope[low - offset : high - offset], out=gain[low:high])


@lru_cache(maxsize=4)
def _slope(length: int, depth_db: float) -> Samples:
    """The gain as the bed goes down, float32 (length,), read-only."""
    progress = np.arange(length) / max(length, 1)
    slope: Samples = np.power(10.0, raised_cosine(progress) * (depth_db / 20.0)).astype(np.float32)
    slope.flags.writeable = False
    return slope
