"""How the silence of a hold sounds: a hold is never so quiet that a listener wonders."""

from __future__ import annotations

from dataclasses import dataclass

from psoas_audio.errors import Mark
from psoas_audio.planning import model
from psoas_audio.planning.breathing import hold_phases
from psoas_audio.script import model as script
from psoas_audio.units import seconds_to_samples

TICK_EVERY = seconds_to_samples(10)
"""Samples between the ticks of a hold that has no other sound."""
QUIET_AT_MOST = seconds_to_samples(20)
"""Samples of the longest hold left silent by itself: after that a listener wonders whether it still
plays."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a hold's silence is filled with."""

    sound: script.Fill
    phases: tuple[model.BreathPhase, ...] = ()
    """The tones to breathe with, as long as the hold; none unless it is filled with breath."""
    ticks: tuple[model.HoldCue, ...] = ()
    """Their places in samples from the hold's start."""


def fill_hold(
    wish: script.Fill | None,
    length: int,
    mark: Mark,
    *,
    bed: bool,
    pattern: script.Pattern,
    breaths: int = 0,
) -> Filling:
    """How a hold of *length* samples sounds, by its own *wish* or as is usual.

    *bed*: whether one lies under the session; *breaths*: how many of *pattern* it is long, if any.
    """
    if wish is None:
        if breaths:
            wish = "breath"
        elif bed:
            wish = "bed"
        else:
            wish = "silent" if length <= QUIET_AT_MOST else "tick"
    if wish == "breath":
        return Filling(wish, hold_phases(pattern, length))
    if wish == "tick":
        ticks = range(TICK_EVERY, length - TICK_EVERY // 2, TICK_EVERY)
        return Filling(wish, ticks=tuple(model.HoldCue(at, None, "tick", mark) for at in ticks))
    return Filling(wish)
