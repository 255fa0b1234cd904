"""How a render at work in another process tells how far it is."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from psoas_audio.rendering.progress import Progress, Report

TOPIC = "psoas-audio"
"""Under which a Dask cluster passes news on."""

News = tuple[str, str, int, int]
"""The session's name, its phase (at last :data:`END`), and how much of how much is done."""

END = "end"
"""The phase of a session that its worker has let go of, made or failed."""

_EVERY = 0.2
"""Seconds between news of one phase."""

_channel: list[Callable[[News], Any]] = []
"""Where this process's news go, once it is known."""


def ignore(news: News) -> None:
    """Hear nothing."""
    del news


def open_channel(channel: Callable[[News], Any]) -> None:
    """Send this process's news to *channel*."""
    _channel[:] = [channel]


@contextlib.contextmanager
def reporting(name: str) -> Iterator[Report]:
    """A report of the session *name* to whoever asked for it, now and then and at its end."""
    send = _channel[0] if _channel else _dask_channel()
    told, when = "", 0.0

    def report(progress: Progress) -> None:
        nonlocal told, when
        now = time.monotonic()
        if progress.phase != told or now - when > _EVERY:
            told, when = progress.phase, now
            send((name, progress.phase, progress.done, progress.total))

    try:
        yield report
    finally:
        send((name, END, 1, 1))


def _dask_channel() -> Callable[[News], Any]:
    if "distributed" not in sys.modules:
        return ignore
    from distributed import get_worker

    try:
        worker = get_worker()
    except ValueError:  # the process knows Dask, but is no worker of it
        return ignore
    return lambda news: worker.log_event(TOPIC, list(news))
