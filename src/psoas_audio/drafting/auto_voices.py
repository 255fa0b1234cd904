"""Picks the voices of lines that name none, from those that are installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from psoas_audio.planning import Choices
from psoas_audio.planning.voicing import AUTO_ENGINE, override_voice
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import AutoVoices, Script, VoiceSettings
from psoas_audio.speech.automatic import automatic_voice, voice_named


def with_auto_voices(script: Script, choices: Choices) -> Script:
    """*script* with the engine and voice of every line that names none, or only a voice."""
    pinned = dict(choices.automatic)
    by_language = {}
    asked = {voice.language for voice in _voices(script, choices) if voice.language}
    for language in {script.language, *asked}:
        engine, _, name = pinned.get(language, "").partition(":")
        by_language[language] = (engine, name or None) if engine else automatic_voice(language)
    names = {voice.name for voice in _voices(script, choices) if voice.name}
    return replace(
        script,
        auto_voices=AutoVoices(by_language, {name: voice_named(name) for name in names}),
    )


def automatic_choice(script: Script, choices: Choices) -> tuple[tuple[str, str], ...]:
    """Languages with the voice that speaks where *script* and *choices* leave it open.

    Empty where the voice at the top of the script is chosen.
    """
    voice = override_voice(choices.voice, script.voice)
    if voice.engine not in (None, AUTO_ENGINE) or voice.name:
        return ()
    found = script.auto_voices.by_language.items()
    return tuple((language, f"{engine}:{name or ''}") for language, (engine, name) in found)


def _voices(script: Script, choices: Choices) -> Iterator[VoiceSettings]:
    yield choices.voice
    yield script.voice
    yield from (speaker.voice for speaker in script.speakers.values())
    for chapter in script.chapters:
        yield chapter.voice
        yield from filter(None, (step.chosen_voice for step in all_steps(chapter.steps)))
