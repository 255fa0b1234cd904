"""Checks that holds on the left and the right side of the body are equally long."""

from __future__ import annotations

from psoas_audio.qc.report import Fault
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLES_PER_MS


def side_faults(timeline: Timeline) -> list[Fault]:
    """One fault if the holds and rests of the two sides differ in length, even by one sample.

    None if a side has no holds or rests: a session may be for one side only.
    """
    held = {"left": 0, "right": 0}
    gaps = [gap for gap in timeline.track("voice").gaps if gap.kind in ("hold", "rest")]
    for marker in timeline.markers:
        if marker.side in held:
            lengths = (gap.length for gap in gaps if marker.start <= gap.start < marker.end)
            held[marker.side] += sum(lengths)
    if not all(held.values()) or held["left"] == held["right"]:
        return []
    difference = held["left"] - held["right"]
    length = f"{abs(difference) / SAMPLES_PER_MS:.2f} ms"
    longer = "longer" if difference > 0 else "shorter"
    return [Fault("sides", f"the left side is held {length} {longer} than the right.")]
