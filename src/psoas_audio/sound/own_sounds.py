"""A producer's own sound made fit for the mix: no offset, no cancelled channels, no hard edges."""

from __future__ import annotations

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.errors import SoundError
from psoas_audio.sound.fades import raised_cosine
from psoas_audio.sound.sound_levels import VOICE_LUFS, max_momentary_lufs
from psoas_audio.units import db_to_gain, ms_to_samples

FAINTEST_PEAK_DB = -70.0
"""dBFS; a sound with a lower peak can't be heard beside a voice at -16 LUFS."""
_CANCELLED = 0.25
"""Share of its channels' energy (-6 dB) under which a sum of both has lost the sound."""
_SHORTEST_WITH_OFFSET = ms_to_samples(10)
"""Samples; the mean of a shorter sound is part of its sound, not an offset."""
_HARD_EDGE_DB = -50.0
"""dBFS; a first or last sample above this is a step that is heard as a click."""
_EDGE = ms_to_samples(2)
"""Samples over which a hard edge is faded: too short to soften a strike."""


def conditioned(samples: Samples, channels: int, where: str) -> Samples:
    """*samples* ``(frames, 1 or 2)`` in so many *channels*, without a constant offset.

    Of two channels that cancel each other in a sum, the louder one becomes the mono sound.
    Raises :class:`SoundError`, with the file *where*, for a sound that can't be heard.
    """
    if len(samples) >= _SHORTEST_WITH_OFFSET:
        samples = samples - samples.mean(axis=0, dtype=np.float64).astype(np.float32)
    if np.abs(samples).max(initial=0) < db_to_gain(FAINTEST_PEAK_DB):
        raise SoundError(
            "this sound is silent, or too quiet to be heard",
            where=where,
            hint="Export it louder, or leave it out.",
        )
    if samples.shape[1] == channels:
        return samples
    if channels == 2:
        return np.repeat(samples, 2, axis=1)
    energies = np.einsum("ij,ij->j", samples, samples, dtype=np.float64)
    mean: Samples = samples.mean(axis=1, keepdims=True, dtype=np.float32)
    if float(np.vdot(mean, mean)) < _CANCELLED * float(energies.mean()):
        loudest = int(energies.argmax())
        return samples[:, loudest : loudest + 1]
    return mean


def no_louder_than_voice(samples: Samples) -> Samples:
    """*samples*, lowered where their loudest 400 ms are louder than the voice."""
    over = max_momentary_lufs(samples) - VOICE_LUFS
    return samples * np.float32(db_to_gain(-over)) if over > 0 else samples


def without_hard_edges(samples: Samples) -> Samples:
    """*samples* with a first or last sample far from zero faded from or to it, over up to 2 ms."""
    step = db_to_gain(_HARD_EDGE_DB)
    length = min(_EDGE, len(samples) // 8)
    if not length:
        return samples
    rise = raised_cosine((np.arange(length) + 0.5) / length)
    softened = samples
    for first, edge, curve in (
        (samples[0], slice(None, length), rise),
        (samples[-1], slice(-length, None), rise[::-1]),
    ):
        if np.abs(first).max() > step:
            softened = softened.copy() if softened is samples else softened
            softened[edge] *= curve[:, np.newaxis]
    return softened
