"""The respellings, by the phonemes eSpeak NG gives for them."""

import pytest

from psoas_audio.errors import SpeechError
from psoas_audio.locale.languages import load_language
from psoas_audio.speech.catalogue import espeak_phonemes
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.normalization.normalize import normalize_text

PHONEMES = {
    "psoas": "sˈoʊəs",
    "iliopsoas": "ˈɪliˈoʊsˈoʊəs",
    "iliacus": "ˈɪlˈaɪækəs",
    "sacroiliac": "sˈækɹoʊˈɪliˈæk",
    "ASIS": "ˌeɪˌɛsˌaɪˈɛs",
    "ujjayi": "ˈuːdʒˈaɪˈiː",
    "savasana": "ʃˌævɑːsˈɑːnə",
    "fascia": "fˈæʃə",
    "quadriceps": "kwˈɑːdɹɪsˌɛps",
    "piriformis": "pˈɪɹifˈɔːɹmɪs",
    "trochanter": "tɹˈoʊkˈæntɚ",
    "vagus": "vˈeɪɡəs",
    "namaste": "nˈɑːməstˈeɪ",
    "pranayama": "pɹˈɑːnəjˈɑːmə",
}
"""The hardest words of the shipped sessions, as eSpeak NG 1.52.0 says their respelling."""


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    return Espeak()


@pytest.mark.parametrize("word", PHONEMES)
def test_a_hard_word_is_said_right(espeak, word):
    assert espeak.phonemes(normalize_text(word, "en-US", {}), "en-us", "en-US") == PHONEMES[word]


def test_every_shipped_respelling_changes_what_is_heard(espeak):
    for main, voice in (("en", "en-us"), ("de", "de")):
        for word in load_language(main).lexicon:
            before = espeak.phonemes(word, voice, main)
            assert espeak.phonemes(normalize_text(word, main, {}), voice, main) != before, word


def test_anyone_can_ask_for_phonemes():
    assert espeak_phonemes("sowus", "en-US") == PHONEMES["psoas"]
    with pytest.raises(SpeechError, match="tlh"):
        espeak_phonemes("sowus", "tlh")


GERMAN = {
    "Iliopsoas": "ˈiːlɪˌoːpsoːˌɑːs",
    "Faszie": "fˈastsjə",
    "ASIS": "ˌɑːˌɛsˌiːˈɛs",
    "Ujjayi": "ʊtʃˈɑːjiː",
    "Savasana": "ʃˈɑvɑːsˌɑnɑː",
    "Namaste": "nˌɑmastˈeː",
}


@pytest.mark.parametrize("word", GERMAN)
def test_a_hard_word_is_said_right_in_german_too(espeak, word):
    assert espeak.phonemes(normalize_text(word, "de-DE", {}), "de", "de-DE") == GERMAN[word]


def test_words_inside_words_stay():
    assert normalize_text("The psoasis isn't a psoas, nor is fascias.", "en-US", {}) == (
        "The psoasis isn't a sowus, nor is fascias."
    )


def test_a_sentence_keeps_its_signs():
    said = normalize_text(
        "Find the PSOAS (not the ASIS): psoas-work, the psoas' edge.", "en-US", {}
    )
    assert said == "Find the sowus (not the A.S.I.S.): sowus-work, the sowus edge."
