"""Creates translation catalogues from scripts, and brings them up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import polib

from psoas_audio.errors import Mark, OutputError, PsoasError
from psoas_audio.script.model import Script, TextChange
from psoas_audio.translation.po_files import (
    CATALOGUE_FILE,
    catalogue_path,
    language_tag,
    load_catalogue,
)
from psoas_audio.translation.texts import change_texts

_MIN_SIMILARITY = 0.6
"""Similarity (0 to 1) from which a new text gets the translation of a removed one, as fuzzy."""

Found = Mapping[str, list[tuple[Mark, str]]]
"""Text of one file to its places, each with the role of the text."""
Walk = Callable[[TextChange], object]
"""Calls the :data:`TextChange` that it is given with every text of a script or programme."""


@dataclass(frozen=True, slots=True)
class CatalogueUpdate:
    """A catalogue that was brought up to date."""

    path: Path
    text: str
    """The new content of the file."""
    added: int
    """Texts that have no translation yet."""
    outdated: int
    """Texts whose translation was made for a similar text."""
    lost: int
    """Translations whose text is gone; they stay in the file as obsolete."""
    changed: bool
    """Whether the content differs from that of the file."""


def script_catalogue_updates(
    script: Script, language: str, *, only_new: bool = False
) -> tuple[CatalogueUpdate, ...]:
    """The catalogues of *script* and of the blocks it includes, brought up to date.

    :func:`catalogue_updates` has the details.
    """

    def walk(change: TextChange) -> object:
        return change_texts(script, script.language, change)

    return catalogue_updates(walk, script.path, script.language, language, only_new=only_new)


def catalogue_updates(
    walk: Walk, path: str, own_language: str, language: str, *, only_new: bool = False
) -> tuple[CatalogueUpdate, ...]:
    """The catalogues of the files with the texts that *walk* calls with, brought up to date.

    *path* is the file to translate, *own_language* that it was written in. With *only_new*, raises
    :class:`OutputError` if its catalogue exists already, and leaves alone the existing catalogues
    of the files it includes. Nothing is written.
    """
    language = language_tag(language)
    if language.split("-")[0] == own_language.split("-")[0]:
        raise PsoasError(
            f"this is already written in {own_language}.",
            where=path,
            hint="Choose another language.",
        )
    found: list[CatalogueUpdate] = []
    for source, texts in sorted(_texts(walk).items()):
        catalogue = catalogue_path(source, language)
        if only_new and catalogue.exists():
            if source == path:
                raise OutputError(
                    "this catalogue already exists.",
                    where=str(catalogue),
                    hint="'psoas-audio translate update' keeps its translations.",
                )
            continue
        found.append(_updated(source, catalogue, language, texts))
    return tuple(found)


def _texts(walk: Walk) -> dict[str, dict[str, list[tuple[Mark, str]]]]:
    """File to its texts."""
    found: dict[str, dict[str, list[tuple[Mark, str]]]] = {}

    def collect(words: str, mark: Mark, role: str) -> str:
        places = found.setdefault(mark.path, {}).setdefault(words, [])
        if (mark, role) not in places:
            places.append((mark, role))
        return words

    walk(collect)
    return found


def _updated(source: str, path: Path, language: str, texts: Found) -> CatalogueUpdate:
    old = load_catalogue(path) if path.is_file() else _new_catalogue(source, language)
    before = {entry.msgid: entry for entry in old}
    gone = [e for e in old if e.msgid not in texts and e.msgstr and not e.obsolete]
    catalogue = _new_catalogue(source, language)
    catalogue.metadata |= old.metadata
    added = outdated = 0
    for words, places in texts.items():
        entry = before.get(words) or _entry_for(words, gone)
        entry.obsolete = False
        entry.occurrences = [(Path(m.path).name, str(m.line)) for m, _ in places]
        entry.comment = ", ".join(dict.fromkeys(role for _, role in places))
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


def _entry_for(words: str, gone: list[polib.POEntry]) -> polib.POEntry:
    """A new entry for *words*, with the translation of the most similar text that is gone."""
    entry = polib.POEntry(msgid=words)
    ratios = [(SequenceMatcher(None, words, e.msgid).ratio(), n) for n, e in enumerate(gone)]
    best, number = max(ratios, default=(0.0, 0))
    if best >= _MIN_SIMILARITY:
        entry.msgstr = gone[number].msgstr
        entry.previous_msgid = gone[number].msgid
        entry.flags = ["fuzzy"]
    return entry


def _new_catalogue(source: str, language: str) -> polib.POFile:
    """An empty catalogue for the file *source*."""
    catalogue = polib.POFile(wrapwidth=90)
    catalogue.header = "Translations; see docs/variants.md."
    catalogue.metadata = {
        "Project-Id-Version": Path(source).stem,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return catalogue
