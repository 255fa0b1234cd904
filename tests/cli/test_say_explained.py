"""``say --explain``: every step from written words to phonemes."""

import json

import pytest
from click.testing import CliRunner

from psoas_audio.cli.main import cli


def explained(*args: str) -> dict[str, str]:
    done = CliRunner().invoke(cli, ["say", "--explain", *args])
    assert done.exit_code == 0, done.output
    pairs = (line.split(maxsplit=1) for line in done.stdout.splitlines())
    return {pair[0]: pair[1] if len(pair) > 1 else "" for pair in pairs}


def test_the_phonemes_are_those_of_the_respelled_words():
    told = explained("Release the psoas for 30-60s.")
    assert told["respelled"] == "Release the sowus for thirty to sixty seconds."
    assert list(told)[-1] == "phonemes"
    assert "sˈoʊəs" in told["phonemes"]


@pytest.mark.parametrize(("language", "sound"), [("de-DE", "kniː"), ("en-US", "niː")])
def test_the_phonemes_are_of_the_language(language, sound):
    told = explained("knie" if language == "de-DE" else "knee", "--language", language)
    assert sound in told["phonemes"].replace("ˈ", "")


def test_without_phonemes_the_steps_are_still_explained():
    told = explained("Rest.", "--engine", "espeak", "--voice", "nobody")
    assert told["numbers"] == "Rest."
    assert "unknown" in told["phonemes"]


def test_a_german_line_is_explained_to_its_phonemes():
    told = explained("Am 2. Tag 30–60 s an der ASIS ruhen.", "--language", "de")
    assert told["tidy"] == "Am 2. Tag 30-60 s an der ASIS ruhen."
    assert told["ordinals"].startswith("Am zweiten Tag")
    assert told["lexicon"] == "Am zweiten Tag dreißig bis sechzig Sekunden an der A.S.I.S ruhen."
    assert "tsvˈaɪtən tˈɑːk" in told["phonemes"]


def test_each_line_is_explained_as_a_json_object():
    told = CliRunner().invoke(
        cli,
        ["say", "--explain", "--json", "--language", "de", "-"],
        input="Ruhe 30 s.\n\nAtme – ruhig.\n",
    )
    assert told.exit_code == 0, told.output
    rest, nothing, breathe = map(json.loads, told.stdout.splitlines())
    assert rest["steps"][0] == ["tidy", "Ruhe 30 s."]
    assert rest["steps"][-1][1] == "Ruhe dreißig Sekunden."
    assert "zeːkˈʊndən" in rest["phonemes"]
    assert nothing["steps"][-1][1] == nothing["phonemes"] == ""
    assert breathe["steps"][-1][1] == "Atme, ruhig."


def test_json_without_explain_is_refused():
    told = CliRunner().invoke(cli, ["say", "--json", "Rest."])
    assert told.exit_code == 2
    assert "--json needs --explain" in told.stderr
