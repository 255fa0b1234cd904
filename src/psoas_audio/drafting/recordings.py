"""Folders of recorded takes: a person's own may lie anywhere, a script's only beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from psoas_audio import library
from psoas_audio.drafting.sound_paths import script_folder
from psoas_audio.errors import SpeechError
from psoas_audio.planning import Choices, Utterance
from psoas_audio.script.model import Script

ENGINE = "recorded"
"""The engine whose voices are folders."""


def without_recordings_path(choices: Choices) -> tuple[Choices, Path | None]:
    """*choices* with a chosen folder's own name in place of its path, and the folder itself.

    The path says where someone keeps things, and how they are called: it gets into no file.
    """
    voice = choices.voice
    if voice.engine not in (None, ENGINE) or not voice.name or not Path(voice.name).is_dir():
        return choices, None
    folder = Path(voice.name).resolve()
    return replace(choices, voice=replace(voice, name=folder.name)), folder


def engine_voice(utterance: Utterance, script: Script, chosen: Path | None) -> str | None:
    """What the utterance's engine calls its voice, which for recordings is a folder's path.

    Raises :class:`SpeechError` where a script names a folder that isn't inside its own.
    """
    if utterance.engine != ENGINE or not utterance.voice:
        return utterance.voice
    if chosen is not None and utterance.voice == chosen.name:
        return str(chosen)
    found = library.folder_inside(script_folder(script), utterance.voice)
    if found is None:
        raise SpeechError(
            f"there is no folder of recordings {utterance.voice!r} beside the script.",
            where=utterance.mark,
            hint="Put it there, or choose another with --voice recorded:FOLDER.",
        )
    return str(found)
