"""Steps of a session: the stretches by which a listener goes back and on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from psoas_audio.deliver.text.silences import has_name
from psoas_audio.timeline.model import Marker, Timeline
from psoas_audio.units import SAMPLE_RATE

_DONE = ("hold", "rest", "breathe")
"""Kinds of silences in which the listener does what was said before: they end a step."""
_SHORTEST = 8 * SAMPLE_RATE
"""Samples: a shorter stretch belongs to the step before it."""


class ListenerStep(NamedTuple):
    """What is said, and the silence in which it is done."""

    start: int
    """Samples."""
    end: int
    """Samples; where the next step starts."""
    id: str
    """Chapter and step in it, from 1, and the side if there is one: ``3.2.left``."""
    group: str
    """What the steps of one side share; empty if there is no side."""


def steps(timeline: Timeline) -> Iterator[ListenerStep]:
    """The steps of *timeline*; they cover it from the start to the end."""
    for chapter, marker in enumerate(timeline.markers, 1):
        group = f"{chapter}.{marker.side}" if marker.side else ""
        start = marker.start if chapter > 1 else 0
        for number, end in enumerate(_ends(timeline, marker), 1):
            side = f".{marker.side}" if marker.side else ""
            yield ListenerStep(start, end, f"{chapter}.{number}{side}", group)
            start = end


def _ends(timeline: Timeline, marker: Marker) -> list[int]:
    """Where the steps of a chapter end, in samples."""
    ends: list[int] = []
    start = marker.start
    for gap in timeline.track("voice").gaps:
        inside = marker.start <= gap.start < marker.end
        if inside and gap.kind in _DONE and has_name(gap) and gap.end - start >= _SHORTEST:
            ends.append(gap.end)
            start = gap.end
    if ends and marker.end - ends[-1] < _SHORTEST:
        ends.pop()
    return [*ends, marker.end]
