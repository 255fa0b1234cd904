"""A line or a chapter in another language than its session."""

import pytest

from psoas_audio.planning import Choices, Plan, Stretch, Utterance, expand
from psoas_audio.planning.voice_languages import language_of_voice
from psoas_audio.script.load import parse_script
from psoas_audio.speech.pronunciation.prepare import prepare_text

HEAD = "title: T\nlanguage: en-US\nsafety: none\n"


def planned(body: str) -> Plan:
    return expand(parse_script(HEAD + body), Choices(), Stretch())


def spoken(body: str) -> dict[str, Utterance]:
    return {line.text: line for line in planned(body).utterances()}


def test_a_line_is_read_in_its_language():
    lines = spoken("steps:\n  - say: Count to 43.\n  - {say: Comptez 43 pas., language: fr}\n")
    french = lines["Comptez 43 pas."]
    assert french.language == "fr"
    assert lines["Count to 43."].language == "en-US"
    assert prepare_text(french.text, french.language, {}).text == "Comptez quarante-trois pas."


@pytest.mark.parametrize("voice", ["fr-fr", "fr_FR-siwis-medium", "ff_siwis"])
def test_a_voice_of_another_language_implies_it(voice):
    (line,) = spoken(
        f"steps:\n  - {{say: Comptez., voice: {{engine: piper, name: {voice}}}}}\n"
    ).values()
    assert line.language.split("-")[0] == "fr"
    assert line.voice == voice


def test_a_voice_of_another_region_or_beside_a_language_does_not():
    lines = spoken(
        "steps:\n"
        "  - {say: Rest., voice: {engine: espeak, name: en-gb}}\n"
        "  - {say: Stay., voice: {engine: espeak, name: fr-fr}, language: en-US}\n"
    )
    assert {line.language for line in lines.values()} == {"en-US"}


def test_another_language_drops_the_voice_that_was_named():
    lines = spoken(
        "voice: {engine: espeak, name: en-us+f3}\n"
        "steps:\n  - {say: Comptez., language: fr}\n  - say: Count.\n"
    )
    assert lines["Comptez."].voice is None
    assert lines["Comptez."].engine == "espeak"
    assert lines["Count."].voice == "en-us+f3"


def test_the_words_that_are_added_follow_the_chapter():
    plan = planned(
        "chapters:\n"
        "  - title: Un\n    language: fr\n    sides: [left, right]\n    steps:\n"
        "      - say: Jambe {side}.\n"
        "      - {hold: 60s, halfway: true}\n"
        "  - title: Two\n    steps:\n      - {hold: 60s, halfway: true}\n      - bell: bowl\n"
    )
    lines = {line.text: line.language for line in plan.utterances()}
    assert lines == {
        "Jambe gauche.": "fr",
        "Jambe droit.": "fr",
        "À mi-parcours.": "fr",
        "Halfway.": "en-US",
    }


def test_a_value_follows_a_single_line():
    lines = spoken(
        "steps:\n  - sides: [left, right]\n    steps:\n      - say: The {side} leg.\n"
        "      - say: Jambe {side}.\n        language: fr\n"
    )
    assert list(lines) == ["The left leg.", "Jambe gauche.", "The right leg.", "Jambe droit."]


def test_nothing_english_is_spoken_in_a_language_without_words():
    plan = planned(
        "chapters:\n  - title: Uno\n    language: it\n    sides: [left, right]\n    steps:\n"
        "      - say: Gamba {side}.\n      - {hold: 60s, halfway: true}\n      - bell: bowl\n"
    )
    assert {line.text for line in plan.utterances()} == {"Gamba ."}
    assert set(plan.missing_words) == {("it", "left"), ("it", "right"), ("it", "halfway")}


@pytest.mark.parametrize(
    ("name", "language"),
    [("de+f2", "de"), ("en-us", "en-us"), ("es-419", "es-419"), ("bm_lewis", "en-GB"),
     ("af_heart*0.8+af_nicole*0.2", "en-US"), ("en_US-joe-medium", "en-US"), ("say", ""),
     ("my-voice", ""), ("flite", ""), ("Thomas", ""), ("takes", "")],
)  # fmt: skip
def test_the_language_in_the_name_of_a_voice(name, language):
    assert language_of_voice(name) == language
