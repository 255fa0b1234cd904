"""The steps of a session as the page knows them: where each begins and ends, and on which side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from psoas_audio.timeline.model import Clip, Gap, Timeline

_NO_SIDE = "-"


class ListenerStep(NamedTuple):
    """A step from its first sound to that of the next one."""

    start: int
    """Samples."""
    end: int
    """Samples."""
    id: str
    """Its id in the timeline, such as ``3.2.left.1``."""
    group: str
    """What the steps on one side of a chapter share; empty if it has no side."""


def steps(timeline: Timeline) -> Iterator[ListenerStep]:
    """The steps of *timeline*, which cover it from the start to the end.

    In a timeline that names no steps, each chapter is one.
    """
    starts = _named_starts(timeline) or [
        (marker.start, f"{number}.0.{marker.side or _NO_SIDE}.1")
        for number, marker in enumerate(timeline.markers, 1)
    ]
    edges = [0, *(start for start, _ in starts[1:]), timeline.length]
    for (start, end), (_, id_) in zip(pairwise(edges), starts, strict=False):
        yield ListenerStep(start, end, id_, group_of(id_))


def _named_starts(timeline: Timeline) -> list[tuple[int, str]]:
    """Where another step begins (samples), and its id."""
    voice = timeline.track("voice")
    items: list[Clip | Gap] = [*voice.clips, *voice.gaps]
    found: list[tuple[int, str]] = []
    for item in sorted(items, key=lambda item: item.start):
        if item.step and (not found or found[-1][1] != item.step):
            found.append((item.start, item.step))
    return found


def group_of(step: str) -> str:
    """What the steps on one side of a chapter share, by the id of one; empty without a side."""
    chapter, _, side, *_ = step.split(".") if step.count(".") >= 3 else ("", "", _NO_SIDE)
    return "" if side == _NO_SIDE else f"{chapter}.{side}"
