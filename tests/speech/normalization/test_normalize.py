"""Words come out right, whatever was written."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from psoas_audio.speech.normalization.normalize import (
    explain_normalization,
    normalize_text,
)
from psoas_audio.speech.normalization.split import (
    split_text,
)

ENGLISH = {
    "Hold for 30-60 seconds.": "Hold for thirty to sixty seconds.",
    "Hold 30–60s, then rest.": "Hold thirty to sixty seconds, then rest.",
    "Try 4-7-8 breathing.": "Try four, seven, eight breathing.",
    "10s": "ten seconds",
    "1 s": "one second",
    "1m30s": "one minute thirty seconds",
    "2m or 10 m": "two minutes or ten meters",
    "5 min. of rest. 5 min.": "five minutes of rest. five minutes.",
    "3x per side, 2 x 30s": "three times per side, two times thirty seconds",
    "1/2 a breath, 2½ more, 1 1/2": "half a breath, two and a half more, one and a half",
    "5/7 of it": "five sevenths of it",
    "1/2 min, 2 1/2 min, 1½ h": ("half a minute, two and a half minutes, one and a half hours"),
    "left/right": "left or right",
    "this vs. that, e.g. now": "this versus that, for example now",
    "the 1st, 2nd and 21st": "the first, second and twenty-first",
    "at 7:30, 7:05 and 7:00": "at seven thirty, seven oh five and seven o'clock",
    "1,000 steps of 3.5 cm": "one thousand steps of three point five centimeters",
    "20% at 37°C": "twenty percent at thirty-seven degrees Celsius",
    "bent to 90°": "bent to ninety degrees",
    "-5 or −5, not 5-": "minus five or minus five, not five-",
    "L5 and T12": "L five and T twelve",
    "the 1990s": "the nineteen nineties",
    "007": "zero zero seven",
    "It’s “soft” — and… slow": 'It\'s "soft", and... slow',
    "Breathe\u00a0in\u200b 🌿\ufe0f now": "Breathe in now",
    "salt & water <b>": "salt and water less than b",
    "Rest *here* [now] {x}": "Rest here now x",
}
OTHERS = {
    ("de-DE", "30–60 s, z. B. 1/2 oder 3,5 cm"): (
        "dreißig bis sechzig Sekunden, zum Beispiel ein halb oder drei Komma fünf Zentimeter"
    ),
    ("de", "am 2. Tag um 14:30 Uhr"): "am zweiten Tag um vierzehn Uhr dreißig",
    ("de", "1. Runde: noch 2½ Min., dann 1 1/2"): (
        "Erste Runde: noch zweieinhalb Minuten, dann eineinhalb"
    ),
    ("de", "Zähle bis 3. Dann ruhe."): "Zähle bis drei. Dann ruhe.",
    ("de", "Die 3. Übung, 20 Sek. lang"): "Die dritte Übung, zwanzig Sekunden lang",
    ("es", "2 1/2 minutos"): "dos minutos y medio",
    ("fr", "2 1/2 minutes"): "deux minutes et demie",
    ("fr-FR", "30-60 s, 2e fois"): "trente à soixante secondes, deuxième fois",
    ("es-ES", "30-60 s, 20 %"): "treinta a sesenta segundos, veinte por ciento",
    ("sv", "Vila i 30 sekunder"): "Vila i trettio sekunder",
    ("xx", "wait 30 s"): "wait 30 s",
}


@pytest.mark.parametrize("written", ENGLISH)
def test_english(written):
    assert normalize_text(written, "en-US") == ENGLISH[written]


@pytest.mark.parametrize(("language", "written"), OTHERS)
def test_other_languages(language, written):
    assert normalize_text(written, language) == OTHERS[language, written]


def test_explain_shows_every_step_to_the_same_end():
    text = "Hold the psoas for 30-60s"
    steps = explain_normalization(text, "en-US")
    assert [name for name, _ in steps][:3] == ["tidy", "symbols", "addresses"]
    assert steps[-1] == ("markup", normalize_text(text, "en-US"))
    assert dict(steps)["ranges"] == "Hold the psoas for 30 to 60s"


@given(st.text(), st.sampled_from(["en-US", "de", "fr", "es-MX", "ja", ""]))
@example("9" * 4000, "en")
@example("1/" * 500 + "-" * 500, "en")
@example("0:0:0:0 1,2.3,4 ٣٤ ²³ ½½", "de")
def test_nothing_is_left_that_means_something_to_an_engine(text, language):
    said = normalize_text(text, language)
    assert not set(said) & set("<>&[]{}|\\`*_#~^")
    assert all(unicodedata.category(c)[0] != "C" for c in said)
    assert "  " not in said
    assert said == said.strip()


@given(st.text(alphabet="abc psoas 0123456789-/:.,%°sx", max_size=60))
def test_words_and_numbers_are_never_lost(text):
    said = normalize_text(text, "en-US")
    if any(c.isalnum() for c in text):
        assert any(c.isalnum() for c in said)


def test_plain_words_stay_as_they_are():
    plain = "Let the right knee soften, and breathe out slowly. Don't push: wait; then go on!"
    assert normalize_text(plain, "en-US") == plain


@given(st.text(alphabet="ab .,!?\n", max_size=400), st.integers(5, 60))
def test_pieces_are_short_enough_and_lose_nothing(text, longest):
    pieces = split_text(text, longest)
    assert all(0 < len(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_pieces_are_cut_at_sentences_where_they_can_be():
    text = "One sentence here. Another one, with a comma. A third."
    assert split_text(text, 300) == [text]
    assert split_text(text, 30) == ["One sentence here.", "Another one, with a comma.", "A third."]
    assert split_text(text, 20) == [
        "One sentence here.",
        "Another one,",
        "with a comma.",
        "A third.",
    ]
    assert split_text("   ", 20) == []
