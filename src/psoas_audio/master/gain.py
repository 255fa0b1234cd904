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


def voice_lufs(energies_of_takes: Iterable[Energies]) -> float:
    """Integrated loudness of a voice track of these takes at gain 0, as two channels play it.

    The takes are mono and stand in silence, as in the session; heard from a player's two
    sides they read 3.01 LU more than alone. ``-inf`` where nothing is audible.
    """
    blocks = [
        moving_mean(np.concatenate((_EDGE, energies, _EDGE)), 4) for energies in energies_of_takes
    ]
    return gated(np.concatenate(blocks)) + TWICE if blocks else -math.inf


def voice_gain_db(reading: float, target: float = TARGET) -> float:
    """Gain in dB that brings a voice that reads *reading* LUFS to *target*; 0 for silence.

    The same for mono and stereo sessions: both numbers are what two channels play.
    """
    return round((target - reading) / STEP) * STEP if math.isfinite(reading) else 0.0
