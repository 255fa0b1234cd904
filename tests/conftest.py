"""What every test has: a cache of its own, so that nothing outside decides a result."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from browser import Browser
from engines import ENGINES as BROWSERS
from engines import started
from psoas_audio.speech.engines import ENGINES

# A busy machine is no fault: speed is measured in benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path_factory.mktemp("cache")))
        # Tests that name no engine take the quick one, whatever voices are installed here.
        patch.setenv("PSOAS_AUDIO_ENGINE", "pyttsx3")
        # The commands that tests start would otherwise compile the project anew, each of them.
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a deterministic engine, registered as an outside one would be."""
    monkeypatch.setitem(ENGINES, "fake", "fake_engine:Fake")
    folder = str(Path(__file__).parent)
    monkeypatch.syspath_prepend(folder)
    path = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{path}" if path else folder)
    return "fake"


@pytest.fixture(scope="module", params=BROWSERS)
def shared(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A browser of each kind, started once for the tests of a module."""
    with started(request.param) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    # A shell's background jobs start with SIGINT ignored, and so would what the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
