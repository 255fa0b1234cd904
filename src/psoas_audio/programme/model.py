"""A programme as typed, frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psoas_audio.errors import Mark
from psoas_audio.planning import Choices


@dataclass(frozen=True, slots=True)
class Entry:
    """One session on one day."""

    day: int
    """1 to 7."""
    session: str
    """A shipped script's name, or one beside the programme."""
    choices: Choices
    mark: Mark


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, some of them free."""

    title: str
    entries: tuple[Entry, ...]
    """By day."""
    mark: Mark
    """The title's place where it has one."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Weeks of sessions."""

    path: str
    """The file as the user named it."""
    name: str
    """The file's stem: names the files made of it. A translation's ends in its language."""
    language: str
    """BCP 47, of the texts here and of the words that the program adds."""
    title: str
    summary: str
    weeks: tuple[Week, ...]
    mark: Mark

    def days(self) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Every day that has a session: its week and day, from 1, and what is on it."""
        for number, week in enumerate(self.weeks, 1):
            for day in range(1, 8):
                if found := tuple(entry for entry in week.entries if entry.day == day):
                    yield number, day, found
