"""Tests whether the engines and voices that a script names, or a choice, can speak."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.errors import Mark, Problem, SpeechError
from psoas_audio.library import did_you_mean
from psoas_audio.locale.languages import find_language
from psoas_audio.script.model import VoiceSettings
from psoas_audio.speech.automatic import chosen_voice
from psoas_audio.speech.engine import Remote
from psoas_audio.speech.engines import ENGINES, known_engines, load_engine, reference_of
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
            line = Line("check", "Rest.", engine, name, 115, 50, spoken, mark)
            if (error := _why_silent(line, Cache(default_folder()))) is not None:
                yield Problem(mark, "unknown-voice", error.what + ".", error.hint)


@contextlib.contextmanager
def blame_chosen_voice(name: str | None, lines: Sequence[Line], cache: Cache) -> Iterator[None]:
    """If *lines* can't be spoken because the voice *name* can't say a word, blame the voice.

    It was chosen for the session, not by its script, so no line of the script is at fault.
    """
    try:
        yield
    except SpeechError:
        if line := _line_of(name, lines):
            _test(line, cache)
        raise


def require_chosen_voice(name: str | None, lines: Sequence[Line], cache: Cache) -> None:
    """Raise ``SpeechError`` if the voice *name*, which speaks some of *lines*, can't say a word.

    A server isn't asked, as that may cost something.
    """
    line = _line_of(name, lines)
    if line and not isinstance(load_engine(reference_of(line.engine)), Remote):
        _test(line, cache)


def _line_of(name: str | None, lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if name and line.voice == name), None)


def _test(line: Line, cache: Cache) -> None:
    """Raise ``SpeechError`` that names the option if the voice of *line* can't say a word."""
    if error := _why_silent(replace(line, id="voice", text="Rest."), cache):
        raise SpeechError(f"--voice: {error.what}", hint=error.hint) from error


def _why_silent(line: Line, cache: Cache) -> SpeechError | None:
    """Why *line* can't be spoken; ``None`` if it can."""
    try:
        Takes(cache, workers=1).make([line])
    except SpeechError as error:
        return error
    return None
