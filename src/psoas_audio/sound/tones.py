"""Tones that lead a breath or a movement, synthesized phase by phase with sample-exact lengths.

A phase has a contour (how level, brightness and pitch change) and a timbre (how it sounds).
Every phase starts and ends at zero with a slope of zero, and its tones have a whole number of
periods, so phases can follow each other in any order without a click.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.errors import SoundError
from psoas_audio.sound.sound_levels import BREATH_LUFS, SOFT_BREATH_LUFS
from psoas_audio.sound.timbres import TIMBRES, VARIANTS
from psoas_audio.sound.tone_contours import CONTOURS, TEMPO_CONTOURS, fade_phase_edges
from psoas_audio.units import SAMPLE_RATE, db_to_gain

_MAX_CACHED_SAMPLES = 20 * SAMPLE_RATE
"""Longer phases are not cached in memory."""

_KINDS = CONTOURS | TEMPO_CONTOURS

_lock = threading.Lock()

__all__ = ["TIMBRES", "VARIANTS", "tone"]


def tone(kind: str, length: int, timbre: str, soft: bool = False, cycle: int = 0) -> Samples:
    """The tone of one phase: float32 (length, 1), read-only.

    *kind* is ``in``, ``sip``, ``full``, ``out`` or ``empty`` of a breath, or ``up``, ``top``,
    ``down`` or ``bottom`` of a repetition; *length* in samples, *timbre* a key of
    :data:`~psoas_audio.sound.timbres.TIMBRES`. *cycle* chooses one of ``VARIANTS`` versions, in
    turn. The same arguments give the same samples. An in-breath has about ``BREATH_LUFS`` (see
    ``sound_levels``), a soft one ``SOFT_BREATH_LUFS``.

    Raises ``SoundError`` for an unknown kind or timbre.
    """
    if kind not in _KINDS or timbre not in TIMBRES:
        raise SoundError(
            f"there is no breathing tone '{kind}' with the timbre '{timbre}'",
            hint=f"Kinds: {', '.join(_KINDS)}; timbres: {', '.join(TIMBRES)}.",
        )
    with _lock:  # so that two threads don't make the same tone
        make = _tone if length <= _MAX_CACHED_SAMPLES else _tone.__wrapped__
        return make(kind, length, timbre, soft, cycle % VARIANTS)


@lru_cache(maxsize=12)
def _tone(kind: str, length: int, timbre: str, soft: bool, variant: int) -> Samples:
    samples = np.zeros((length, 1), np.float32)
    if length > 0:
        contour = _KINDS[kind]
        voice, level = TIMBRES[timbre]
        made = voice(contour, length, 0.8 if soft else 1.0, variant)
        made *= np.float32(db_to_gain(level + (SOFT_BREATH_LUFS - BREATH_LUFS) * soft))
        fade_phase_edges(made, contour, 1.5 if soft else 1.0)
        samples[:, 0] = made
    samples.flags.writeable = False
    return samples
