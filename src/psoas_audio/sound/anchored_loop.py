"""A bed that restarts at anchors, so that its samples depend on nearby content only.

A bed that played on from the session's start would have different samples after every edit that
shifts it. Instead, it plays on from the last anchor: a position that moves with the content and
has its own entry point in the loop. At an anchor, the old and the new section are crossfaded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.sound.bed import Loop
from psoas_audio.units import SAMPLE_RATE

CROSSFADE = SAMPLE_RATE
"""Length of the crossfade between two sections in samples, from the anchor on."""

ENTRIES = 16
"""Number of evenly spaced entry points in the loop."""


class Anchor(NamedTuple):
    """The start of a section of the bed."""

    start: int
    """Samples from the session's start."""
    entry: int
    """0 to :data:`ENTRIES` - 1: the entry point in the loop."""


class AnchoredLoop:
    """The sections of a bed, each from its anchor to the end of the crossfade at the next one."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        """*anchors* are sorted and begin at 0; those too close to the previous one are dropped."""
        self._anchors: list[Anchor] = []
        for anchor in anchors:
            if not self._anchors or anchor.start - self._anchors[-1].start >= 2 * CROSSFADE:
                self._anchors.append(anchor)
        self._starts = [anchor.start for anchor in self._anchors]

    def near(self, start: int, stop: int) -> list[Anchor]:
        """The anchors that determine samples *start* to *stop*."""
        first = max(0, bisect_right(self._starts, start - CROSSFADE) - 1)
        return self._anchors[first : bisect_right(self._starts, stop - 1)]

    def read(self, loop: Loop, start: int, stop: int) -> Samples:
        """Samples *start* to *stop* of the bed, float32 (stop - start, channels)."""
        near = self.near(start, stop)
        out = loop.read(*_within(loop, near[0], start, stop))
        for old, new in pairwise(near):
            first = max(start, new.start)
            out[first - start :] = loop.read(*_within(loop, new, first, stop))
            last = min(stop, new.start + CROSSFADE)
            if first < last:
                both = _crossfade(loop, old.entry, new.start - old.start, new.entry)
                out[first - start : last - start] = both[first - new.start : last - new.start]
        return out


def _within(loop: Loop, anchor: Anchor, start: int, stop: int) -> tuple[int, int]:
    """The range of the loop that plays from *start* to *stop*."""
    shift = anchor.entry * loop.period // ENTRIES - anchor.start
    return start + shift, stop + shift


@lru_cache(maxsize=4)
def _crossfade(loop: Loop, old: int, length: int, new: int) -> Samples:
    """The crossfade from entry *old*, after *length* samples, to entry *new*.

    Equal power for uncorrelated sections, closer to equal gain the more they correlate, so that
    the level stays constant.
    """
    before = loop.read(*_within(loop, Anchor(-length, old), 0, CROSSFADE))
    after = loop.read(*_within(loop, Anchor(0, new), 0, CROSSFADE))
    rise, fall, both = _fade_curves()
    together = np.sqrt(1 + 2 * np.float32(_correlation(before, after)) * both)
    joined: Samples = (before * fall + after * rise) / together
    return joined


@lru_cache(maxsize=1)
def _fade_curves() -> tuple[Samples, Samples, Samples]:
    way = (np.arange(CROSSFADE) + 0.5)[:, np.newaxis] * (0.5 * np.pi / CROSSFADE)
    rise, fall = np.sin(way).astype(np.float32), np.cos(way).astype(np.float32)
    return rise, fall, rise * fall


def _correlation(before: Samples, after: Samples) -> float:
    """Correlation, -0.8 to 1, rounded to two decimals so that it is the same on every machine."""
    power = float(np.square(before, dtype=np.float64).sum())
    power *= float(np.square(after, dtype=np.float64).sum())
    product = float(np.multiply(before, after, dtype=np.float64).sum())
    return round(max(-0.8, product / power**0.5), 2) if power > 0 else 0.0
