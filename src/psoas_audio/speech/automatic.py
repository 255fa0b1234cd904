"""Picks the voice for lines that name none: the best that is installed."""

from __future__ import annotations

import contextlib
import os

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Request, voice_for
from psoas_audio.speech.engines import load_engine, reference_of
from psoas_audio.speech.engines._voice_folder import voice_folder
from psoas_audio.speech.engines.kokoro.engine import is_ready
from psoas_audio.speech.engines.kokoro.voices import (
    default_voice,
    is_blend_or_voice,
    read_blend,
)

ENGINE_VARIABLE = "PSOAS_AUDIO_ENGINE"
"""Environment variable: the engine to use where a script names none."""
SYSTEM_ENGINE = "pyttsx3"
"""The engine that always works: the system's own voices."""


def automatic_voice(language: str) -> tuple[str, str | None]:
    """The engine and voice for *language*, a BCP 47 tag: a natural one before the system's.

    ``None`` stands for the engine's own default.
    """
    engine = os.environ.get(ENGINE_VARIABLE, "")
    if engine not in ("", "auto"):
        return engine, best_voice(engine, language)
    if is_ready(language):
        return "kokoro", best_voice("kokoro", language)
    piper = best_voice("piper", language)
    return (SYSTEM_ENGINE, None) if piper is None else ("piper", piper)


def best_voice(engine: str, language: str) -> str | None:
    """The best voice of *engine* for *language* (BCP 47), where that hangs on what is installed.

    ``None`` for an engine that has its own default, or no voice for the language.
    """
    if engine == "kokoro":
        return default_voice(language)
    if engine == "piper":
        with contextlib.suppress(SpeechError, OSError):
            found = voice_for(language, load_engine(reference_of(engine)).voices())
            return None if found is None else found.name
    return None


def why_silent(engine: str, name: str | None, language: str) -> SpeechError | None:
    """Why the voice *name* of *engine* can't speak *language* (BCP 47) now; ``None`` if it can, as
    far as can be told without a word."""
    try:
        load_engine(reference_of(engine)).fingerprint(Request("", name, 140, 50, language))
    except SpeechError as error:
        return error
    return None


def chosen_voice(engine: str | None, name: str | None, language: str) -> tuple[str, str | None]:
    """The engine and voice for *language* where *engine*, *name* or neither was chosen."""
    named = voice_named(name) if name else None
    if engine not in (None, "auto"):
        return engine, named[1] if named is not None and named[0] == engine else name
    return named or automatic_voice(language)


def voice_named(name: str) -> tuple[str, str]:
    """The engine that has the voice *name*, and the engine's own name for it."""
    if is_blend_or_voice(name):
        with contextlib.suppress(SpeechError):
            name = read_blend(name).name
        return "kokoro", name
    model = name.partition("+")[0]
    if model and "/" not in model and (voice_folder() / f"{model}.onnx").is_file():
        return "piper", name
    return SYSTEM_ENGINE, name
