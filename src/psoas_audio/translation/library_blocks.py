"""Translates the library's blocks, among them the safety words, into a script's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from psoas_audio import library
from psoas_audio.errors import Mark, Problem
from psoas_audio.locale.languages import find_language
from psoas_audio.locale.tags import main_language
from psoas_audio.script.every_step import all_steps, rebuild_steps
from psoas_audio.script.model import Chapter, Script
from psoas_audio.script.steps import Step
from psoas_audio.translation.translate import Translator

LIBRARY_LANGUAGE = "en"
"""The language of the library's scripts and blocks."""


def localize_blocks(script: Script) -> tuple[Script, tuple[Problem, ...]]:
    """*script* with the library's blocks translated into its language, and the problems found.

    A session is spoken in one language only, so a block without a translation is left out. That
    is an error if the script includes the block, and a warning if the block is the safety words
    that are added to a script without its own.
    """
    language = main_language(script.language)
    if language == LIBRARY_LANGUAGE or is_in_library(script.mark):
        return script, ()
    localizer = _Localizer(language, script.mark)
    chapters = tuple(localizer.chapters(script.chapters))
    shown = tuple(localizer.chapters(script.shown_safety))
    script = replace(script, chapters=chapters, shown_safety=shown)
    return script, tuple(dict.fromkeys(localizer.problems))


def is_in_library(mark: Mark) -> bool:
    """Whether *mark* is in one of the library's files."""
    return Path(mark.path).is_relative_to(library.root())


@dataclass(slots=True)
class _Localizer:
    """Translates the library's blocks in the chapters of one script."""

    language: str
    header: Mark
    """The start of the script, which is also the mark of safety words that were added."""
    problems: list[Problem] = field(default_factory=list)

    def chapters(self, chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
        for chapter in chapters:
            steps = tuple(self._steps(chapter.steps))
            if steps or not chapter.steps:
                yield replace(chapter, steps=steps)

    def _steps(self, steps: tuple[Step, ...]) -> Iterator[Step]:
        for step in steps:
            if any(is_in_library(s.mark) for s in step.inner_steps):
                localized = self._block(step)
                if localized is not None:
                    yield localized
            elif step.inner_steps:
                yield step.with_inner_steps(tuple(self._steps(step.inner_steps)))
            else:
                yield step

    def _block(self, group: Step) -> Step | None:
        """*group*, whose steps come from the library, translated; ``None`` if impossible."""
        if find_language(self.language) is None:
            self.problems.append(self._missing(group))
            return None
        translator = Translator(self.language)

        def change(step: Step) -> Step:
            return step.with_texts(translator.change) if is_in_library(step.mark) else step

        (changed,) = rebuild_steps((group,), change)
        if not translator.problems:
            return changed
        self.problems.append(self._missing(group))
        return None

    def _missing(self, group: Step) -> Problem:
        added = group.mark == self.header and any(
            inner.safety_points for inner in (group, *all_steps(group.inner_steps))
        )
        if added:
            return Problem(
                group.mark,
                "no-safety-words",
                f"there are no safety words in the language '{self.language}': none are spoken.",
                "Say them in steps with 'covers:', or write 'safety: none' if none are needed.",
                "warning",
            )
        return Problem(
            group.mark,
            "untranslated-block",
            f"the block '{group.name}' has no translation into '{self.language}'.",
            "Write the steps themselves in its place.",
        )
