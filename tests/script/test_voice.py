"""The voice of a session, a chapter, a line: ramps, levels, treatments, and what is refused."""

from __future__ import annotations

import pytest

from psoas_audio.errors import ScriptError
from psoas_audio.script.load import parse_script, read_source
from psoas_audio.script.model import Ramp, VoiceSettings
from psoas_audio.script.steps import Say

SCRIPT = "title: V\nsafety: none\nvoice: {%s}\nsteps: [{say: Rest there.}]\n"


@pytest.mark.parametrize(
    ("written", "voice"),
    [
        ("rate: 120 to 105", VoiceSettings(rate=Ramp(120, 105))),
        ("rate: 105 to 120", VoiceSettings(rate=Ramp(105, 120))),
        ("level: 0 to -3 dB", VoiceSettings(level=Ramp(0, -3))),
        ("level: -1.5dB to -3", VoiceSettings(level=Ramp(-1.5, -3))),
        ("level: -3", VoiceSettings(level=-3.0)),
        ("treatment: hall", VoiceSettings(treatment="hall")),
    ],
)
def test_what_can_be_written(written: str, voice: VoiceSettings) -> None:
    assert parse_script(SCRIPT % written).voice == voice


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("rate: 120 to 20", "'20' isn't a rate from 60 to 250"),
        ("rate: 400 to 105", "'400' isn't a rate from 60 to 250"),
        ("rate: 120 to slow", "'slow' isn't a rate"),
        ("rate: 120 to 110 to 100", "'120 to 110' isn't a rate"),
        ("rate: to 100", "'to 100' isn't a rate"),
        ("rate: 120.5 to 100", "'120.5' isn't a rate"),
        ("rate: [120, 100]", "expected a rate"),
        ("level: 0 to -40", "'-40' isn't a level from -12 to 0"),
        ("level: 3", "'3' isn't a level from -12 to 0"),
        ("level: 0 to -3 LU", "'-3 LU' isn't a level"),
        ("treatment: worm", "Did you mean 'warm'?"),
    ],
)
def test_invalid_values_are_reported_with_their_place(written: str, told: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(SCRIPT % written)
    assert told in caught.value.report()
    column = len("voice: {") + written.index(": ") + 3
    assert f":3:{column}: error:" in caught.value.report()


def test_a_ramp_is_refused_on_chapters_and_lines() -> None:
    for wish in ("voice: {rate: 120 to 100}", "voice: {level: 0 to -3}", "rate: 120 to 100"):
        with pytest.raises(ScriptError, match=r"changes over the session.*at the top"):
            parse_script(f"title: V\nsafety: none\nsteps: [{{say: Rest., {wish}}}]\n")


def test_a_line_has_a_rate_beside_its_voice() -> None:
    script = parse_script(
        "title: V\nsafety: none\n"
        "steps: [{say: Rest., rate: 90, voice: {level: -2, treatment: warm}}]\n"
    )
    (step,) = script.chapters[0].steps
    assert isinstance(step, Say)
    assert step.voice == VoiceSettings(rate=90, level=-2.0, treatment="warm")


def test_either_end_of_a_ramp_can_be_too_fast() -> None:
    _, problems = read_source(SCRIPT % "rate: 200 to 100")
    assert "fast-speech" in {problem.rule for problem in problems}
