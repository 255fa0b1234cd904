"""What to change in a script so that its session has the length that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from psoas_audio.script.every_step import visits
from psoas_audio.script.model import Script, Span
from psoas_audio.script.steps.base import BaseStep
from psoas_audio.script.times import written_span, written_time
from psoas_audio.units import SAMPLE_RATE

_ROOM = 15 * SAMPLE_RATE
"""Samples by which the range that is proposed goes beyond the length that is needed."""


def length_advice(script: Script, missing: int) -> str:
    """A change that makes the session *missing* samples longer (shorter where negative).

    It names the last rest, or else the last hold, that comes once and can take it up; without one
    it says what to add.
    """
    for step, span in reversed(list(_stays(script))):
        length = span.longest + missing if missing > 0 else span.shortest + missing
        if length >= SAMPLE_RATE:
            length = -(-length // SAMPLE_RATE) * SAMPLE_RATE
            ends = sorted((max(SAMPLE_RATE, length - _ROOM), length + _ROOM))
            wide = Span(min(ends[0], span.shortest), max(ends[1], span.longest))
            return (
                f"Give the {step.verb} in line {step.mark.line} about {written_time(length)}, or"
                f" the range {written_span(wide)}."
            )
    if missing > 0:
        return f"Add a rest of {written_time(missing)}, or one with a range such as 10-40s."
    return f"Take out {written_time(-missing)}, or ask for a longer session."


def _stays(script: Script) -> Iterator[tuple[BaseStep, Span]]:
    """The rests and holds of the script's own file that come once; rests after holds."""
    found = [
        (visit.step, span)
        for visit in visits(script)
        if visit.times == 1
        and visit.step.mark.path == script.path
        and visit.step.verb in ("rest", "hold")
        and isinstance(span := visit.step.elastic, Span)
    ]
    yield from sorted(found, key=lambda stay: stay[0].verb == "rest")
