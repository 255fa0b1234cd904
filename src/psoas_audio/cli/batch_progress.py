"""A batch's progress on standard error, where that is a terminal: the whole, and each render."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from psoas_audio.batch.progress import END
from psoas_audio.cli.progress import PHASES

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from psoas_audio.batch.progress import News

_EVERY = 0.1
"""Seconds between two pictures, where nothing but a bar has moved."""


class Watcher:
    """Prints lines as they come; where nothing moves on the screen, nothing else."""

    def say(self, line: str, err: bool = False) -> None:
        """Print *line*."""
        click.echo(line, err=err)

    def begin(self, count: int) -> None:
        """*count* sessions are to be made from here on."""

    def hear(self, news: News) -> None:
        """A render, in any thread, tells how far it is."""

    def done(self, name: str) -> None:
        """The session *name* has come to its end, good or bad."""


class _Bars(Watcher):
    """Prints lines above the bars; one thread at a time, lest an older picture follow a newer."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._whole = bars.add_task("planning", total=None, note="")
        self._done = self._count = 0
        self._rows: dict[str, TaskID] = {}
        self._ended: set[str] = set()
        self._drawn = 0.0
        self._guard = threading.Lock()

    def say(self, line: str, err: bool = False) -> None:
        with self._guard:
            if err or sys.stdout.isatty():
                self._bars.console.print(line, markup=False, highlight=False, soft_wrap=True)
            else:
                click.echo(line)

    def begin(self, count: int) -> None:
        with self._guard:
            self._count = count
            self._bars.update(self._whole, description="sessions", total=count)
            self._tell()

    def hear(self, news: News) -> None:
        name, phase, done, total = news
        with self._guard:
            if name in self._ended:  # it was under way for longer than its news
                return
            if phase == END:  # its worker may be at the next before its outcome is known here
                self._clear(name)
                return
            if name not in self._rows:
                self._rows[name] = self._bars.add_task(name, total=total, note="")
            note = PHASES.get(phase, phase)
            self._bars.update(self._rows[name], completed=done, total=total, note=note)
            if time.monotonic() - self._drawn > _EVERY:
                self._draw()

    def done(self, name: str) -> None:
        with self._guard:
            self._ended.add(name)
            self._clear(name)
            self._done += 1
            self._tell()

    def _clear(self, name: str) -> None:
        if name in self._rows:
            self._bars.remove_task(self._rows.pop(name))

    def _tell(self) -> None:
        note = f"{self._done} of {self._count}"
        self._bars.update(self._whole, completed=self._done, note=note)
        self._draw()

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        self._bars.refresh()


@contextlib.contextmanager
def watching(wanted: bool) -> Iterator[Watcher]:
    """What shows a batch's progress; shows no bars unless *wanted* and on a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield Watcher()
        return
    from psoas_audio.cli.bars import bars  # loads rich

    with bars(markup=False, refreshed_by_caller=True) as shown:
        yield _Bars(shown)
