"""Whatever is written can be read: no text is refused, and no word gets lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from psoas_audio.speech.normalization.normalize import normalize_text

LANGUAGES = ["en-US", "en-GB", "de-DE", "de-CH", "es-ES", "es-MX", "fr-FR", "fr-CH", "pt", "ja", ""]
PIECES = [
    *(
        "0",
        "1",
        "2",
        "7",
        "10",
        "12",
        "21",
        "30",
        "45",
        "60",
        "90",
        "100",
        "1999",
        "2024",
        "٣",
        "²",
    ),
    *(" ", " ", " ", "  ", "\n", "\u00a0", "\u202f", "\u200b", "\u00ad"),
    *"-–—/:.,;!?'\"()[]{}<>@#&%*_~^=+±≥≤°ºª§€$£¢→•…½¾′″",
    *(
        "x",
        "h",
        "m",
        "s",
        "min",
        "sec",
        "Std",
        "seg",
        "kg",
        "lb",
        "cm",
        "in",
        "°C",
        "th",
        "er",
        "e",
    ),
    *("am", "p.m.", "Uhr", "h", "o'clock", "Jan", "Feb.", "Mon", "Mo.", "lun", "mars", "mayo"),
    *("I", "II", "IV", "X", "XXe", "Warrior", "Teil", "siglo", "L4", "C5", "T12", "B12", "CO2"),
    *("ASIS", "TFL", "STOP", "AUS", "OK", "R", "L", "w/", "w/o", "z. B.", "p. ej.", "etc.", "Dr."),
    *("breath", "Atemzug", "vez", "respirations", "left", "right", "round", "pain", "www.", ".com"),
    *("https://", "👍🏽", "1️⃣", "♀", "não", "Ωμέγα", "ёж", "你好", "مرحبا", "नमस्ते"),
]
any_text = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=20).map(" ".join),
)


def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L"


def plain(text: str) -> str:
    """*text* in composed letters, without signs that are letters to Unicode and not said."""
    without_marks = text.replace("™", "").replace("℠", "")
    return unicodedata.normalize("NFKC", without_marks).replace("ʼ", "'")


def foreign_letters(text: str) -> str:
    """The letters of other scripts, in lower case: no rule drops one."""
    return "".join(
        c
        for c in plain(text)
        if is_letter(c) and not unicodedata.name(c, "LATIN").startswith("LATIN")
    )


def check_reading(text: str, language: str) -> None:
    said = normalize_text(text, language)
    assert not set(said) & set("<>&[]{}|\\`*_#~^")
    assert all(unicodedata.category(c)[0] != "C" for c in said)
    assert said == " ".join(said.split())
    if language != "ja":  # its numbers are in other letters too
        assert foreign_letters(said).casefold() == foreign_letters(text).casefold()
    can_be_said = any(c.isalnum() for c in plain(text))
    assert any(c.isalnum() for c in said) or not can_be_said


EXAMPLES = [
    ("9" * 4000, "en"),
    ("1/" * 500 + "-" * 500, "en"),
    ("0:0:0:0 1,2.3,4 ٣٤ ²³ ½½", "de"),
    ("99999999999999999999. Mai 99/99/9999 99:99 IIIII", "de"),
    ("$" * 300 + "1.1.1.1" * 300, "en-US"),
    ("0" * 20 + "° " + "ºª" * 50, "es"),
    ("XXXXIIIIVVVVe siècle, n°n°n°", "fr"),
]


@settings(deadline=None)
@given(any_text, st.sampled_from(LANGUAGES))
@example(*EXAMPLES[0])
@example(*EXAMPLES[1])
@example(*EXAMPLES[2])
@example(*EXAMPLES[3])
@example(*EXAMPLES[4])
@example(*EXAMPLES[5])
@example(*EXAMPLES[6])
def test_any_text_is_read_and_nothing_that_can_be_said_is_dropped(text: str, language: str) -> None:
    check_reading(text, language)


@pytest.mark.slow
@settings(max_examples=200_000, deadline=None)
@given(any_text, st.sampled_from(LANGUAGES))
def test_200_000_texts_are_read(text: str, language: str) -> None:
    check_reading(text, language)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["rib", "jaw", "Knie", "hombro", "côté"]), min_size=1))
def test_words_stay_as_they_are(words: list[str]) -> None:
    text = " ".join(words)
    for language in LANGUAGES:
        assert normalize_text(text, language) == text
