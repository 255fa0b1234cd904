"""Finds, reads and creates translation catalogues (``.po`` files)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import polib

from psoas_audio.errors import Mark, Problem, PsoasError, ScriptError
from psoas_audio.files import FileKind
from psoas_audio.library import CATALOGUES_FOLDER
from psoas_audio.locale.languages import find_language, language_tags

CATALOGUE_FILE = FileKind(
    "catalogue",
    4_000_000,
    "Check that it is a .po file that you may read; 'psoas-audio translate update' writes one.",
)
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LINE = re.compile(r"line (\d+)")


def language_tag(language: str) -> str:
    """*language* as it is looked for; raises :class:`PsoasError` where it can't be had.

    The words that the program puts in by itself must be there in it: otherwise a session
    would be spoken in two languages.
    """
    if not _TAG.fullmatch(language):
        raise PsoasError(f"{language!r} isn't a language tag.", hint="Write de, es or fr-CA.")
    if find_language(language) is None:
        raise PsoasError(
            f"there are no built-in words in {language!r}.",
            hint=f"Sessions can be made in {', '.join(language_tags())}.",
        )
    return language


def catalogue_path(source: str, language: str) -> Path:
    """The catalogue of the file *source*: ``locale/LANGUAGE/NAME.po`` in its folder."""
    path = Path(source)
    return path.parent / CATALOGUES_FOLDER / language / f"{path.stem}.po"


class Translation(NamedTuple):
    """A translation of one text."""

    words: str
    """Empty where it is still missing."""
    mark: Mark
    """Where it is in the catalogue."""
    outdated: bool
    """Whether the text that it was made for has changed since."""


def read_catalogue(source: str, language: str) -> dict[str, Translation]:
    """Text to translation, of the file *source*; a dialect falls back on its main language.

    Empty if there is no catalogue. Raises :class:`ScriptError` for one that can't be read.
    """
    for tag in dict.fromkeys((language, language.split("-")[0])):
        path = catalogue_path(source, tag)
        if path.is_file():
            return {
                entry.msgid: Translation(
                    entry.msgstr, Mark(str(path), entry.linenum or 1, 1), "fuzzy" in entry.flags
                )
                for entry in load_catalogue(path)
                if not entry.obsolete
            }
    return {}


def load_catalogue(path: Path) -> polib.POFile:
    """The catalogue in the file *path*; raises :class:`ScriptError` if it isn't one."""
    try:
        # polib takes a text without a line end for the name of a file.
        return polib.pofile(CATALOGUE_FILE.read(path).decode("utf-8") + "\n")
    except PsoasError:
        raise
    except Exception as error:  # polib raises more than its own errors
        line = _LINE.search(str(error))
        mark = Mark(str(path), int(line[1]) if line else 1, 1)
        message = "this isn't a gettext catalogue that can be read."
        hint = "Open it in an editor for .po files, and save it as UTF-8."
        raise ScriptError([Problem(mark, "bad-catalogue", message, hint)]) from error
