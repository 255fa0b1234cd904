"""Estimates how long an utterance will be before it is spoken."""

from __future__ import annotations

from psoas_audio.planning.model import Utterance
from psoas_audio.units import SAMPLE_RATE, ms_to_samples

_LETTERS_PER_WORD = 5.2
"""Letters said in the time of a word."""
_WORDS_PER_COMMA = 1.2
"""How long a voice pauses at a comma, in words."""
_EDGE_WORDS = 0.63
"""How much longer a sentence is for its beginning and its end, in words."""
# Fitted to the sentences of the shipped sessions in eSpeak NG (5.09, 1.08 and 0.60) and in Piper's
# en_US-joe-medium (5.34, 1.37 and 0.67): off by 0.33 and 0.39 s a sentence (root mean square).

TREATMENT_TAILS = {"hall": ms_to_samples(600)}
"""Treatment to the samples that it adds to a take."""


def estimated_length(utterance: Utterance) -> int:
    """Samples that *utterance* is likely to take, by its letters, its commas and its rate."""
    letters = sum(character.isalnum() for character in utterance.text)
    commas = utterance.text.count(",")
    words = letters / _LETTERS_PER_WORD + commas * _WORDS_PER_COMMA + _EDGE_WORDS
    length = int(words * 60 / utterance.rate * SAMPLE_RATE)
    return length + TREATMENT_TAILS.get(utterance.treatment, 0)
