"""Translates a programme's own texts: its title, its summary and the titles of its weeks."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.errors import Problem
from psoas_audio.programme.model import Programme
from psoas_audio.script.model import TextChange
from psoas_audio.translation.po_files import language_tag
from psoas_audio.translation.translate import Translator, is_written_in
from psoas_audio.translation.update import CatalogueUpdate, catalogue_updates


def translate_programme(
    programme: Programme, language: str
) -> tuple[Programme, tuple[Problem, ...]]:
    """*programme* in *language* as far as it is translated, and the problems of the rest.

    Its name ends in the language, so that files of two languages can be in one folder.
    """
    language = language_tag(language)
    if is_written_in(language, programme.language):
        return programme, ()
    translator = Translator(language)
    found = _with_texts(programme, translator.change)
    name = f"{programme.name}-{language.lower()}"
    return replace(found, language=language, name=name), translator.problems


def programme_updates(
    programme: Programme, language: str, *, only_new: bool = False
) -> tuple[CatalogueUpdate, ...]:
    """The catalogue of *programme*, brought up to date; its sessions have their own."""

    def walk(change: TextChange) -> object:
        return _with_texts(programme, change)

    return catalogue_updates(walk, programme.path, programme.language, language, only_new=only_new)


def _with_texts(programme: Programme, change: TextChange) -> Programme:
    mark, summary = programme.mark, programme.summary
    return replace(
        programme,
        title=change(programme.title, mark, "title"),
        summary=change(summary, mark, "summary") if summary else "",
        weeks=tuple(
            replace(week, title=change(week.title, week.mark, "title")) if week.title else week
            for week in programme.weeks
        ),
    )
