"""Engines by name: the built-in ones and those that other packages register as entry points.

A reference, ``module:Class``, identifies an engine. The main process imports it only for its
fingerprint and rates; the speech library itself is loaded in worker processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Engine

ENGINES: dict[str, str] = {
    "pyttsx3": "psoas_audio.speech.engines.system:System",
    "espeak": "psoas_audio.speech.engines.espeak:Espeak",
    "piper": "psoas_audio.speech.engines.piper:Piper",
    "kokoro": "psoas_audio.speech.engines.kokoro.engine:Kokoro",
    "command": "psoas_audio.speech.engines.command:Command",
    "endpoint": "psoas_audio.speech.engines.endpoint.engine:Endpoint",
    "recorded": "psoas_audio.speech.engines.recorded:Recorded",
}
"""References of the built-in engines, by name."""

ENTRY_POINT_GROUP = "psoas_audio.engines"
"""The entry-point group for engines of other packages."""


def known_engines() -> Mapping[str, str]:
    """References of all engines by name. Other packages can't override the built-in ones."""
    from importlib.metadata import entry_points  # slow to load, and only other packages need it

    return {point.name: point.value for point in entry_points(group=ENTRY_POINT_GROUP)} | ENGINES


def reference_of(name: str) -> str:
    """The reference of the engine called *name*; raises ``SpeechError``."""
    if name in ENGINES:
        return ENGINES[name]
    engines = known_engines()
    if name not in engines:
        names = ", ".join(sorted(engines))
        raise SpeechError(f"there is no engine called “{name}”", hint=f"Engines: {names}.")
    return engines[name]


def load_engine(reference: str) -> Engine:
    """An instance of the engine at *reference*; raises ``SpeechError``."""
    module, _, attribute = reference.partition(":")
    try:
        return cast(Engine, getattr(import_module(module), attribute)())
    except (ImportError, AttributeError) as error:
        raise SpeechError(
            f"the engine {reference} can't be loaded: {error}",
            hint="'psoas-audio doctor' shows what is installed and what is missing.",
        ) from error
