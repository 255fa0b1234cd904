"""Treatments from the command line are heard and planned, and an unknown one is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile
from click.testing import CliRunner

from psoas_audio.cli.main import cli

SCRIPT = """title: Slower
safety: none
voice: {engine: espeak, rate: 120 to 100, level: 0 to -3 dB, treatment: warm}
steps: [{say: Rest here.}, {say: Rest there.}]
"""


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    "command", [("say", "Rest.", "--engine", "espeak"), ("voices", "try", "espeak:en-us")]
)
def test_a_treatment_is_heard(command: tuple[str, ...], tmp_path: Path) -> None:
    seconds = {}
    for name in ("plain", "hall"):
        run(*command, "--treatment", name, "-o", tmp_path / f"{name}.wav")
        seconds[name] = soundfile.info(tmp_path / f"{name}.wav").duration
    assert seconds["hall"] - seconds["plain"] == pytest.approx(0.6, abs=0.01)


def test_a_plan_includes_the_tail_of_a_hall(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SCRIPT, "utf-8")
    samples = {
        name: json.loads(run("plan", tmp_path / "s.yaml", "--treatment", name, "--json"))["samples"]
        for name in ("warm", "hall")
    }
    assert samples["hall"] - samples["warm"] == pytest.approx(2 * 600 * 48, abs=2 * 1152)


def test_a_difference_of_voice_is_reported(tmp_path: Path) -> None:
    for name, text in (("a", SCRIPT), ("b", SCRIPT.replace("warm", "close"))):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    run("render", tmp_path / "a.yaml", "-o", tmp_path, "--with", "timeline", "-q")
    made, other = tmp_path / "a.timeline.json", tmp_path / "b.yaml"
    done = CliRunner().invoke(cli, ["diff", str(made), str(other)])
    assert "espeak at 120, warm" in done.output
    assert "espeak at 100, close, -3 dB" in done.output


def test_an_unknown_treatment_is_reported() -> None:
    done = CliRunner().invoke(cli, ["say", "Rest.", "--treatment", "cave"])
    assert done.exit_code == 2
    assert "'plain', 'warm', 'close', 'hall'" in done.output
