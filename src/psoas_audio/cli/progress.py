"""The progress of one render on standard error, if that is a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from psoas_audio.rendering.progress import OnProgress, Progress, ignore_progress

PHASE_LABELS = {
    "plan": "planning",
    "speak": "speaking",
    "mix": "mixing",
    "encode": "mixing",
    "check": "checking",
    "stems": "writing stems",
    "publish": "publishing",
    "listen": "listening",
}
_MAX_NOTE_CHARACTERS = 200


@contextlib.contextmanager
def progress_bar(name: str, enabled: bool) -> Iterator[OnProgress]:
    """A callback that shows progress as a bar, if it is *enabled* and there is a terminal."""
    if not enabled or not sys.stderr.isatty():
        yield ignore_progress
        return
    from psoas_audio.cli.bars import bars  # loads rich

    name = Path(name).name  # a folder's path would leave no room for the line that is spoken
    with bars(markup=False) as bar:
        task = bar.add_task(name, total=1, note="")
        current_phase = note = ""

        def on_progress(progress: Progress) -> None:
            nonlocal current_phase, note
            began, note = progress.note and progress.note != note, progress.note
            if progress.phase != current_phase:
                bar.reset(task, total=progress.total)
                current_phase = progress.phase
            bar.update(
                task,
                description=f"{name}  {PHASE_LABELS[progress.phase]}",
                completed=progress.done,
                note=note[:_MAX_NOTE_CHARACTERS],
                refresh=bool(began),  # every line is seen, however short
            )

        yield on_progress
