"""How long an utterance will be, before it is spoken."""

from __future__ import annotations

from psoas_audio.planning.model import Utterance
from psoas_audio.units import SAMPLE_RATE, ms_to_samples

_LETTERS_PER_WORD = 4.15
"""Mean letters of a word in the shipped scripts."""
_ONSET_SECONDS = 0.12
"""What every take has besides its words: onset and decay."""

TREATMENT_TAILS = {"hall": ms_to_samples(600)}
"""Samples by which a treatment makes a take longer."""


def estimated_length(utterance: Utterance) -> int:
    """Samples *utterance* will take at its rate, from the letters of its words."""
    letters = sum(character.isalnum() for character in utterance.text)
    minutes = letters / _LETTERS_PER_WORD / utterance.rate
    length = int((minutes * 60 + _ONSET_SECONDS) * SAMPLE_RATE)
    return length + TREATMENT_TAILS.get(utterance.treatment, 0)
