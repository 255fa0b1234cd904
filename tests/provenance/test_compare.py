"""``diff`` takes timelines, scripts, and sessions with their timeline beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import psoas_audio
from psoas_audio.errors import PsoasError
from psoas_audio.provenance.compare import compare

SCRIPT = "title: T\nsafety: none\nvoice: {{engine: espeak}}\nsteps: [{}, {{bell: bowl}}]\n"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    (tmp_path / "s.yaml").write_text(SCRIPT.format("Hello."), encoding="utf-8")
    return psoas_audio.render(tmp_path / "s.yaml", tmp_path, outputs=["timeline"]).output


def test_a_session_can_be_named_instead_of_its_timeline(session: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.timeline.json"
    shutil.copy(session.with_name("s.timeline.json"), old)
    assert not compare(session, old)
    (tmp_path / "s.yaml").write_text(SCRIPT.format("Good morning."), encoding="utf-8")
    assert compare(session, tmp_path / "s.yaml")
    assert compare(tmp_path / "s.yaml", session)


def test_an_mp3_carries_its_timeline(session: Path, tmp_path: Path) -> None:
    session.with_name("s.timeline.json").unlink()
    assert not compare(session, tmp_path / "s.yaml")
    (tmp_path / "s.yaml").write_text(SCRIPT.format("Good morning."), encoding="utf-8")
    assert compare(session, tmp_path / "s.yaml")


def test_a_sound_without_a_timeline_says_so(tmp_path: Path) -> None:
    (tmp_path / "found.mp3").write_bytes(b"not a session")
    with pytest.raises(PsoasError, match="carries no timeline"):
        compare(tmp_path / "found.mp3", tmp_path / "found.mp3")


def test_one_timeline_alone_is_too_few(session: Path) -> None:
    with pytest.raises(PsoasError, match="alone"):
        compare(session)


def test_a_script_is_compared_with_a_timeline_of_its_own(session: Path, tmp_path: Path) -> None:
    other = tmp_path / "s2.yaml"  # its name begins alike, and it is rendered later
    other.write_text(SCRIPT.format("Good morning."), encoding="utf-8")
    psoas_audio.render(other, tmp_path, outputs=["timeline"])
    assert not compare(session.with_suffix(".yaml"))
