"""A voice whose rate or level changes over the session, from line to line.

It changes by a line's place in the script, not by its time. So a line sounds the same whatever the
length of the session and in every round and side, and needs one take.
"""

from __future__ import annotations

from psoas_audio.script.model import Ramp

LEVEL_STEP = 0.5
"""dB: a step too small to hear, and so large that an edit of the script changes few takes."""


def rate_at(rate: int | Ramp, share: float) -> int:
    """Words per minute at *share*, 0 to 1, of the way through the lines, rounded."""
    return round(rate.at(share)) if isinstance(rate, Ramp) else rate


def level_at(level: float | Ramp, share: float) -> float:
    """dB at *share*, 0 to 1, of the way through the lines, in steps of :data:`LEVEL_STEP`."""
    if isinstance(level, Ramp):
        return round(level.at(share) / LEVEL_STEP) * LEVEL_STEP + 0.0
    return level
