"""The face of a row: what a page shows of it, and which steps of the script it consists of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.face import Face, session_face
from psoas_audio.timeline import Timeline
from psoas_audio.units import samples_to_ms


def living_face(timeline: Timeline, details: Details) -> Face:
    """The face of *timeline* with one more list, ``script``: start and end in ms and the id of each
    step of the script.

    The listener's steps, in ``steps``, have the id of the first step of the script in them: so a
    place is the same in every length, guidance and order of sides.
    """
    face = session_face(timeline, details)
    script = list(_script_steps(timeline))
    starts = [start for start, _, _ in script]
    face["script"] = script
    face["steps"] = [
        [start, end, name, group_of(name)]
        for start, end, *_ in face["steps"]
        for name in [script[_first_in(starts, start)][2]]
    ]
    return face


def group_of(step: str) -> str:
    """What the steps of one side of a chapter have in common; empty for a step without a side."""
    chapter, _, side = step.split(".")[:3]
    return "" if side == "-" else f"{chapter}.{side}"


def _first_in(starts: list[int], start: int) -> int:
    """The number of the first step of the script that starts at *start* or soon after."""
    return max(0, bisect_right(starts, start) - 1)


def _script_steps(timeline: Timeline) -> Iterator[list[Any]]:
    """Start, end and id of each step of the script, which cover the session."""
    voice, bells = timeline.track("voice"), timeline.track("bells")
    clips = [(clip.start, clip.step) for clip in (*voice.clips, *bells.clips)]
    gaps = [(gap.start, gap.step) for gap in voice.gaps]
    heard = sorted((start, step) for start, step in clips + gaps if step)
    found: list[tuple[int, str]] = []
    for start, step in heard:
        if not found or found[-1][1] != step:
            found.append((start if found else 0, step))
    edges = [*found, (timeline.length, "")]
    for (start, step), (end, _) in pairwise(edges):
        yield [samples_to_ms(start), samples_to_ms(end), step]
