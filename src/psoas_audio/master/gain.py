"""The one static gain of a session, from its voice alone.

Measuring the mix would be wrong: soft tones in long holds pull it down by several LU, and
the voice would be raised for it. The gain is rounded, so that an edited line rarely moves it
and the encoded blocks of all other lines stay good (docs/decisions/0005-master.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from psoas_audio.master.loudness import Energies, gated, moving_mean

TARGET = -16.0
"""LUFS of the voice, as a stereo file plays it."""

STEP = 0.5
"""dB to which the gain is rounded: the voice is within ± 0.25 LU of its target."""

TWICE = 10 * math.log10(2)
"""dB by which the same signal in two channels reads louder than in one (3.01)."""

_EDGE = np.zeros(3)


def voice_gain_db(
    energies_of_takes: Iterable[Energies], channels: int, target: float = TARGET
) -> float:
    """Gain in dB that brings the voice track to *target* LUFS; 0 where nothing is audible.

    The takes are mono, and stand in silence, as in the session. *channels* are the session's:
    in stereo the voice is in both at full level and reads 3.01 LU louder; a mono file's plain
    reading is 3.01 LU below what is heard from a player's two sides, so its target is lower.
    """
    blocks = [
        moving_mean(np.concatenate((_EDGE, energies, _EDGE)), 4) for energies in energies_of_takes
    ]
    reading = gated(np.concatenate(blocks)) if blocks else -math.inf
    if not math.isfinite(reading):
        return 0.0
    reading += TWICE if channels == 2 else 0.0
    goal = target - (TWICE if channels == 1 else 0.0)
    return round((goal - reading) / STEP) * STEP
