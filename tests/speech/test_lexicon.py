"""Hard words, by the phonemes that eSpeak NG gives for what it gets."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech_example import line

from psoas_audio.errors import SpeechError
from psoas_audio.locale.languages import load_language
from psoas_audio.speech.available_voices import espeak_phonemes
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.pronunciation.prepare import PreparedText, explain_text, prepare_text
from psoas_audio.speech.pronunciation.respelling import respelled_text
from psoas_audio.speech.take_cache import TakeCache
from psoas_audio.speech.take_keys import TakeKeys

PHONEMES = {
    "psoas": "sˈoʊəs",
    "iliopsoas": "ˌɪlioʊsˈoʊəs",
    "iliacus": "ɪlˈaɪəkəs",
    "sacroiliac": "sˌækɹoʊˈɪliæk",
    "ASIS": "ˌeɪˌɛsˌaɪˈɛs",
    "ujjayi": "uːdʒˈaɪi",
    "savasana": "ʃəvˈɑːsənə",
    "fascia": "fˈæʃə",
    "quadriceps": "kwˈɑːdɹɪsɛps",
    "piriformis": "pˌɪɹɪfˈɔːɹmɪs",
    "trochanter": "tɹoʊkˈæntɚ",
    "vagus": "vˈeɪɡəs",
}
"""The hardest words of the shipped sessions."""


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    return Espeak()


def heard(espeak: Espeak, text: str, language: str, lexicon: dict[str, str] | None = None) -> str:
    said = prepare_text(text, language, lexicon or {})
    return espeak.phonemes(said.text, None, language, said.pronunciations)


def respelled(text: str, language: str, lexicon: dict[str, str] | None = None) -> str:
    said = prepare_text(text, language, lexicon or {})
    return respelled_text(said.text, said.pronunciations)


@pytest.mark.parametrize("word", PHONEMES)
def test_a_hard_word_is_said_right(espeak, word):
    assert heard(espeak, word, "en-US") == PHONEMES[word]


def test_anyone_can_ask_for_phonemes():
    assert espeak_phonemes(prepare_text("psoas", "en-US", {}), "en-US") == PHONEMES["psoas"]
    with pytest.raises(SpeechError, match="tlh"):
        espeak_phonemes(PreparedText("psoas"), "tlh")


GERMAN = {"Faszie": "fˈastsjə", "ASIS": "ˌɑːˌɛsˌiːˈɛs", "Namaste": "namastˈeː"}


@pytest.mark.parametrize("word", GERMAN)
def test_a_hard_word_is_said_right_in_german_too(espeak, word):
    assert heard(espeak, word, "de-DE") == GERMAN[word]


def test_words_inside_words_stay():
    said = respelled("The psoasis isn't a psoas.", "en-US")
    assert said == "The psoasis isn't a sowus."


def test_plurals_and_possessives_follow(espeak):
    assert heard(espeak, "psoas's", "en-US") == "sˈoʊəsɪz"
    assert heard(espeak, "trochanters", "en-US") == "tɹoʊkˈæntɚz"


def test_a_sentence_keeps_its_signs(espeak):
    text = "Find the PSOAS (not the ASIS): psoas-work, the psoas' edge."
    said = respelled(text, "en-US")
    assert said == "Find the sowus (not the A.S.I.S): sowus-work, the sowus' edge."
    for signs in ("({})", '"{}"', "'{}'", "- {} -", "{}...", "{}-like"):
        text = f"It is {signs.format('psoas')}, too."
        assert PHONEMES["psoas"] in heard(espeak, text, "en-US"), text


def test_a_scripts_own_words_take_precedence_over_ours_and_may_contain_numbers():
    own = {"psoas": "so-as", "4-7-8": "the long breath", "Anna": "Ahna"}
    said = prepare_text("ANNA, find the Psoas; then 4-7-8. Annas psoas", "en-US", own)
    assert said.text == "Ahna, find the so-as; then the long breath. Annas so-as"
    assert said.pronunciations == ()


def test_an_alias_cannot_contain_markup():
    assert prepare_text("x", "en-US", {"x": "[[a]] <b>"}).text == "a b"
    assert prepare_text("x", "en-US", {"": "y", "[]": "z"}).text == "x"


KEYS = {"C": "see", "C#": "sea sharp", "#1": "first", "10": "ten bell", "I": "eye", "one": "wun"}


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("In C, then in C#.", "In see, then in sea sharp."),
        ("Take #1 and one.", "Take first and wun."),
        ("Do 10, not 110, 10.5 or 10:30.", "Do ten bell, not wun hundred and ten, ten point five"),
        ("I say I'm here.", "eye say I'm here."),
        ("Vitamin C's the one's own.", "Vitamin see's the wun's own."),
    ],
)
def test_a_key_is_a_whole_word_with_its_signs_and_digits(written, spoken):
    assert prepare_text(written, "en-US", KEYS).text.startswith(spoken)


def test_a_key_with_ipa_is_found_as_it_is_written(espeak):
    own = {"C#": "/siː ˈʃɑːrp/", "Ruiz": "/ruˈiːθ/"}
    said = prepare_text("First C, then C#, then C with Ruiz.", "en-US", own)
    places = [said.text[p.text_position :][: p.text_length] for p in said.pronunciations]
    assert places == ["C", "Ruiz"]
    assert said.pronunciations[0].text_position > said.text.index("C")
    assert "siː ʃˈɑːɹp" in heard(espeak, "First C, then C#.", "en-US", own)


@settings(deadline=None)
@given(
    st.text(alphabet="ab1#' -", min_size=1, max_size=6), st.text(alphabet="ab1#' -.,", max_size=30)
)
def test_a_key_never_touches_a_part_of_a_word(key, text):
    said = prepare_text(text, "en-US", {key: "zzz"}).text
    assert all(word == "zzz" for word in re.findall(r"\w+", said) if "zzz" in word)


@settings(deadline=None)
@given(st.text())
def test_a_text_cannot_contain_engine_phonemes(text):
    steps, said = explain_text(f"psoas [[{text}]] psoas", "en-US", {"x": f"[[{text}]]"})
    assert steps[-1][0] == "respelled"
    assert not set(said.text) & set("[]")
    for one, next_one in zip(said.pronunciations, said.pronunciations[1:], strict=False):
        assert one.text_position + one.text_length <= next_one.text_position


def test_every_shipped_entry_is_ipa_that_can_be_read():
    from psoas_audio.locale.ipa import read_ipa, slashed

    for main in ("en", "de", "es", "fr"):
        for word, value in load_language(main).lexicon.items():
            ipa = slashed(value if isinstance(value, str) else value[0])
            assert ipa is None or read_ipa(ipa), word


def test_a_new_pronunciation_is_a_new_take_and_other_lines_keep_theirs(fake_engine, cache):
    def key(text: str, lexicon: dict[str, str]) -> str:
        return TakeKeys(TakeCache(cache), lexicon).key(line(text, engine="fake"))

    changed = {"psoas": "/ˈpsoʊ.æs/"}
    assert key("Find the psoas.", changed) != key("Find the psoas.", {})
    assert key("Rest.", changed) == key("Rest.", {})
