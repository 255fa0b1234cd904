"""The progress of a batch on standard error, if that is a terminal: as a whole, and by render."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from psoas_audio.batch.progress import END_PHASE
from psoas_audio.cli.progress import PHASE_LABELS

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from psoas_audio.batch.progress import ProgressEvent

_REDRAW_INTERVAL_S = 0.1
"""Seconds between two redraws when nothing but a bar has moved."""


class BatchDisplay:
    """Prints lines as they come, and nothing else: the display without a terminal."""

    def print_line(self, line: str, err: bool = False) -> None:
        """Print *line* on standard output, or on standard error."""
        click.echo(line, err=err)

    def begin(self, count: int) -> None:
        """Start counting: *count* sessions are to be rendered."""

    def on_progress(self, event: ProgressEvent) -> None:
        """Show the progress of one render; called from any thread."""

    def finish(self, name: str) -> None:
        """Count the session *name* as done, whether it succeeded or failed."""


class _Bars(BatchDisplay):
    """Prints lines above the bars. A lock keeps an older picture from overwriting a newer one."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._whole = bars.add_task("planning", total=None, note="")
        self._done = self._count = 0
        self._rows: dict[str, TaskID] = {}
        self._finished: set[str] = set()
        self._drawn_at = 0.0
        self._guard = threading.Lock()

    def print_line(self, line: str, err: bool = False) -> None:
        with self._guard:
            if err or sys.stdout.isatty():
                self._bars.console.print(line, markup=False, highlight=False, soft_wrap=True)
            else:
                click.echo(line)

    def begin(self, count: int) -> None:
        with self._guard:
            self._count = count
            self._bars.update(self._whole, description="sessions", total=count)
            self._draw_count()

    def on_progress(self, event: ProgressEvent) -> None:
        name, phase, done, total = event
        with self._guard:
            if name in self._finished:  # the event arrived after the outcome
                return
            if phase == END_PHASE:  # the worker may be at its next job before the outcome arrives
                self._remove(name)
                return
            if name not in self._rows:
                self._rows[name] = self._bars.add_task(name, total=total, note="")
            note = PHASE_LABELS.get(phase, phase)
            self._bars.update(self._rows[name], completed=done, total=total, note=note)
            if time.monotonic() - self._drawn_at > _REDRAW_INTERVAL_S:
                self._draw()

    def finish(self, name: str) -> None:
        with self._guard:
            self._finished.add(name)
            self._remove(name)
            self._done += 1
            self._draw_count()

    def _remove(self, name: str) -> None:
        if name in self._rows:
            self._bars.remove_task(self._rows.pop(name))

    def _draw_count(self) -> None:
        note = f"{self._done} of {self._count}"
        self._bars.update(self._whole, completed=self._done, note=note)
        self._draw()

    def _draw(self) -> None:
        self._drawn_at = time.monotonic()
        self._bars.refresh()


@contextlib.contextmanager
def batch_progress(enabled: bool) -> Iterator[BatchDisplay]:
    """Where a batch prints; it has bars if they are *enabled* and there is a terminal."""
    if not enabled or not sys.stderr.isatty():
        yield BatchDisplay()
        return
    from psoas_audio.cli.bars import bars  # loads rich

    with bars(markup=False, refreshed_by_caller=True) as shown:
        yield _Bars(shown)
