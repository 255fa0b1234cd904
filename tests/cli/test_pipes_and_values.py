"""Scripts from standard input, sound to standard output, and values from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from psoas_audio.batch.variants import build_jobs
from psoas_audio.cli.main import cli
from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.planning.choices_json import choices_from_json, choices_to_json

SCRIPT = """\
title: For {name}
kind: talk
safety: none
steps:
  - say: Good evening, {name}.
  - rest: 2s
    end: bowl
"""


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_script_comes_from_standard_input_and_its_sound_goes_to_standard_output() -> None:
    arguments = ["render", "-", "-o", "-", "-q", "--value", "name=Anna"]
    result = CliRunner().invoke(cli, arguments, input=SCRIPT)
    assert result.exit_code == 0, result.stderr
    assert result.stdout_bytes.startswith(b"ID3")
    assert b"For Anna" in result.stdout_bytes.replace(b"\x00", b"")
    assert list(Path().iterdir()) == []


def test_check_and_plan_read_standard_input() -> None:
    result = CliRunner().invoke(cli, ["check", "-"], input="title: T\nsteps: [{hold: 1:75}]\n")
    assert result.exit_code == 3
    assert result.stdout.startswith("standard input:2:16: error")
    result = CliRunner().invoke(cli, ["plan", "-", "--value", "name=Anna"], input=SCRIPT)
    assert "Good evening, Anna." in result.stdout


def test_standard_output_takes_the_sound_alone() -> None:
    for more in (["--json"], ["--with", "srt"], ["--dry-run"]):
        result = CliRunner().invoke(cli, ["render", "-", "-o", "-", *more], input=SCRIPT)
        assert result.exit_code == 2


def reported(arguments: list[str]) -> str:
    """What ``psoas-audio plan`` of SCRIPT with a value for the name says is wrong."""
    error = CliRunner().invoke(cli, ["plan", "s.yaml", *arguments]).exception
    assert isinstance(error, PsoasError)
    return error.report()


def test_a_value_without_words_in_the_script_must_be_given() -> None:
    Path("s.yaml").write_text(SCRIPT)
    assert "{name}" in reported([])


def test_a_mistyped_value_is_reported() -> None:
    Path("s.yaml").write_text(SCRIPT.replace("steps:", "values: {name: you}\nsteps:"))
    assert "It has name." in reported(["--value", "nmae=Anna"])
    assert "NAME=WORDS" in reported(["--value", "Anna"])
    result = CliRunner().invoke(cli, ["plan", "s.yaml", "--value", "name=Anna", "--json"])
    assert "Good evening, Anna." in result.stdout


def test_a_batch_makes_a_session_for_each_word() -> None:
    jobs = build_jobs(["s.yaml"], "out", values=["name=Anna", "name=Ben", "place=home"])
    assert [dict(job.choices.values) for job in jobs] == [
        {"name": "Anna", "place": "home"},
        {"name": "Ben", "place": "home"},
    ]


def test_values_are_recorded_and_read_again() -> None:
    choices = Choices(values=(("name", "Anna"),))
    assert choices_from_json(json.loads(json.dumps(choices_to_json(choices)))) == choices
