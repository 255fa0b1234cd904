"""A voice that changes over the session: by its lines as they are written.

A line's place is a place in the script, not in time: it doesn't move with the length asked for,
and rounds and sides say the same line alike, so that they share its take.
"""

from __future__ import annotations

from collections.abc import Iterable

from psoas_audio.script.model import Breathe, Group, Hold, Move, Ramp, Repeat, Say, Sides, Step

LEVEL_STEP = 0.5
"""dB: a step nobody hears, and an edit moves few lines over it."""


def lines_in(steps: Iterable[Step]) -> int:
    """How many of *steps*, and of the steps inside them, speak; rounds and sides count once."""
    return sum(
        lines_in(step.steps) if isinstance(step, Repeat | Sides | Group) else speaks(step)
        for step in steps
    )


def speaks(step: Step) -> bool:
    """Whether the step, which has none inside, says anything."""
    match step:
        case Say():
            return True
        case Move(say=said):
            return said is not None
        case Hold(ready=ready, during=during, halfway=halfway, countdown=countdown):
            return bool(ready or halfway or countdown or any(cue.say for cue in during))
        case Breathe(cues=cues):
            return cues != "tones"
        case _:
            return False


def rate_at(rate: int | Ramp, share: float) -> int:
    """Words per minute when *share* of the lines lie behind, in whole ones."""
    return round(rate.at(share)) if isinstance(rate, Ramp) else rate


def level_at(level: float | Ramp, share: float) -> float:
    """dB when *share* of the lines lie behind, in steps of a ramp."""
    if isinstance(level, Ramp):
        return round(level.at(share) / LEVEL_STEP) * LEVEL_STEP + 0.0
    return level
