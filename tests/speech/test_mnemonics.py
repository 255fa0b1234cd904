"""What eSpeak NG and Piper make of the IPA they are given."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.locale.ipa import localized, read_ipa, slashed
from psoas_audio.locale.languages import load_language
from psoas_audio.speech.engine import Pronunciation, Request
from psoas_audio.speech.engines._mnemonics import espeak_text, mnemonics
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.neural.pronounced import pronounced_phonemes
from psoas_audio.speech.pronunciation.prepare import prepare_text

TAGS = ("en-US", "en-GB", "de-DE", "es-ES", "es-MX", "fr-FR")


def shipped_ipa(tag: str) -> dict[str, str]:
    """Every word of a language with IPA, senses of homographs among them."""
    language = load_language(tag)
    entries = {w: v if isinstance(v, str) else v[0] for w, v in language.lexicon.items()}
    for word, senses in language.homographs.items():
        said = {sense: each for sense, each in senses.items() if not isinstance(each, str)}
        entries |= {f"{word} ({sense})": ipa for sense, (ipa, _) in said.items()}
    ipas = {word: slashed(entry) for word, entry in entries.items()}
    return {word: localized(read_ipa(ipa), tag) for word, ipa in ipas.items() if ipa}


def broad(ipa: str) -> str:
    """Without what eSpeak NG itself changes by the sounds around: lenition, length of ``y`` …"""
    text = unicodedata.normalize("NFC", ipa)
    for one, other in (("ɾ", "r"), ("ɐ", "r"), ("β", "b"), ("ð", "d"), ("ɣ", "ɡ"), ("θ", "s")):
        text = text.replace(one, other)
    linked = text.replace("ɹ ", " ").replace("ɚ ɹ", "ə ɹ")
    return re.sub(r"[ː ]", "", linked.replace("ŋk", "nk"))


@pytest.mark.parametrize("tag", TAGS)
def test_espeak_speaks_the_ipa_that_it_gets(tag):
    espeak, wrong = Espeak(), {}
    for word, ipa in shipped_ipa(tag).items():
        heard = espeak.phonemes("x", None, tag, (Pronunciation(0, 1, ipa, "x"),))
        if broad(heard) != broad(ipa):
            wrong[word] = (ipa, heard)
    assert not wrong


@pytest.mark.parametrize("tag", TAGS)
def test_espeak_has_phonemes_for_every_word(tag):
    assert not [word for word, ipa in shipped_ipa(tag).items() if mnemonics(ipa, tag) is None]


def test_a_sound_that_a_language_lacks_is_respelled():
    said = Pronunciation(4, 4, "ʘa", "kiss-a")
    assert espeak_text(Request("The qxqx.", None, 100, 50, "en", "", (said,))).text == "The kiss-a."


@settings(deadline=None)
@given(st.text(alphabet="[]ab '|,.", max_size=30), st.text(alphabet="[]ab '|,.", max_size=30))
def test_only_pronunciations_become_phonemes(before, after):
    said = Pronunciation(len(before), 1, "sˈoʊ", "so")
    asked = espeak_text(Request(f"{before}x{after}", None, 100, 50, "en", "", (said,)))
    assert asked.text.count("[[") == asked.text.count("]]") == 1
    assert not set(re.sub(r"\[\[s\|'\|oU\]\]", "", asked.text)) & set("[]")


def test_espeak_gives_the_places_of_the_words_in_the_text():
    text = "Find the psoas now, and close the adho mukha book."
    said = prepare_text(text, "en-US", {})
    request = Request(said.text, None, 100, 50, "en-US", text, said.pronunciations)
    words = [text[w.text_position :][: w.text_length] for w in Espeak().speak(request).words]
    assert words == ["Find", "the", "psoas", "now", "and", "close", "the", "adho mukha", "book"]


VOICES = {"en-US": "en-us", "de-DE": "de", "es-ES": "es", "fr-FR": "fr"}


def read_by_piper(text: str, tag: str) -> list[str]:
    """The phonemes that a Piper voice gets for each sentence."""
    piper = pytest.importorskip("piper.phonemize_espeak").EspeakPhonemizer()
    said = prepare_text(text, tag, {})
    request = Request(said.text, None, 100, 50, tag, text, said.pronunciations)
    found = pronounced_phonemes(request, lambda words: piper.phonemize(VOICES[tag], words))
    return [unicodedata.normalize("NFC", "".join(sentence)) for sentence in found]


def test_piper_gets_the_ipa_in_its_sentence():
    text = "Close the eyes, (psoas) and the asana; use the psoas. Close to it."
    assert read_by_piper(text, "en-US") == [
        "klˈoʊz ðɪ ˈaɪz, sˈoʊəs ænd ðɪ ˈɑːsənə; jˈuːz ðə sˈoʊəs.",
        "klˈoʊs tʊ ɪt.",
    ]


@pytest.mark.parametrize("tag", VOICES)
def test_piper_gets_the_ipa_of_every_shipped_word(tag):
    wrong = {}
    for word, ipa in shipped_ipa(tag).items():
        if "(" not in word:
            heard = read_by_piper(word + ".", tag)
            if heard != [unicodedata.normalize("NFC", ipa) + "."]:
                wrong[word] = heard
    assert not wrong
