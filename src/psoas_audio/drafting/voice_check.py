"""Tests whether a voice that a script names can speak."""

from __future__ import annotations

from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.errors import Mark, SpeechError
from psoas_audio.script.model import VoiceSettings
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes


def voice_error(voice: VoiceSettings, engine: str, language: str, mark: Mark) -> SpeechError | None:
    """Why *voice* can't say a word with *engine*; ``None`` if it can."""
    line = Line("check", "Rest.", engine, voice.name, 115, 50, language, mark)
    try:
        Takes(Cache(default_folder())).make([line])
    except SpeechError as error:
        return error
    return None
