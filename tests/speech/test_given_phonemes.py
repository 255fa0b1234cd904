"""What engines are really given: homographs in their sentences, and words of anatomy and yoga."""

from __future__ import annotations

import pytest
from given_phonemes import FOLDER, engines, hard_words, wrong_words

WORDS = list(hard_words(FOLDER))


@pytest.mark.parametrize("engine", sorted(engines()))
def test_an_engine_is_given_the_right_sounds(engine: str) -> None:
    wrong = wrong_words(engine, engines()[engine], WORDS[::5])
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("engine", sorted(engines()))
def test_an_engine_is_given_the_right_sounds_of_every_word(engine: str) -> None:
    wrong = wrong_words(engine, engines()[engine], WORDS)
    assert not wrong, "\n".join(wrong)


def test_there_are_many_words() -> None:
    assert sum(word.in_sentence for word in WORDS) > 500
    assert {word.language for word in WORDS if not word.in_sentence} == {
        "en-US", "de-DE", "es-ES", "fr-FR",
    }  # fmt: skip
