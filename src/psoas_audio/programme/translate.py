"""A programme's own texts in another language: title, summary and the titles of its weeks."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.errors import Problem
from psoas_audio.programme.model import Programme
from psoas_audio.script.model import TextChange
from psoas_audio.translation.catalogue import language_tag
from psoas_audio.translation.translate import Translator, is_written_in
from psoas_audio.translation.update import CatalogueUpdate, catalogue_updates


def examined(programme: Programme, language: str) -> tuple[Programme, tuple[Problem, ...]]:
    """*programme* in *language* as far as it is translated, and what is wrong with the rest.

    Its name tells the language, so that the files of two languages can lie side by side.
    """
    language = language_tag(language)
    if is_written_in(language, programme.language):
        return programme, ()
    translator = Translator(language)
    found = _changed(programme, translator.change)
    name = f"{programme.name}-{language.lower()}"
    return replace(found, language=language, name=name), translator.problems


def updates(
    programme: Programme, language: str, *, only_new: bool = False
) -> tuple[CatalogueUpdate, ...]:
    """The catalogue of *programme*, brought up to date; those of its sessions are their own."""

    def walk(change: TextChange) -> object:
        return _changed(programme, change)

    return catalogue_updates(walk, programme.path, programme.language, language, only_new=only_new)


def _changed(programme: Programme, change: TextChange) -> Programme:
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
