"""The cover that a script brings: read, and every problem with it reported at its place."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name

from psoas_audio import library
from psoas_audio.errors import Problem, PsoasError, ScriptError
from psoas_audio.file_digest import digest
from psoas_audio.files import FileKind
from psoas_audio.script.model import CoverFile, Script

_PICTURE_FILE = FileKind("picture", 20_000_000, "Save it as a JPEG or PNG of at most 20 MB.")

_CHECKED_COVER = "psoas_audio.deliver.pictures.own_cover:own_cover"
"""Imported for a script that has a cover: it loads Pillow."""


def cover_digest(script: Script) -> str:
    """SHA-256 of the script's own cover; empty if it has none, or none that can be found."""
    path = None if script.cover is None else _path(script, script.cover)
    return "" if path is None else digest(path)


def read_cover(script: Script) -> bytes | None:
    """The script's own cover as a JPEG; ``None`` if it names none.

    Raises :class:`ScriptError` if it can't be used.
    """
    if script.cover is None:
        return None
    path = _path(script, script.cover)
    if path is None:
        why = library.why_unusable(_folder(script), script.cover.name)
        raise ScriptError(
            [_problem(script.cover, f"{why or 'there is no such file beside the script'}.", "")]
        )
    try:
        data = _PICTURE_FILE.read(path, inside=_folder(script))
        made: bytes = resolve_name(_CHECKED_COVER)(data)
        return made
    except PsoasError as error:
        raise ScriptError([_problem(script.cover, error.what, error.hint)]) from error


def cover_problem(script: Script) -> Problem | None:
    """Why the script's own cover can't be used; ``None`` if it can, or if there is none."""
    try:
        read_cover(script)
    except ScriptError as error:
        return error.problems[0]
    return None


def _path(script: Script, cover: CoverFile) -> Path | None:
    """The picture's file, which has to be in the script's folder."""
    return library.inside(_folder(script), cover.name)


def _folder(script: Script) -> Path:
    return Path(script.path).absolute().parent


def _problem(cover: CoverFile, why: str, hint: str) -> Problem:
    message = f"the cover '{cover.name[:60]}' can't be used: {why}"
    hint = hint or "Name a JPEG or PNG in the script's folder."
    return Problem(cover.mark, "unusable-cover", message, hint)
