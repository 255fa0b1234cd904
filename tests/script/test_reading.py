"""Syllables and reading grades, against a dictionary's counts and graded texts."""

from __future__ import annotations

import pytest

from psoas_audio.script.rules.readability import grade, syllables, words

COUNTED = {
    1: "the breathe breathes knees toes eyes hour fire moved wished use used rule rules whole some"
    " here there real guide guess smile side sides floor once don't it's while",
    2: "psoas little table muscle rested release released places changes region gently quiet lion"
    " tension patience special tissue being going breathing outside poem someone sometimes people"
    " every edges dizzy numbness headed needed noticed uses circles ankles anxious question advice"
    " pregnant slowly away equal language lovely unique rhythm science diet client create react"
    " careful handles settled evening",
    3: "area idea quietly massages usual abdomen everything radio video serious previous various"
    " medical injury actual quality ideal diagnose condition physician notices light-headed",
    4: "iliacus abdominal comfortable aneurysm situation gradually usually professional",
    5: "diaphragmatic",
}
"""Syllables to words that have them."""


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, row in COUNTED.items() for word in row.split()]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_plain_text_is_easy_and_an_official_one_is_not() -> None:
    easy = "Lie on your back. Bend both knees. Let your feet rest on the floor, and breathe."
    hard = (
        "Notwithstanding considerable anatomical variability, practitioners continuously "
        "differentiate sensations originating from deep musculature."
    )
    assert grade(easy) < 2
    assert grade(hard) > 20


def test_the_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade("Sit. Sit! Sit? Sit…") == pytest.approx(0.39 + 11.8 - 15.59)
    assert grade("") == 0
    assert grade("...") == 0
    assert words("30-60 seconds, don't rush") == ["30-60", "seconds", "don't", "rush"]
