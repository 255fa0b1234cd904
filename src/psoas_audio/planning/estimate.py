"""Estimates how long an utterance will be before it is spoken."""

from __future__ import annotations

from psoas_audio.planning.model import Utterance
from psoas_audio.units import SAMPLE_RATE, ms_to_samples

_LETTERS_PER_WORD = 4.15
"""Mean number of letters in the words of the shipped scripts."""
_ONSET_SECONDS = 0.12
"""Seconds of onset and decay that every take has besides its words."""

TREATMENT_TAILS = {"hall": ms_to_samples(600)}
"""Treatment to the samples that it adds to a take."""


def estimated_length(utterance: Utterance) -> int:
    """Samples that *utterance* is likely to take, by its letters and its rate."""
    letters = sum(character.isalnum() for character in utterance.text)
    minutes = letters / _LETTERS_PER_WORD / utterance.rate
    length = int((minutes * 60 + _ONSET_SECONDS) * SAMPLE_RATE)
    return length + TREATMENT_TAILS.get(utterance.treatment, 0)
