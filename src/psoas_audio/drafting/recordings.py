"""Folders of recorded takes: a chosen one may be anywhere, a script's only beside the script."""

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
    """*choices* with only the name of a chosen folder of recordings, and the folder's path.

    A path may contain a person's name, so it must not get into any output.
    """
    voice = choices.voice
    if voice.engine not in (None, ENGINE) or not voice.name or not Path(voice.name).is_dir():
        return choices, None
    folder = Path(voice.name).resolve()
    return replace(choices, voice=replace(voice, name=folder.name)), folder


def engine_voice(utterance: Utterance, script: Script, chosen: Path | None) -> str | None:
    """The engine's name for the utterance's voice; for recordings, the path of the folder.

    Raises :class:`SpeechError` if a script names a folder that isn't inside its own.
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
