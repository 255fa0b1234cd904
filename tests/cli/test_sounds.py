"""``sounds``: what there is to hear, and one of them heard."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from psoas_audio.cli.main import cli
from psoas_audio.errors import PsoasError


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, ["sounds", *map(str, arguments)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_the_list_has_length_and_loudness() -> None:
    found = {(each["kind"], each["name"]): each for each in json.loads(run("list", "--json"))}
    assert found["bell", "gong"]["seconds"] == 10.0
    assert found["bell", "gong"]["lufs"] == pytest.approx(-20, abs=0.2)
    assert found["bed", "surf"]["seconds"] == 60.0
    assert found["breath", "wave"]["seconds"] is None
    assert "bell    gong" in run("list")


@pytest.mark.parametrize(
    ("name", "seconds"), [("gong", 10.0), ("surf", 60.0), ("wave", 32.0), ("bell", 3.6)]
)
def test_a_sound_is_saved_as_a_session_has_it(tmp_path: Path, name: str, seconds: float) -> None:
    run("play", name, "-o", tmp_path / "a.wav")
    samples, rate = soundfile.read(tmp_path / "a.wav")
    assert len(samples) / rate == pytest.approx(seconds, abs=0.01)
    assert np.abs(samples).max() > 0.01


def test_a_file_of_one_s_own_is_conditioned(tmp_path: Path) -> None:
    time = np.arange(48_000) / 48_000
    soundfile.write(tmp_path / "own.wav", 0.3 + 0.6 * np.sin(2765 * time), 48_000)
    run("play", tmp_path / "own.wav", "-o", tmp_path / "a.wav")
    samples, _ = soundfile.read(tmp_path / "a.wav")
    assert abs(samples.mean()) < 0.01
    assert abs(samples[0]).max() < 0.01


def test_a_wrong_name_gets_its_cure(tmp_path: Path) -> None:
    with pytest.raises(PsoasError) as caught:
        run("play", "gng", "-o", tmp_path / "a.wav")
    assert "Did you mean 'gong'?" in caught.value.report()
