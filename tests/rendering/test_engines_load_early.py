"""Engines load while a session is planned, and only if there is something to speak."""

from __future__ import annotations

from pathlib import Path

import pytest

import psoas_audio
from psoas_audio.rendering import speaking
from psoas_audio.speech import pool

SCRIPT = """title: Short
safety: none
chapters:
  - title: One
    steps: ["Breathe in, and out.", hold: 5s, "Let go."]
"""


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """When processes of engines are started and sessions planned."""
    found: list[str] = []
    start, plan = pool._start, speaking.plan_session

    def started(*arguments):
        found.append("start")
        return start(*arguments)

    def planned(*arguments):
        found.append("plan")
        return plan(*arguments)

    monkeypatch.setattr(pool, "_start", started)
    monkeypatch.setattr(speaking, "plan_session", planned)
    return found


def render(folder: Path, text: str, engine: str) -> None:
    script = psoas_audio.parse_script(text)
    psoas_audio.render(script, folder, engine=engine, overwrite=True)


def test_before_planning_if_lines_are_new(tmp_path, fake_engine, events):
    render(tmp_path, SCRIPT, fake_engine)
    assert events[0] == "start"
    events.clear()
    render(tmp_path, SCRIPT.replace("Let go", "Let it go"), fake_engine)
    assert events == ["start", "plan", "plan"]


def test_also_for_known_words_at_another_pace(tmp_path, fake_engine, events):
    render(tmp_path, SCRIPT, fake_engine)
    events.clear()
    render(tmp_path, f"voice: {{rate: 90}}\n{SCRIPT}", fake_engine)
    assert events[0] == "start"


def test_not_if_every_take_is_there(tmp_path, fake_engine, events):
    render(tmp_path, SCRIPT, fake_engine)
    events.clear()
    render(tmp_path, SCRIPT, fake_engine)
    assert events == ["plan"]
