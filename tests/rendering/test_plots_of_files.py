"""``plot``: a script as it would sound, and a finished file as it is."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from PIL import Image

import psoas_audio
from psoas_audio.cli.main import cli
from psoas_audio.errors import PsoasError
from psoas_audio.rendering.plot import plot_file

SCRIPT = """title: Short & sweet
safety: none
target: -18
bed: surf
chapters:
  - title: Arrive
    steps: [{say: Let the right knee soften.}]
  - title: Breathe
    steps: [{breathe: coherent for 2 breaths}, {bell: bowl}]
"""


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plot")
    script = folder / "short.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    return psoas_audio.render(script, folder, outputs=["timeline", "plot"]).output


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, list(map(str, arguments)))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def words(text: str) -> set[str]:
    root = ElementTree.fromstring(text)
    return {t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text")}


def test_a_script_and_its_file_give_the_same_picture(mp3: Path) -> None:
    script, file = run("plot", mp3.with_suffix(".yaml")), run("plot", mp3)
    told = words(script)
    assert {"sound", "voice", "breath", "bells", "bed", "loudness", "Arrive", "Breathe"} <= told
    assert "voice target, −18 LUFS" in told
    assert {text for text in told ^ words(file) if "LUFS" not in text} == set()
    assert words(mp3.with_suffix(".svg").read_text("utf-8")) == words(file)


def test_an_mp3_alone_gives_the_same_picture(mp3: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.mp3"
    shutil.copy(mp3, alone)
    assert words(run("plot", alone)) == words(run("plot", mp3))


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_other_formats_alone_tell_their_chapters(mp3: Path, tmp_path: Path, form: str) -> None:
    made = psoas_audio.render(mp3.with_suffix(".yaml"), tmp_path / f"a.{form}")
    told = words(run("plot", made.output))
    assert {"Short & sweet", "Arrive", "Breathe"} <= told
    assert "breath" not in told


def test_any_recording_has_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "found.wav"
    time = np.arange(44_100 * 3) / 44_100
    soundfile.write(path, 0.1 * np.sin(6283 * time), 44_100)
    told = words(run("plot", path))
    assert any("0:03, mono, session" in text for text in told)
    assert "found" in told


def test_a_png_is_written_once(mp3: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    run("plot", mp3, "-o", path)
    with Image.open(path) as image:
        assert image.size[0] == 2000
    with pytest.raises(PsoasError, match="already exists"):
        run("plot", mp3, "-o", path)
    run("plot", mp3, "-o", path, "--force")
    with pytest.raises(PsoasError, match=r"SVG or PNG"):
        run("plot", mp3, "-o", tmp_path / "a.gif")


def test_a_file_that_is_no_session_is_reported(mp3: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.mp3"
    junk.write_bytes(b"not a sound " * 1000)
    with pytest.raises(PsoasError) as caught:
        plot_file(junk)
    assert caught.value.hint
    other = tmp_path / "other.wav"
    soundfile.write(other, np.zeros(48_000), 48_000)
    shutil.copy(mp3.with_name("short.timeline.json"), tmp_path / "other.timeline.json")
    with pytest.raises(PsoasError, match="isn't the one"):
        plot_file(other)


def test_choices_are_refused_for_finished_files(mp3: Path) -> None:
    assert "options are for scripts" in run("plot", mp3, "--length", "20m")


def test_without_sound_nothing_is_spoken(tmp_path: Path) -> None:
    script = tmp_path / "unsaid.yaml"
    script.write_text(SCRIPT.replace("Let the right", "Words never said let the right"), "utf-8")
    told = words(run("plot", script, "--no-sound"))
    assert "voice" in told
    assert "sound" not in told
    assert psoas_audio.plan(script).estimated == 1
