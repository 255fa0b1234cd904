"""Picks the voices of lines that name none, from those that are installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from psoas_audio.errors import SpeechError
from psoas_audio.planning import Choices
from psoas_audio.planning.voicing import AUTO_ENGINE
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import AutoVoices, Script, VoiceSettings
from psoas_audio.speech.automatic import automatic_voice, best_voice, voice_named, why_silent
from psoas_audio.timeline import Take, Timeline


def with_auto_voices(script: Script, choices: Choices) -> Script:
    """*script* with the engine and voice of every line that names none, or only one of the two.

    Raises ``SpeechError`` if a voice that *choices* keep from a finished session can't speak.
    """
    chosen = choices.voice.engine or choices.voice.name
    kept = {key: _voice(voice, key, may_be_silent=bool(chosen)) for key, voice in choices.automatic}
    voices = list(_voices(script, choices))
    languages = {script.language, *(voice.language for voice in voices if voice.language)}
    engines = {voice.engine for voice in voices if voice.engine not in (None, AUTO_ENGINE)}
    by_language, by_engine = {}, {}
    for language in languages:
        by_language[language] = kept.get(language) or automatic_voice(language)
        for engine in filter(None, engines):
            _, name = kept.get(_key(engine, language)) or (engine, best_voice(engine, language))
            if name:
                by_engine[engine, language] = name
    names = {voice.name for voice in voices if voice.name}
    by_name = {name: voice_named(name) for name in names}
    return replace(script, auto_voices=AutoVoices(by_language, by_name, by_engine))


def automatic_choices(script: Script, timeline: Timeline) -> tuple[tuple[str, str], ...]:
    """The voices of *timeline* that *script* and the choices leave open, as ``ENGINE:NAME``.

    By language (BCP 47) where even the engine is open, else by ``ENGINE:LANGUAGE``.
    """
    auto = script.auto_voices
    found = dict(auto.by_language)
    found |= {_key(*of): (of[0], name) for of, name in auto.by_engine.items()}
    takes = (clip.media for clip in timeline.track("voice").clips)
    heard = {(take.engine, take.voice) for take in takes if isinstance(take, Take)}
    if any(engine == "recorded" for engine, _ in heard):  # lines that lack a recording
        engine, name = auto.by_language[script.language]
        heard.add((engine, name or ""))
    return tuple(
        (key, f"{engine}:{name or ''}")
        for key, (engine, name) in found.items()
        if (engine, name or "") in heard
    )


def _key(engine: str, language: str) -> str:
    return f"{engine}:{language}"


def _voice(voice: str, key: str, *, may_be_silent: bool) -> tuple[str, str | None]:
    """Engine and name of *voice*, ``ENGINE:NAME``, which a finished session has for *key*.

    Raises ``SpeechError`` if it can't speak, unless it *may_be_silent*.
    """
    engine, _, name = voice.partition(":")
    error = why_silent(engine, name or None, key.rpartition(":")[2])
    if error is not None and not may_be_silent:
        raise SpeechError(
            f"the finished session was spoken by {voice.rstrip(':')}: {error.what}",
            hint=f"{error.hint} Or choose another voice with --voice.".lstrip(),
        )
    return engine, name or None


def _voices(script: Script, choices: Choices) -> Iterator[VoiceSettings]:
    yield choices.voice
    yield script.voice
    yield from (speaker.voice for speaker in script.speakers.values())
    for chapter in script.chapters:
        yield chapter.voice
        yield from filter(None, (step.chosen_voice for step in all_steps(chapter.steps)))
