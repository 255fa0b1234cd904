"""A planned session as a table for people, and as an object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.drafting.silence_sounds import silence_sounds
from psoas_audio.timeline import Sound, Take, Timeline
from psoas_audio.units import SAMPLE_RATE, clock, samples_to_ms, samples_to_seconds

_MIN_GAP = SAMPLE_RATE * 3
"""Samples of the shortest gap that gets a row; shorter ones are the rhythm of speech."""


def as_object(planned: PlannedSession) -> dict[str, Any]:
    """The object that ``plan --json`` prints; positions in samples."""
    timeline, fitted = planned.timeline, planned.fitted
    return {
        "samples": timeline.length,
        "shortest": fitted.shortest,
        "longest": fitted.longest,
        "estimated": planned.estimated,
        "stretch": {
            "holds": float(fitted.stretch.holds),
            "counts": float(fitted.stretch.counts),
            "optional": fitted.stretch.optional,
        },
        "elastic": [part.as_json() for part in planned.elastic],
        "chapters": [
            {
                "title": m.title,
                "start": m.start,
                "length": m.length,
                "start_ms": samples_to_ms(m.start),
            }
            for m in timeline.markers
        ],
        "utterances": [
            {"id": c.id, "text": c.media.text, "start": c.start, "length": c.length}
            for c in timeline.track("voice").clips
            if isinstance(c.media, Take)
        ],
        "silences": [
            {
                "kind": gap.kind,
                "label": gap.label,
                "start": gap.start,
                "length": gap.length,
                "sounds": list(silence_sounds(timeline, gap)),
            }
            for gap in timeline.track("voice").gaps
            if gap.length >= _MIN_GAP
        ],
        "warnings": [problem.sentence for problem in planned.warnings],
    }


def as_table(planned: PlannedSession) -> str:
    """A table of what happens when; chapters stand out."""
    timeline, fitted = planned.timeline, planned.fitted
    lines_estimated = f"{planned.estimated} line{'s' * (planned.estimated != 1)} estimated"
    about = f", {lines_estimated}" if planned.estimated else ""
    lines = [
        f"{timeline.title}: {clock(timeline.length)}{about}"
        f" (can be {clock(fitted.shortest)} to {clock(fitted.longest)})"
    ]
    for start, _, text in sorted(_rows(timeline)):
        lines.append(f"{clock(start):>7}  {text}")
    if planned.elastic:
        lines.append("Elastic parts, and how far each is stretched:")
        lines.extend(f"  {part}" for part in planned.elastic)
    return "\n".join(lines)


def _rows(timeline: Timeline) -> Iterator[tuple[int, int, str]]:
    for marker in timeline.markers:
        yield marker.start, 0, f"— {marker.title} ({clock(marker.length)})"
    for clip in timeline.track("voice").clips:
        if isinstance(clip.media, Take):
            yield clip.start, 2, f"  {clip.media.text}"
    for gap in timeline.track("voice").gaps:
        if gap.length >= _MIN_GAP and gap.kind not in ("lead-in", "bell"):
            label = f" {gap.label}" if gap.label else ""
            length, heard = samples_to_seconds(gap.length), ", ".join(silence_sounds(timeline, gap))
            yield gap.start, 1, f"    [{gap.kind}{label}, {length:.1f} s: {heard}]"
    for clip in timeline.track("bells").clips:
        if isinstance(clip.media, Sound) and clip.media.name != "tick":
            yield clip.start, 3, f"    ({clip.media.name})"
