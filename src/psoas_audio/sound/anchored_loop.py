"""A bed that begins anew at anchors, so that what it plays depends on what is near and no more.

A bed that ran on from the session's start would sound different, sample by sample, after every
edit that shifts it. Here it runs on from the last anchor instead: a place in the content, which
moves with the content and names the place in the loop that is played from there. The bed that
was playing and the one that begins are crossfaded.
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
"""Samples over which one stretch gives way to the next, from the anchor on."""

ENTRIES = 16
"""Places in the loop, evenly spread, at which a stretch can begin."""


class Anchor(NamedTuple):
    """Where a stretch begins."""

    start: int
    """Samples from the session's start."""
    entry: int
    """0 to :data:`ENTRIES` - 1: the place in the loop."""


class AnchoredLoop:
    """The stretches of a bed, each from its anchor to the end of the next one's crossfade."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        """*anchors*, sorted, begin at 0; those too near to the one before are left out."""
        self._anchors: list[Anchor] = []
        for anchor in anchors:
            if not self._anchors or anchor.start - self._anchors[-1].start >= 2 * CROSSFADE:
                self._anchors.append(anchor)
        self._starts = [anchor.start for anchor in self._anchors]

    def near(self, start: int, stop: int) -> list[Anchor]:
        """The anchors that decide what samples [*start*, *stop*) are."""
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
                both = _joined(loop, old.entry, new.start - old.start, new.entry)
                out[first - start : last - start] = both[first - new.start : last - new.start]
        return out


def _within(loop: Loop, anchor: Anchor, start: int, stop: int) -> tuple[int, int]:
    """The range of the endless loop that plays from *start* to *stop*."""
    shift = anchor.entry * loop.period // ENTRIES - anchor.start
    return start + shift, stop + shift


@lru_cache(maxsize=4)
def _joined(loop: Loop, old: int, length: int, new: int) -> Samples:
    """The crossfade of a stretch from entry *old*, *length* samples on, into one from *new*.

    At equal power where the two have nothing in common, at equal gain so far as they are alike,
    so that the level stays.
    """
    before = loop.read(*_within(loop, Anchor(-length, old), 0, CROSSFADE))
    after = loop.read(*_within(loop, Anchor(0, new), 0, CROSSFADE))
    rise, fall, both = _edges()
    together = np.sqrt(1 + 2 * np.float32(_likeness(before, after)) * both)
    joined: Samples = (before * fall + after * rise) / together
    return joined


@lru_cache(maxsize=1)
def _edges() -> tuple[Samples, Samples, Samples]:
    way = (np.arange(CROSSFADE) + 0.5)[:, np.newaxis] * (0.5 * np.pi / CROSSFADE)
    rise, fall = np.sin(way).astype(np.float32), np.cos(way).astype(np.float32)
    return rise, fall, rise * fall


def _likeness(before: Samples, after: Samples) -> float:
    """Correlation, -0.8 to 1, to two places (so that no machine's sums make a difference)."""
    power = float(np.square(before, dtype=np.float64).sum())
    power *= float(np.square(after, dtype=np.float64).sum())
    product = float(np.multiply(before, after, dtype=np.float64).sum())
    return round(max(-0.8, product / power**0.5), 2) if power > 0 else 0.0
