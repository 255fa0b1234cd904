"""Reports the progress of a render in another process."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from psoas_audio.rendering.progress import OnProgress, Progress

TOPIC = "psoas-audio"
"""The topic under which a Dask cluster forwards progress events."""

END_PHASE = "end"
"""The phase of a session that its worker has finished with, whether rendered or failed."""

_INTERVAL_S = 0.2
"""Seconds between two events of one phase."""


class ProgressEvent(NamedTuple):
    """How far the render of one session is."""

    session: str
    """The session's name."""
    phase: str
    """One of :data:`~psoas_audio.rendering.progress.RenderPhase`, or :data:`END_PHASE`."""
    done: int
    total: int
    """What ``done`` will be at the end of the phase."""


_channel: list[Callable[[ProgressEvent], Any]] = []
"""Where this process sends its events; empty until :func:`open_channel` is called."""


def ignore_event(event: ProgressEvent) -> None:
    """Do nothing."""
    del event


def open_channel(send: Callable[[ProgressEvent], Any]) -> None:
    """Have *send* called with each event of this process."""
    _channel[:] = [send]


@contextlib.contextmanager
def sending_progress(session: str) -> Iterator[OnProgress]:
    """A callback that sends the progress of *session*, not too often, and its end on leaving."""
    send = _channel[0] if _channel else _dask_channel()
    last_phase, last_sent = "", 0.0

    def on_progress(progress: Progress) -> None:
        nonlocal last_phase, last_sent
        now = time.monotonic()
        if progress.phase != last_phase or now - last_sent > _INTERVAL_S:
            last_phase, last_sent = progress.phase, now
            send(ProgressEvent(session, progress.phase, progress.done, progress.total))

    try:
        yield on_progress
    finally:
        send(ProgressEvent(session, END_PHASE, 1, 1))


def _dask_channel() -> Callable[[ProgressEvent], Any]:
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return ignore_event
    try:
        worker = distributed.get_worker()
    except ValueError:  # Dask is loaded, but this process isn't one of its workers
        return ignore_event
    return lambda event: worker.log_event(TOPIC, list(event))
