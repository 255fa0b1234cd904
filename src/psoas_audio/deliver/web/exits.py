"""Where a listener is led when something hurts: out of the position, and then to a safe end.

It is the same as on living pages (:mod:`psoas_audio.living.limits`), for one session as it is: the
parts of it that are played, and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from psoas_audio.timeline.model import Clip, Marker, Timeline
from psoas_audio.units import SAMPLE_RATE

_PRACTICE = ("hold", "breathe")
_DONE = (*_PRACTICE, "rest", "move")
_AFTER_WORDS = SAMPLE_RATE
"""Samples after the way out, at most, before it goes on."""


class Exit(NamedTuple):
    """What leads out, for a stretch of the session."""

    start: int
    """Samples."""
    end: int
    """Samples."""
    parts: tuple[tuple[int, int], ...]
    """Start and end (samples) of what is played; empty if the session has no words for the way out
    of this position."""


def exits(timeline: Timeline) -> list[Exit]:
    """The exits of *timeline*, in order.

    They begin with the first chapter in which anything is done, and end where the listener gets up;
    what follows leads out by itself. A session in which nothing is done has none.
    """
    markers, gaps = timeline.markers, timeline.track("voice").gaps
    done = [number for number, m in enumerate(markers) if _kinds(timeline, m) & {*_DONE}]
    if not done:
        return []
    rise = _rise(timeline)
    start, end = markers[done[0]].start, markers[rise].start
    moves = [gap for gap in gaps if gap.kind == "move"]
    changes = [move.start for move in moves if start < move.start < end]
    spans = pairwise([start, *changes, end]) if start < end else ()
    return [Exit(a, b, tuple(_parts(timeline, rise, _position(timeline, a)))) for a, b in spans]


def _parts(timeline: Timeline, rise: int, position: str) -> Iterator[tuple[int, int]]:
    """The way out of *position*, then the end: from getting up, or from the words for afterwards,
    if getting up begins in another position."""
    end = timeline.markers[rise].start
    words = _safety_words(timeline, "way-out")
    out = [part for part in words if part[0] < end and _position(timeline, part[0]) == position]
    if not out:
        return
    yield from out
    if _position(timeline, end) == position:
        yield end, timeline.length
    elif after := [part for part in _safety_words(timeline, "after") if part[0] >= end]:
        yield after[0][0], timeline.length


def _rise(timeline: Timeline) -> int:
    """The chapter, from 0, with which the end begins in which the listener gets up."""
    markers = timeline.markers
    kinds = [_kinds(timeline, marker) for marker in markers]
    practised = max((n for n, found in enumerate(kinds) if found & {*_PRACTICE}), default=-1)
    moves = [n for n, found in enumerate(kinds) if n > practised and "move" in found]
    starts = [start for start, _ in _safety_words(timeline, "after")]
    after = [
        n
        for n, m in enumerate(markers)
        if n > practised and any(m.start <= s < m.end for s in starts)
    ]
    return max(moves) if moves else min(after) if after else len(markers) - 1


def _kinds(timeline: Timeline, marker: Marker) -> set[str]:
    gaps = timeline.track("voice").gaps
    return {gap.kind for gap in gaps if marker.start <= gap.start < marker.end}


def _position(timeline: Timeline, at: int) -> str:
    """The listener's position at *at* (samples); at the start of a move, that after it."""
    marker = [m for m in timeline.markers if m.start <= at][-1]
    gaps = timeline.track("voice").gaps
    moves = [g.label for g in gaps if g.kind == "move" and marker.start <= g.start <= at]
    return moves[-1] if moves else marker.position


def _safety_words(timeline: Timeline, part: str) -> list[tuple[int, int]]:
    """Start and end of each run of words that belong to the safety words *part*."""
    clips: Sequence[Clip] = timeline.track("voice").clips
    found: list[tuple[int, int]] = []
    before = ""
    for number, clip in enumerate(clips):
        if clip.safety == part:
            after = clips[number + 1].start if number + 1 < len(clips) else timeline.length
            end = min(after, clip.end + _AFTER_WORDS)
            start = found.pop()[0] if before == part else clip.start
            found.append((start, end))
        before = clip.safety
    return found
