"""A session is played from the right place, by whatever player there is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.playback.play import find_start, play
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script

SCRIPT = """title: Short
language: en-US
safety: none
output: mono
chapters:
  - title: Arrive
    steps:
      - say: Let the right knee soften.
  - title: The right side
    steps:
      - hold: 3s
  - title: The left side
    steps:
      - hold: 3s
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="players are programs elsewhere")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    path = tmp_path / "short.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return Session(Draft(load_script(path), Choices(), Settings()))


def player(folder: Path, name: str, body: str) -> None:
    """A program of that *name*, as a system may have it."""
    program = folder / name
    program.write_text(f"#!{sys.executable}\nimport sys\n{body}\n")
    program.chmod(0o755)


def test_places_are_chapters_or_times(session: Session) -> None:
    timeline = session.draft.plan().timeline
    starts = {marker.title: marker.start for marker in timeline.markers}
    assert find_start(timeline, None) == 0
    assert find_start(timeline, "the LEFT side") == starts["The left side"]
    assert find_start(timeline, "the left") == starts["The left side"]
    assert find_start(timeline, "2s") == 96_000
    with pytest.raises(PsoasError, match="no chapter") as caught:
        find_start(timeline, "The lift side")
    assert "The left side" in caught.value.hint
    with pytest.raises(PsoasError, match="ended by then"):
        find_start(timeline, "9m")


def test_a_player_gets_every_sample_from_there_on(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools, heard = tmp_path / "bin", tmp_path / "heard"
    tools.mkdir()
    player(tools, "paplay", "sys.stdin.buffer.read(9); sys.exit(1)")  # a server that isn't there
    player(tools, "aplay", f"open({str(heard)!r}, 'wb').write(sys.stdin.buffer.read())")
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    play(session, "The right side")
    timeline = session.draft.plan().timeline
    assert heard.stat().st_size == 2 * (timeline.length - timeline.markers[1].start)


def test_without_a_player_it_says_what_to_do(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.speak()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PsoasError, match="no sound device or player") as caught:
        play(session, None)
    assert "psoas-audio watch" in caught.value.hint
