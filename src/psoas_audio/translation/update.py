"""Catalogues made and brought up to date from scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import polib

from psoas_audio.errors import Mark, OutputError, PsoasError
from psoas_audio.script.model import Script, TextChange
from psoas_audio.translation.catalogue import (
    CATALOGUE_FILE,
    catalogue_path,
    language_tag,
    load_catalogue,
    new_catalogue,
)
from psoas_audio.translation.texts import change_texts

_ALIKE = 0.6
"""A new text this like a lost one takes over its translation, marked as fuzzy."""

Found = Mapping[str, list[tuple[Mark, str]]]
"""Each text of one file to its places and what it is there."""
Walk = Callable[[TextChange], object]
"""Shows every text of something to the :data:`TextChange` it is given."""


@dataclass(frozen=True, slots=True)
class CatalogueUpdate:
    """What became of one catalogue."""

    path: Path
    text: str
    """The new content of the file."""
    added: int
    """Texts that have no translation yet."""
    outdated: int
    """Texts whose translation was made for another text."""
    lost: int
    """Translations that no text asks for any more; kept as obsolete."""
    changed: bool
    """Whether the content differs from what is there."""


def script_catalogue_updates(
    script: Script, language: str, *, only_new: bool = False
) -> tuple[CatalogueUpdate, ...]:
    """The catalogues of *script* and of the blocks it includes, brought up to date.

    As :func:`catalogue_updates` does it.
    """

    def walk(change: TextChange) -> object:
        return change_texts(script, script.language, change)

    return catalogue_updates(walk, script.path, script.language, language, only_new=only_new)


def catalogue_updates(
    walk: Walk, path: str, own: str, language: str, *, only_new: bool = False
) -> tuple[CatalogueUpdate, ...]:
    """The catalogues of every file whose texts *walk* shows, brought up to date.

    *path* is the file that is translated, *own* the language it was written in. With *only_new*
    its catalogue being there already is an error (:class:`OutputError`), and those of the files it
    includes are left alone. Nothing is written.
    """
    language = language_tag(language)
    if language.split("-")[0] == own.split("-")[0]:
        raise PsoasError(
            f"the script is written in {own} itself.",
            where=path,
            hint="Name another language than its own.",
        )
    found: list[CatalogueUpdate] = []
    for source, texts in sorted(_texts(walk).items()):
        catalogue = catalogue_path(source, language)
        if only_new and catalogue.exists():
            if source == path:
                raise OutputError(
                    "this catalogue is there already.",
                    where=str(catalogue),
                    hint="'psoas-audio translate update' keeps its translations.",
                )
            continue
        found.append(_updated(source, catalogue, language, texts))
    return tuple(found)


def _texts(walk: Walk) -> dict[str, dict[str, list[tuple[Mark, str]]]]:
    """Every text by the file it stands in."""
    found: dict[str, dict[str, list[tuple[Mark, str]]]] = {}

    def keep(words: str, mark: Mark, what: str) -> str:
        places = found.setdefault(mark.path, {}).setdefault(words, [])
        if (mark, what) not in places:
            places.append((mark, what))
        return words

    walk(keep)
    return found


def _updated(source: str, path: Path, language: str, texts: Found) -> CatalogueUpdate:
    old = load_catalogue(path) if path.is_file() else new_catalogue(source, language)
    before = {entry.msgid: entry for entry in old}
    gone = [e for e in old if e.msgid not in texts and e.msgstr and not e.obsolete]
    catalogue = new_catalogue(source, language)
    catalogue.metadata |= old.metadata
    added = outdated = 0
    for words, places in texts.items():
        entry = before.get(words) or _like(words, gone)
        entry.obsolete = False
        entry.occurrences = [(Path(m.path).name, str(m.line)) for m, _ in places]
        entry.comment = ", ".join(dict.fromkeys(what for _, what in places))
        added += not entry.msgstr
        outdated += "fuzzy" in entry.flags
        catalogue.append(entry)
    lost = [e for e in old if e.msgid not in texts and e.msgstr]
    for entry in lost:
        entry.obsolete = True
        entry.occurrences = []
        catalogue.append(entry)
    text = str(catalogue)
    text = text if text.endswith("\n") else f"{text}\n"
    unchanged = path.is_file() and CATALOGUE_FILE.read(path) == text.encode()
    return CatalogueUpdate(path, text, added, outdated, len(lost), not unchanged)


def _like(words: str, gone: list[polib.POEntry]) -> polib.POEntry:
    """An entry for *words*, with the translation of the lost text most like it."""
    entry = polib.POEntry(msgid=words)
    ratios = [(SequenceMatcher(None, words, e.msgid).ratio(), n) for n, e in enumerate(gone)]
    best, number = max(ratios, default=(0.0, 0))
    if best >= _ALIKE:
        entry.msgstr = gone[number].msgstr
        entry.previous_msgid = gone[number].msgid
        entry.flags = ["fuzzy"]
    return entry
