"""A pitch that an engine can't change is reported, with its place."""

import pytest
from click.testing import CliRunner

from psoas_audio import check_source
from psoas_audio.cli.main import cli
from psoas_audio.drafting.pitch_check import has_fixed_pitch

SCRIPT = """title: Pitch
safety: none
language: en-US
voice: {{engine: {engine}}}
steps:
  - say: Lie down.
  - say: Let go.
    voice: {{pitch: 30}}
  - say: Rest here.
    voice: {{pitch: 40}}
"""


@pytest.mark.parametrize("engine", ["kokoro", "piper", "endpoint"])
def test_a_pitch_that_changes_nothing_is_a_warning_at_its_line(engine):
    found = check_source(SCRIPT.format(engine=engine), name="low")
    (told,) = [problem for problem in found if problem.rule == "pitch-not-used"]
    assert told.severity == "warning"
    assert told.mark.line == 7
    assert engine in told.sentence
    assert "'pitch: 30'" in told.sentence
    assert "1 more line" in told.sentence


def test_an_engine_that_takes_a_pitch_gives_no_warning():
    found = check_source(SCRIPT.format(engine="espeak"), name="low")
    assert not [problem for problem in found if problem.rule == "pitch-not-used"]


def test_a_recipe_has_a_pitch_if_its_program_takes_one():
    assert has_fixed_pitch("command", "flite")
    assert not has_fixed_pitch("command", "espeak-ng")
    assert not has_fixed_pitch("no-such-engine", None)


def test_say_warns_of_it_too(tmp_path):
    arguments = ["say", "--engine", "kokoro", "--pitch", "20", "-o", str(tmp_path / "a.wav"), "Hi."]
    assert "--pitch 20 has no effect" in CliRunner().invoke(cli, arguments).output
