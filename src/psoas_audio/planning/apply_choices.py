"""Applies the choices that change parts of a script: chapters, sides, breath, bed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from psoas_audio.errors import PsoasError
from psoas_audio.planning.choices import Choices
from psoas_audio.script.every_step import all_steps, rebuild_steps
from psoas_audio.script.fields.value_types import RESERVED_VALUES
from psoas_audio.script.model import DEFAULT_BED_LEVEL, Bed, Pattern, Script, sides_from
from psoas_audio.script.safety_words import missing_safety_points
from psoas_audio.script.texts import fill_sentence, placeholders

NO_BED: Final = "none"
BED_APART: Final = "apart"
"""A bed that plays beside the session: its silences are filled as over a bed, but have none."""
WITHOUT_BED: Final = (NO_BED, BED_APART)
"""Choices of a bed that name no sound."""


def apply_choices(script: Script, choices: Choices) -> Script:
    """*script* with the chosen values, first side, breath and bed, without the chapters to skip.

    Raises :class:`PsoasError` for a choice that this script can't have.
    """
    if choices.values:
        script = _with_values(script, dict(choices.values))
    if choices.skip:
        script = _without_chapters(script, choices.skip)
    if choices.start_side is not None:
        script = _with_first_side(script, choices.start_side)
    if choices.breath is not None:
        script = _with_breath(script, choices.breath)
    if choices.bed is not None:
        bed = _bed(script, choices.bed)
        script = replace(script, bed=bed, bed_apart=choices.bed == BED_APART)
    return script


def _with_values(script: Script, given: Mapping[str, str]) -> Script:
    """*script* with the words *given* for its ``{values}``."""
    used: set[str] = set()
    texts = [script.title_as_written, script.summary_as_written]
    texts += script.values.values()
    texts += [title.words for chapter in script.chapters for title in chapter.title.each]
    for step in (step for chapter in script.chapters for step in all_steps(chapter.steps)):
        texts += [*(text.words for text in step.spoken_texts), *step.label_texts]
        texts += step.given_values.values()
    used.update(name for words in texts for name in placeholders(words))
    for name in given:
        if name not in used:
            raise PsoasError(
                f"the script has no value '{name}'.",
                where=script.path,
                hint=f"It has {', '.join(sorted(used - {*RESERVED_VALUES})) or 'none'}.",
            )
    values = {**script.values, **given}
    return replace(
        script,
        values=values,
        title=fill_sentence(script.title_as_written or script.title, values),
        summary=fill_sentence(script.summary_as_written or script.summary, values),
    )


def _without_chapters(script: Script, titles: tuple[str, ...]) -> Script:
    chapters = list(script.chapters)
    for title in titles:
        found = [c for c in chapters if _is_same_title(c.title.words, title)]
        if not found:
            names = ", ".join(f"'{c.title.words}'" for c in script.chapters)
            raise PsoasError(
                f"the script has no chapter '{title}' to skip.",
                where=script.path,
                hint=f"The chapters are {names}.",
            )
        chapters = [c for c in chapters if c not in found]
    if not chapters:
        raise PsoasError(
            "every chapter would be skipped.", where=script.path, hint="Skip fewer chapters."
        )
    remaining = replace(script, chapters=tuple(chapters))
    if lost := missing_safety_points(remaining) - missing_safety_points(script):
        points = ", ".join(sorted(lost))
        raise PsoasError(
            f"a chapter with safety words can't be skipped (it covers {points}).",
            where=script.path,
            hint="Skip other chapters.",
        )
    return remaining


def _is_same_title(one: str, two: str) -> bool:
    return _words(one) == _words(two)


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", title.casefold())


def _with_first_side(script: Script, first: str) -> Script:
    """*script* with the side *first* first in every pair of sides."""
    if not any(
        chapter.sides or any(step.side_order for step in all_steps(chapter.steps))
        for chapter in script.chapters
    ):
        raise PsoasError(
            "this script has no sides to start with.",
            where=script.path,
            hint="Leave out --start-side, or give a chapter 'sides'.",
        )
    chapters = (
        replace(
            chapter,
            sides=sides_from(first, chapter.sides),
            steps=rebuild_steps(chapter.steps, lambda step: step.with_first_side(first)),
        )
        for chapter in script.chapters
    )
    return replace(script, chapters=tuple(chapters))


def _with_breath(script: Script, pattern: Pattern) -> Script:
    """*script* with *pattern* wherever its own breath was used."""
    steps = (step for chapter in script.chapters for step in all_steps(chapter.steps))
    if not any(step.follows_breath(script.breath, script.fill) for step in steps):
        raise PsoasError(
            "this script has no breath that could be replaced.",
            where=script.path,
            hint="Leave out --breath. It is for holds counted in breaths, for 'fill: breath', and"
            " for a 'breathe' with the script's own pattern.",
        )
    chapters = (
        replace(
            chapter,
            steps=rebuild_steps(
                chapter.steps, lambda step: step.with_breath(script.breath, pattern)
            ),
        )
        for chapter in script.chapters
    )
    return replace(script, breath=pattern, chapters=tuple(chapters))


def _bed(script: Script, name: str) -> Bed | None:
    if name in WITHOUT_BED:
        return None
    if script.bed is None:
        return Bed(name, DEFAULT_BED_LEVEL, script.mark)
    return replace(script.bed, sound=name, mark=script.mark)
