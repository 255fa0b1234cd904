"""A programme as typed values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psoas_audio.errors import Mark
from psoas_audio.planning import Choices


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """One session on one day."""

    day: int
    """1 to 7."""
    session: str
    """A shipped script's name, or one beside the programme."""
    choices: Choices
    mark: Mark


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, with or without sessions."""

    title: str
    entries: tuple[ProgrammeEntry, ...]
    """By day."""
    mark: Mark
    """The place of the title, if it has one."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Weeks of sessions."""

    path: str
    """The file as the user named it."""
    name: str
    """The file's stem, which names the files made from it; a translation's ends in its language."""
    language: str
    """BCP 47; of the programme's texts and of the words that the program adds."""
    title: str
    summary: str
    weeks: tuple[Week, ...]
    mark: Mark

    def days(self) -> Iterator[tuple[int, int, tuple[ProgrammeEntry, ...]]]:
        """Each day that has a session: number of the week and the day, from 1, and its entries."""
        for number, week in enumerate(self.weeks, 1):
            for day in range(1, 8):
                if found := tuple(entry for entry in week.entries if entry.day == day):
                    yield number, day, found
