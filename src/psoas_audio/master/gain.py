"""The static gain of each voice of a session, computed from the takes of that voice.

Measuring the mix would be wrong: soft tones in long holds pull it down by several LU, and
the voice would be raised for it. The gain is rounded, so that an edited line rarely moves it
and the encoded blocks of all other lines stay good (docs/decisions/0005-master.md). Two voices
get a gain each, so that they sound equally loud however loud their engines speak.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from psoas_audio.master.loudness import Energies, gated, moving_mean

TARGET_LUFS = -16.0
"""LUFS of the voice, as a stereo file plays it."""

GAIN_STEP_DB = 0.5
"""dB to which the gain is rounded: the voice is within ± 0.25 LU of its target."""

FINE_GAIN_STEP_DB = 0.25
"""The same where voices stand beside each other: no two are more than 0.25 LU apart."""

DUAL_MONO_LU = 10 * math.log10(2)
"""dB by which the same signal in two channels reads louder than in one (3.01)."""

_SILENCE = np.zeros(3)
"""Sub-blocks between takes: no gating block (four of them) hears two."""


def voice_lufs(energies_of_takes: Iterable[Energies]) -> float:
    """Integrated loudness of a voice track of these takes at gain 0, as two channels play it.

    The takes are mono and stand in silence, as in the session; heard from a player's two
    sides they read 3.01 LU more than alone. ``-inf`` where nothing is audible.
    """
    takes = [part for energies in energies_of_takes for part in (_SILENCE, energies)]
    return gated(moving_mean(np.concatenate((*takes, _SILENCE)), 4)) + DUAL_MONO_LU


def voice_gain_db(reading: float, target: float = TARGET_LUFS, step: float = GAIN_STEP_DB) -> float:
    """Gain in dB that brings a voice that reads *reading* LUFS to *target*; 0 for silence.

    The same for mono and stereo sessions: both numbers are what two channels play.
    """
    return round((target - reading) / step) * step if math.isfinite(reading) else 0.0


def gains_of(voices: Iterable[Mapping[str, Energies]], target: float = TARGET_LUFS) -> list[float]:
    """Gain in dB of each of *voices*, which brings its takes, by their ids, to *target*."""
    voices = list(voices)
    step = GAIN_STEP_DB if len(voices) == 1 else FINE_GAIN_STEP_DB
    return [voice_gain_db(voice_lufs(takes.values()), target, step) for takes in voices]
