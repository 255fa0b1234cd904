"""Picks the voices of lines that name none, from those that are installed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace

from psoas_audio.errors import SpeechError
from psoas_audio.planning import Choices
from psoas_audio.planning.voicing import AUTO_ENGINE, override_voice
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import AutoVoices, Script, VoiceSettings
from psoas_audio.speech.automatic import (
    ENGINE_VARIABLE,
    SYSTEM_ENGINE,
    automatic_voice,
    best_voice,
    voice_named,
    why_silent,
)
from psoas_audio.speech.installation.natural_advice import language_name, natural_advice
from psoas_audio.timeline import Take, Timeline

_RECORDED = "recorded"
"""The engine of a narrator's recordings: another speaks lines that lack one."""


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


def automatic_choices(
    script: Script, choices: Choices, timeline: Timeline
) -> tuple[tuple[str, str], ...]:
    """The voices of *timeline* that *script* and *choices* leave open, as ``ENGINE:NAME``.

    By language (BCP 47) where even the engine is open, else by ``ENGINE:LANGUAGE``.
    """
    auto, usual = script.auto_voices, override_voice(choices.voice, script.voice)
    others = [voice for voice in _voices(script, choices) if voice is not script.voice]
    found: dict[str, tuple[str, str | None]] = {}
    engines = {usual.engine, *(voice.engine for voice in others if voice.engine)}
    if engines & {None, AUTO_ENGINE, _RECORDED}:
        # A voice by name alone speaks its own language; lines in others get theirs.
        named = usual.name and usual.engine in (None, AUTO_ENGINE)
        own = (usual.language or script.language) if named else ""
        found = {tag: voice for tag, voice in auto.by_language.items() if tag != own}
    unnamed = {voice.engine for voice in (usual, *others) if not voice.name}
    for (engine, language), name in auto.by_engine.items():
        if engine in unnamed:
            found[_key(engine, language)] = engine, name
    takes = (clip.media for clip in timeline.track("voice").clips)
    heard = {(take.engine, take.voice) for take in takes if isinstance(take, Take)}
    if _RECORDED in {engine for engine, _ in heard}:  # lines that lack a recording
        fallback, voice = auto.by_language[script.language]
        heard.add((fallback, voice or ""))
    return tuple(
        (key, f"{engine}:{name or ''}")
        for key, (engine, name) in found.items()
        if (engine, name or "") in heard
    )


def computer_voice_warnings(automatic: Iterable[tuple[str, str]]) -> Iterator[str]:
    """For each language of *automatic*, as above, that the system speaks for want of a natural
    voice: what to do. None where the user has chosen the engine for all scripts."""
    if os.environ.get(ENGINE_VARIABLE, "") not in ("", AUTO_ENGINE):
        return
    for language, voice in automatic:
        by_system = voice.partition(":")[0] == SYSTEM_ENGINE and ":" not in language
        if by_system and (advice := natural_advice(language)):
            yield (
                f"no natural voice for {language_name(language)} is installed, so a computer voice"
                f" speaks. {advice}. “engine: {SYSTEM_ENGINE}” in the script, or"
                f" {ENGINE_VARIABLE}={SYSTEM_ENGINE}, keeps the computer voice"
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
