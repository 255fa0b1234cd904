"""A render's progress on standard error, where that is a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from psoas_audio.rendering.progress import Progress, Report, silent

PHASES = {
    "plan": "planning",
    "speak": "speaking",
    "mix": "mixing",
    "encode": "mixing",
    "check": "checking",
    "stems": "writing stems",
    "publish": "publishing",
}


@contextlib.contextmanager
def reporting(name: str, wanted: bool) -> Iterator[Report]:
    """What shows a render's progress; shows nothing unless *wanted* and on a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(name), total=1, note="")
        begun = ""

        def report(progress: Progress) -> None:
            nonlocal begun
            if progress.phase != begun:
                bar.reset(task, total=progress.total)
                begun = progress.phase
            bar.update(
                task,
                description=f"{escape(name)}  {PHASES[progress.phase]}",
                completed=progress.done,
                note=escape(progress.note[:48]),
            )

        yield report
