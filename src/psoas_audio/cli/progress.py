"""The progress of one render on standard error, if that is a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

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
_MAX_NOTE_CHARACTERS = 48


@contextlib.contextmanager
def progress_bar(name: str, enabled: bool) -> Iterator[OnProgress]:
    """A callback that shows progress as a bar, if it is *enabled* and there is a terminal."""
    if not enabled or not sys.stderr.isatty():
        yield ignore_progress
        return
    from psoas_audio.cli.bars import bars  # loads rich

    with bars(markup=False) as bar:
        task = bar.add_task(name, total=1, note="")
        current_phase = ""

        def on_progress(progress: Progress) -> None:
            nonlocal current_phase
            if progress.phase != current_phase:
                bar.reset(task, total=progress.total)
                current_phase = progress.phase
            bar.update(
                task,
                description=f"{name}  {PHASE_LABELS[progress.phase]}",
                completed=progress.done,
                note=progress.note[:_MAX_NOTE_CHARACTERS],
            )

        yield on_progress
