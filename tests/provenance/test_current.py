"""A session counts as current only while nothing that it is made of has changed."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.provenance.current import is_current, is_untouched
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script

SCRIPT = "title: T\nsafety: none\nsteps:\n  - say: Hello.\n  - bell: ding.wav\n"


def ding(folder: Path, hertz: int) -> None:
    wave = 0.3 * np.sin(np.arange(24_000) * hertz * 2 * np.pi / 48_000)
    soundfile.write(folder / "ding.wav", wave, 48_000)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("current")
    (folder / "one.yaml").write_text(SCRIPT, encoding="utf-8")
    ding(folder, 440)
    return session(folder / "one.mp3").render().output


def session(sound: Path, **choices: str) -> Session:
    settings = Settings(sound.parent, overwrite=True, outputs=frozenset({"timeline"}))
    script = load_script(sound.with_name("one.yaml"))
    return Session(Draft(script, Choices(**choices), settings))  # type: ignore[arg-type]


def test_a_session_is_current_until_a_sound_beside_its_script_changes(sound: Path) -> None:
    assert is_current(sound, session(sound).draft)
    assert not is_current(sound, session(sound, bed="surf").draft)
    ding(sound.parent, 880)  # as long as before: the timeline is the same
    later = sound.stat().st_mtime_ns + 10**9
    os.utime(sound.with_name("ding.wav"), ns=(later, later))
    assert not is_current(sound, session(sound).draft)
    session(sound).render()
    os.utime(sound, ns=(later + 1, later + 1))
    assert is_current(sound, session(sound).draft)


@pytest.mark.parametrize("fault", ["not there", "cut", "other"])
def test_an_incomplete_session_is_not_current_and_an_edited_one_not_untouched(
    sound: Path, tmp_path: Path, fault: str
) -> None:
    timeline = sound.with_name("one.timeline.json")
    copy = tmp_path / "one.mp3"
    (tmp_path / "one.yaml").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "ding.wav").write_bytes(sound.with_name("ding.wav").read_bytes())
    copy.with_name("one.timeline.json").write_bytes(timeline.read_bytes())
    assert is_untouched(copy)
    content = sound.read_bytes()
    if fault != "not there":
        copy.write_bytes(content[:-5000] if fault == "cut" else b"my own")
    assert not is_current(copy, session(copy).draft)
    assert is_untouched(copy) == (fault == "not there")
    copy.write_bytes(content)
    assert is_untouched(copy)
