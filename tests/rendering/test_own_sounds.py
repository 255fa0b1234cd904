"""Sounds of a producer's own, beside the script: each format as a bell and as a bed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from psoas_audio.drafting.check import script_problems
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.rendering.media import SessionMedia
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.units import SAMPLE_RATE

SECONDS = 9
NEEDS_FFMPEG = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")


def session(folder: Path, sound: str) -> Session:
    path = folder / "own.yaml"
    path.write_text(
        f"title: Own\nsafety: none\nbed: {sound}\nsteps: [{{hold: 20s}}, {{bell: {sound}}}]\n",
        encoding="utf-8",
    )
    assert not [p for p in script_problems(str(path)) if p.severity == "error"]
    return Session(Draft(load_script(path), Choices(), Settings()))


def media(made: Session) -> SessionMedia:
    return SessionMedia(made.draft.script, made.draft.takes, made.best_effort_cache)


@pytest.mark.parametrize(
    "suffix",
    [".wav", ".flac", ".ogg", ".mp3", ".MP3", ".aiff",
     pytest.param(".m4a", marks=[pytest.mark.tools, NEEDS_FFMPEG]),
     pytest.param(".webm", marks=[pytest.mark.tools, NEEDS_FFMPEG])],
)  # fmt: skip
def test_each_format_rings_and_loops(tmp_path: Path, suffix: str) -> None:
    time = np.arange(44_100 * SECONDS) / 44_100
    tone = 0.3 * np.sin(2 * np.pi * 440 * time)
    if suffix in (".m4a", ".webm"):
        soundfile.write(tmp_path / "a.wav", tone, 44_100)
        command = ["ffmpeg", "-v", "error", "-i", "a.wav", f"own{suffix}"]
        subprocess.run(command, cwd=tmp_path, check=True)
        (tmp_path / "a.wav").unlink()
    else:
        soundfile.write(tmp_path / f"own{suffix}", tone, 44_100)
    made = session(tmp_path, f"own{suffix}")
    bells = made.draft.plan().timeline.track("bells").clips
    assert len(media(made).bell(f"own{suffix}")) == pytest.approx(SECONDS * SAMPLE_RATE, abs=4000)
    assert len(bells) == 1
    loop = media(made).loop(f"own{suffix}")
    assert 0 < loop.period < SECONDS * SAMPLE_RATE  # crossfaded: its end went into its start
    seam = loop.read(loop.period - 2000, loop.period + 2000)
    own_slope = 0.3 * 2 * np.pi * 440 / SAMPLE_RATE
    assert np.abs(np.diff(seam, axis=0)).max() < 1.2 * own_slope


def test_a_marked_loop_repeats_exactly(tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "own.ogg", "w", 48_000, 1, "VORBIS", format="OGG") as file:
        file.comment = "LOOPSTART=9600 LOOPLENGTH=192000"
        file.write(0.1 * np.random.default_rng(1).standard_normal(5 * SAMPLE_RATE))
    assert media(session(tmp_path, "own.ogg")).loop("own.ogg").period == 192_000
