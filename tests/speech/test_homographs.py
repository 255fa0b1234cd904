"""Words that are written alike: each sentence of ``homographs.en.tsv`` is read by its sense."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.locale.ipa import read_ipa, slashed
from psoas_audio.locale.languages import load_language
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.pronunciation.homographs import find_homographs
from psoas_audio.speech.pronunciation.prepare import explain_text, prepare_text

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("homographs.en.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("word", dict.fromkeys(word for word, _, _ in ROWS))
def test_a_homograph_has_the_sense_of_its_sentence(word):
    wrong = {}
    for wanted, text in [(sense, text) for row, sense, text in ROWS if row == word]:
        found = {
            decision.sense: decision.reason
            for decision in find_homographs(text, "en-US")
            if text[decision.said.text_position :][: len(word)].casefold() == word
        }
        if wanted not in found:
            wrong[text] = found
    assert not wrong


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("Close your eyes.", "klˈoʊz jʊɹ ˈaɪz"),
        ("Stay close to the wall.", "stˈeɪ klˈoʊs tə ðə wˈɔːl"),
        ("Use a ball; a ball has a use.", "jˈuːz ɐ bˈɔːl ɐ bˈɔːl hɐz ɐ jˈuːs"),
    ],
)
def test_espeak_says_it(text, phonemes):
    said = prepare_text(text, "en-US", {})
    heard = Espeak().phonemes(said.text, None, "en-US", said.pronunciations)
    assert " ".join(heard.split()) == phonemes


def test_british_voices_get_british_sounds():
    said = {
        language: prepare_text("A project.", language, {}).pronunciations[0].ipa
        for language in ("en-US", "en-GB")
    }
    assert said == {"en-US": "pɹˈɑːdʒɛkt", "en-GB": "pɹˈɒdʒɛkt"}


def test_the_reason_can_be_seen():
    steps, _ = explain_text("Now close the door.", "en-US", {})
    assert dict(steps)["homographs"] == (
        "Now [close](/klˈoʊz/, verb: begins a clause, before its object) the door."
    )
    assert dict(steps)["respelled"] == "Now cloze the door."


def test_a_scripts_own_pronunciation_takes_precedence_over_our_rules():
    assert prepare_text("Close it.", "en-US", {"close": "kloss"}).text == "kloss it."
    (said,) = prepare_text("Close it.", "en-US", {"close": "/ˈklɒs/"}).pronunciations
    assert said.ipa == "klˈɑːs"


def test_other_languages_have_none():
    assert find_homographs("Close live wind", "de") == []


@settings(deadline=None)
@given(st.lists(st.sampled_from(["close", "use", "wind", "live", *"a,.'-1\n", "to", "the", "let"])))
def test_any_text_can_be_read(words):
    text = " ".join(words)
    found = find_homographs(text, "en-GB")
    assert len(found) == sum(word in ("close", "use", "wind", "live") for word in words)
    for decision in found:
        assert decision.reason


def test_every_sense_is_readable_ipa_and_not_all_sound_alike():
    for word, senses in load_language("en").homographs.items():
        said = [each for each in senses.values() if not isinstance(each, str)]
        ipas = [read_ipa(slashed(ipa) or "") for ipa, _ in said]
        assert len(set(ipas)) > 1 or len(ipas) == 1, word
