"""The engines by name: our own, and those that other packages provide by an entry point.

An engine is known by a reference, ``module:Class``. The caller imports it for its
fingerprint alone; its library is loaded in workers.
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
    "command": "psoas_audio.speech.engines.command:Command",
    "recorded": "psoas_audio.speech.engines.recorded:Recorded",
}
"""Name to reference."""

ENTRY_POINT_GROUP = "psoas_audio.engines"
"""The entry-point group of outside engines."""


def known_engines() -> Mapping[str, str]:
    """All engines by name. Those of other packages can't replace our own."""
    from importlib.metadata import entry_points

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
