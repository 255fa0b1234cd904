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
    from psoas_audio.cli.bars import bars  # loads rich

    with bars(markup=False) as bar:
        task = bar.add_task(name, total=1, note="")
        begun = ""

        def report(progress: Progress) -> None:
            nonlocal begun
            if progress.phase != begun:
                bar.reset(task, total=progress.total)
                begun = progress.phase
            bar.update(
                task,
                description=f"{name}  {PHASES[progress.phase]}",
                completed=progress.done,
                note=progress.note[:48],
            )

        yield report
