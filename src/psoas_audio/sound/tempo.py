"""Tones that lead a movement: up, held at the top, down, held at the bottom.

A step that counts repetitions puts them on the breath track of the timeline: ``Breath("up", …)``,
``"top"``, ``"down"`` and ``"bottom"``, with :data:`TEMPO_TIMBRE` and the number of the repetition
as ``cycle``; the mixer then asks :func:`tempo_phase` for their samples. In a plan they are
``BreathPhase`` items of the same kinds. Phases follow each other in any order and at any length,
as those of the breath do.
"""

from __future__ import annotations

from psoas_audio.audio import Samples
from psoas_audio.sound.tones import tone

TEMPO_TIMBRE = "flute"
"""The timbre that marks the turns of a movement best; every timbre of the breath works too."""


def tempo_phase(kind: str, length: int, repetition: int = 0, timbre: str = TEMPO_TIMBRE) -> Samples:
    """One phase of a repetition: float32 (length, 1), read-only, silent at both ends.

    *kind* is ``up`` (rises), ``top`` (a steady tone, high), ``down`` (falls) or ``bottom`` (a
    steady tone, low and faint); *length* is in samples. *repetition*, from 0, chooses among
    variants that differ only in what nobody follows. The same arguments give the same samples.

    Raises ``SoundError`` for an unknown kind or timbre.
    """
    return tone(kind, length, timbre, cycle=repetition)
