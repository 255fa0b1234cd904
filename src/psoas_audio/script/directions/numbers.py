"""Numbers in running text, in figures and in words: English, German, Spanish and French."""

from __future__ import annotations

from psoas_audio.script.time_words import any_of, number_words, quantity

NUMBER_WORDS = {
    **number_words(),
    **{words.replace(" ", "-"): number for words, number in number_words().items()},
    **dict.fromkeys(("a", "an"), 1),
    "a couple of": 2,
}
"""Lower-case words with their numbers, in all four languages."""
NUMBER_IN_FIGURES = r"\d+[ ]?[½¼¾]|[½¼¾]|\d+[ ]1/2|\d{1,6}(?:[.,]\d{1,3})?"
"""A regular expression for a number in figures: ``3``, ``1.5``, ``1,5``, ``½``, ``1 1/2``."""
NUMBER_PATTERN = rf"(?:{NUMBER_IN_FIGURES}|\b(?:{any_of(NUMBER_WORDS)})\b)"
"""A regular expression for a number in figures or words."""


def read_number(text: str) -> float:
    """The number that *text*, a match of :data:`NUMBER_PATTERN`, stands for."""
    text = text.strip().lower()
    return float(NUMBER_WORDS[text] if text in NUMBER_WORDS else quantity(text))
