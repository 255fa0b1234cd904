"""Fills the silence of a hold: with the bed, breath tones or ticks, or not at all."""

from __future__ import annotations

from typing import NamedTuple

from psoas_audio.errors import Mark
from psoas_audio.planning import model
from psoas_audio.planning.timed_steps.breathing import hold_phases
from psoas_audio.script import model as script
from psoas_audio.units import seconds_to_samples

TICK = "tick"
"""The sound of a tick."""
TICK_INTERVAL = seconds_to_samples(10)
"""Samples between the ticks of a hold that has no other sound."""
MAX_SILENT_HOLD = seconds_to_samples(20)
"""Samples of the longest hold that is silent unless the script says otherwise. In a longer one
listeners wonder whether the session is still playing."""


class Filling(NamedTuple):
    """What fills the silence of a hold."""

    kind: script.Fill
    phases: tuple[model.BreathPhase, ...] = ()
    """Breath tones, as long as the hold; empty for other kinds."""
    ticks: tuple[model.HoldCue, ...] = ()
    """In order; empty for other kinds."""


def fill_hold(
    kind: script.Fill | None,
    length: int,
    mark: Mark,
    *,
    has_bed: bool,
    pattern: script.Pattern,
    breaths: int = 0,
) -> Filling:
    """What fills a hold of *length* samples.

    *kind* is the script's choice; ``None`` takes breath tones where the hold counts *breaths* of
    *pattern* (0 if it is timed), else the bed if the session has one, else silence or ticks.
    """
    if kind is None:
        if breaths:
            kind = "breath"
        elif has_bed:
            kind = "bed"
        else:
            kind = "silent" if length <= MAX_SILENT_HOLD else "tick"
    if kind == "breath":
        return Filling(kind, hold_phases(pattern, length))
    if kind == "tick":
        ticks = range(TICK_INTERVAL, length - TICK_INTERVAL // 2, TICK_INTERVAL)
        return Filling(kind, ticks=tuple(model.HoldCue(at, None, TICK, mark) for at in ticks))
    return Filling(kind)
