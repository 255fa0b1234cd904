"""Checks that both sides of the body get the same time."""

from __future__ import annotations

from psoas_audio.qc.report import Fault
from psoas_audio.timeline.model import Timeline


def side_faults(timeline: Timeline) -> list[Fault]:
    """A fault if one side of the body is held longer than the other, even by one sample."""
    held = {"left": 0, "right": 0}
    gaps = [gap for gap in timeline.track("voice").gaps if gap.kind in ("hold", "rest")]
    for marker in timeline.markers:
        if marker.side in held:
            inside = (gap.length for gap in gaps if marker.start <= gap.start < marker.end)
            held[marker.side] += sum(inside)
    if not all(held.values()) or held["left"] == held["right"]:
        return []
    longer = held["left"] - held["right"]
    return [Fault("sides", f"the left side is held {longer:+} samples against the right.")]
