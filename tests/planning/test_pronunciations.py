"""Pronunciations written in a script: an engine gets them, and nobody sees them."""

import pytest

from psoas_audio.errors import ScriptError
from psoas_audio.locale.ipa import WrittenPronunciation
from psoas_audio.planning import Choices, Stretch, Utterance, expand
from psoas_audio.script.load import parse_script
from psoas_audio.speech.pronunciation.prepare import prepare_text

HEAD = "title: T\nsafety: none\n"


def spoken(steps: str) -> list[Utterance]:
    return expand(parse_script(f"{HEAD}steps:\n{steps}"), Choices(), Stretch()).utterances()


def test_a_pronunciation_mark_is_not_part_of_the_words():
    (line,) = spoken("  - say: Now *[read](/rɛd/)* and [read](/riːd/).\n")
    assert line.text == "Now read and read."
    assert line.pronounced == (
        WrittenPronunciation(4, 4, "rɛd"),
        WrittenPronunciation(13, 4, "riːd"),
    )
    said = prepare_text(line.text, "en-US", {}, line.pronounced)
    assert [(p.text_position, p.ipa) for p in said.pronunciations] == [(4, "ɹɛd"), (13, "ɹiːd")]


def test_a_mark_stays_at_its_word_when_words_around_it_change():
    (line,) = spoken("  - say: After 30s, 1 psoas; then 2½ of [psoas](/ˈpsoʊ.æs/), psoas.\n")
    said = prepare_text(line.text, "en-US", {"psoas": "so-as"}, line.pronounced)
    assert said.text.count("so-as") == 3
    (only,) = said.pronunciations
    assert said.text[: only.text_position].count("so-as") == 1


def test_each_sentence_gets_its_own_marks():
    lines = spoken("  - say: See [a](/ʌ/). [pause 1s] Or [b](/biː/). And c.\n")
    assert [(u.text, [p.start for p in u.pronounced]) for u in lines] == [
        ("See a.", [4]),
        ("Or b.", [3]),
        ("And c.", []),
    ]


def test_each_pronunciation_is_a_take_of_its_own():
    one, two, plain, again = spoken(
        "  - say: '[Read](/rɛd/).'\n  - say: '[Read](/riːd/).'\n  - say: Read.\n  - say: Read.\n"
    )
    assert len({one.take, two.take, plain.take}) == 3
    assert plain.take == again.take


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[psoas](/q%q/)", "can't be read as IPA: '%'"),
        ("[psoas](/pst/)", "it has no vowel"),
        ("[](/a/)", "has no word"),
        ("[psoas](a)", "isn't a pause"),
    ],
)
def test_a_mark_that_cannot_be_read_is_reported(text, told):
    with pytest.raises(ScriptError, match=told):
        spoken(f"  - say: 'The {text}.'\n")


def test_a_lexicon_may_have_ipa():
    script = parse_script(
        f"{HEAD}lexicon: {{supta: /ˈsʊp.tə/, Niamh: neev}}\nsteps:\n  - say: Hi.\n"
    )
    assert script.lexicon == {"supta": "/ˈsʊp.tə/", "Niamh": "neev"}
    with pytest.raises(ScriptError, match="isn't a symbol"):
        parse_script(f"{HEAD}lexicon: {{supta: /5up/}}\nsteps:\n  - say: Hi.\n")
