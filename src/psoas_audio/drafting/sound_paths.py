"""Finds the files of the sounds that a script names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psoas_audio import library
from psoas_audio.errors import Mark, Problem, ScriptError, SoundError
from psoas_audio.script.model import Script


def sound_path(script: Script, name: str) -> Path:
    """The file of the sound called *name*; raises :class:`SoundError` if there is none."""
    path = library.find_sound(name, script_folder(script))
    if path is None:
        raise SoundError(
            f"there is no sound called {name!r}.",
            where=script.path,
            hint=f"The shipped sounds are {', '.join(sorted(library.sound_names()))}."
            " You can also name a file beside the script.",
        )
    return path


def sound_home(script: Script, path: Path) -> Path:
    """The folder that the sound *path* has to be in once all links are resolved."""
    return library.root() if is_shipped(path) else script_folder(script)


def is_shipped(path: Path) -> bool:
    """Whether the sound *path* is one of the library's."""
    return path in library.sound_names().values()


def script_folder(script: Script) -> Path:
    """The folder where a script's own sounds and blocks are looked for."""
    return Path(script.path).absolute().parent


@contextmanager
def sound_errors_at(name: str, mark: Mark) -> Iterator[None]:
    """Report errors of the sound *name* as a problem of the script at *mark*."""
    try:
        yield
    except SoundError as error:
        message = f"the sound '{name}' can't be used: {error.what.rstrip('.')}."
        raise ScriptError([Problem(mark, "unusable-sound", message, error.hint)]) from error
