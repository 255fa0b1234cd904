"""Tests whether the engines and voices that a script names can speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.errors import Mark, Problem, SpeechError
from psoas_audio.library import did_you_mean
from psoas_audio.locale.languages import find_language
from psoas_audio.script.model import VoiceSettings
from psoas_audio.speech.automatic import chosen_voice
from psoas_audio.speech.engines import ENGINES, known_engines
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes


def voice_problems(
    voices: Sequence[tuple[VoiceSettings, Mark]], language: str
) -> Iterator[Problem]:
    """Engines and voices that don't exist; each named voice is tested with one word.

    *language* is that of a voice without one of its own.
    """
    for voice, mark in voices:
        spoken = voice.language or language
        engine, name = chosen_voice(voice.engine, voice.name, spoken)
        if engine not in ENGINES and engine not in (engines := sorted(known_engines())):
            hint = did_you_mean(engine, engines) or f"The engines are {', '.join(engines)}."
            yield Problem(mark, "unknown-engine", f"there is no speech engine {engine!r}.", hint)
        elif voice.name is not None or find_language(spoken) is None:
            error = _voice_error(replace(voice, name=name), engine, spoken, mark)
            if error is not None:
                yield Problem(mark, "unknown-voice", error.what + ".", error.hint)


def _voice_error(
    voice: VoiceSettings, engine: str, language: str, mark: Mark
) -> SpeechError | None:
    """Why *voice* can't say a word with *engine*; ``None`` if it can."""
    line = Line("check", "Rest.", engine, voice.name, 115, 50, language, mark)
    try:
        Takes(Cache(default_folder())).make([line])
    except SpeechError as error:
        return error
    return None
