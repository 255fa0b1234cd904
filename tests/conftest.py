"""What tests of several rooms need."""

import os
from pathlib import Path

import pytest

from psoas_audio.speech.engines import ENGINES

HERE = Path(__file__).parent


@pytest.fixture
def fake_engine(monkeypatch) -> str:
    """The name of a deterministic engine, registered as an outside one would be."""
    monkeypatch.setitem(ENGINES, "fake", "fake_engine:Fake")
    make_importable(monkeypatch, HERE)
    return "fake"


def make_importable(monkeypatch, folder: Path) -> None:
    """Let this process and its workers import the modules in *folder*."""
    monkeypatch.syspath_prepend(folder)
    path = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{path}" if path else str(folder))
