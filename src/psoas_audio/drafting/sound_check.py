"""Checks before the mix whether a sound that a script names can be used."""

from __future__ import annotations

from psoas_audio.drafting.sound_paths import (
    is_shipped,
    script_folder,
    sound_errors_at,
    sound_home,
    sound_path,
)
from psoas_audio.errors import Mark, Problem, ScriptError
from psoas_audio.library import find_sound
from psoas_audio.script.model import Script
from psoas_audio.sound.read_sound import read_sound


def sound_problem(script: Script, name: str, mark: Mark) -> Problem | None:
    """Why the sound *name*, which the script asks for at *mark*, can't be used; ``None`` if it can.

    A sound that doesn't exist is not reported here: a rule does that.
    """
    path = find_sound(name, script_folder(script))
    if path is None or is_shipped(path):
        return None
    try:
        check_own_sound(script, name, mark)
    except ScriptError as error:
        return error.problems[0]
    return None


def check_own_sound(script: Script, name: str, mark: Mark) -> None:
    """Read the script's own sound *name* as it will be mixed.

    Raises :class:`ScriptError` with a problem at *mark* for one that can't be used.
    """
    with sound_errors_at(name, mark):
        path = sound_path(script, name)
        home = sound_home(script, path)
        read_sound(path, channels=script.channels, inside=home, condition=True)
