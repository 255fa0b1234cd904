"""Engines load while a session is planned, and only if there is something to speak."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import psoas_audio
from psoas_audio.rendering import speaking
from psoas_audio.speech import pool

WAIT_S = 30.0

SCRIPT = """title: Short
safety: none
chapters:
  - title: One
    steps: ["Breathe in, and out.", hold: 5s, "Let go."]
"""


class Watched:
    """Counts the processes of engines that are started, and the plans that are made meanwhile."""

    def __init__(self) -> None:
        self.started, self.planned_meanwhile = 0, 0
        self.one = threading.Event()

    def reset(self) -> None:
        self.__init__()


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    watched = Watched()
    start, plan = pool._start, speaking.plan_session

    def started(*arguments):
        watched.started += 1
        watched.one.set()
        return start(*arguments)

    def planned(*arguments):
        watched.planned_meanwhile += watched.one.wait(WAIT_S)
        return plan(*arguments)

    monkeypatch.setattr(pool, "_start", started)
    monkeypatch.setattr(speaking, "plan_session", planned)
    return watched


def render(folder: Path, text: str, engine: str) -> None:
    script = psoas_audio.parse_script(text)
    psoas_audio.render(script, folder, engine=engine, overwrite=True)


def test_an_engine_loads_early_for_new_lines(tmp_path, fake_engine, watched):
    render(tmp_path, SCRIPT, fake_engine)
    assert watched.planned_meanwhile
    watched.reset()
    render(tmp_path, SCRIPT.replace("Let go", "Let it go"), fake_engine)
    assert (watched.started, watched.planned_meanwhile) == (1, 2)


def test_an_engine_loads_early_for_known_words_at_another_pace(tmp_path, fake_engine, watched):
    render(tmp_path, SCRIPT, fake_engine)
    watched.reset()
    render(tmp_path, f"voice: {{rate: 90}}\n{SCRIPT}", fake_engine)
    assert watched.planned_meanwhile


def test_no_engine_loads_if_every_take_is_cached(tmp_path, fake_engine, watched, monkeypatch):
    render(tmp_path, SCRIPT, fake_engine)
    watched.reset()
    monkeypatch.setattr("test_engines_load_early.WAIT_S", 0.0)
    render(tmp_path, SCRIPT, fake_engine)
    assert watched.started == 0
