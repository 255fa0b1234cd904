"""A voice that changes over the session: by its lines as they are written.

A line's place is a place in the script, not in time: it doesn't move with the length asked for,
and rounds and sides say the same line alike, so that they share its take.
"""

from __future__ import annotations

from psoas_audio.script.model import Ramp

LEVEL_STEP = 0.5
"""dB: a step nobody hears, and an edit moves few lines over it."""


def rate_at(rate: int | Ramp, share: float) -> int:
    """Words per minute when *share* of the lines lie behind, in whole ones."""
    return round(rate.at(share)) if isinstance(rate, Ramp) else rate


def level_at(level: float | Ramp, share: float) -> float:
    """dB when *share* of the lines lie behind, in steps of a ramp."""
    if isinstance(level, Ramp):
        return round(level.at(share) / LEVEL_STEP) * LEVEL_STEP + 0.0
    return level
