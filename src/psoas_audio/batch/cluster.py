"""A Dask cluster as an executor."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from psoas_audio._version import __version__
from psoas_audio.batch.model import Job
from psoas_audio.batch.progress import TOPIC, News, ignore
from psoas_audio.batch.runner import WINDOW
from psoas_audio.errors import PsoasError

T = TypeVar("T")

_LOOK = 1.0
"""Seconds between two looks at whether the client is still there."""
_SOON = 10.0
"""Seconds to wait for the scheduler."""
_WORKERS = 30.0
"""Seconds to wait for a first worker."""


class Cluster(NamedTuple):
    """A connection to one."""

    executor: Executor
    window: int
    """Jobs to give out at a time."""


@contextlib.contextmanager
def cluster(address: str, hear: Callable[[News], Any] = ignore) -> Iterator[Cluster]:
    """The cluster whose scheduler is at *address*, such as ``tcp://10.0.0.5:8786``.

    A scheduler runs the code of whoever reaches it: keep it in a private network, or use TLS.
    Raises :class:`PsoasError` where there is none, or no worker with this program.
    """
    try:
        from distributed import Client
    except ImportError:
        raise PsoasError(
            "Dask is not installed.", hint="Get it with: pip install 'psoas-audio[cluster]'"
        ) from None
    _quieten()
    try:
        client = Client(address, timeout=_SOON, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise PsoasError(
            f"no Dask scheduler answers at {address}.",
            hint="Start one with 'dask scheduler', and give the address that it prints.",
        ) from error
    try:
        _check(client, address)
        client.subscribe_topic(TOPIC, lambda event: hear(tuple(event[1])))
        threads = sum(client.nthreads().values())
        yield Cluster(_Mortal(client), max(WINDOW, 2 * threads))
    finally:
        with contextlib.suppress(Exception):  # of a scheduler that is gone
            client.close(timeout=_SOON)


class _Mortal(Executor):
    """A client's executor whose futures end when the client does.

    Dask (2026.8) forgets some of those that were submitted while it looked for a lost scheduler:
    they are pending for ever.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._pending: set[Future[Any]] = set()
        threading.Thread(target=self._watch, name="cluster", daemon=True).start()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have a worker of the cluster call *fn*."""
        future: Future[T] = self._executor.submit(fn, *args, **kwargs)
        self._pending.add(future)
        future.add_done_callback(self._pending.discard)
        return future

    def _watch(self) -> None:
        while self._client.status != "closed":
            time.sleep(_LOOK)
        time.sleep(_LOOK)  # Dask's own word on most of them comes first
        for future in list(self._pending):
            if future.cancel():
                future.set_running_or_notify_cancel()  # wakes who waits


def anchored(job: Job) -> Job:
    """*job* with the whole paths of its files, for workers that run in other folders."""
    voice, settings = job.choices.voice, job.settings
    if voice.name and Path(voice.name).is_dir():
        voice = replace(voice, name=str(Path(voice.name).absolute()))
    return Job(
        str(Path(job.script).absolute()) if Path(job.script).is_file() else job.script,
        replace(job.choices, voice=voice),
        replace(
            settings,
            output=job.folder.absolute(),
            workers=1,
            cache=None if settings.cache is None else settings.cache.absolute(),
        ),
    )


def _quieten() -> None:
    """Keep Dask from printing what becomes an error of ours: each of its loggers has a level."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _check(client: Any, address: str) -> None:
    """Raise unless there are workers, all with this version of the program."""
    try:
        client.wait_for_workers(1, timeout=_WORKERS)
        found = set(client.run(_version).values())
    except TimeoutError:
        raise PsoasError(
            f"the scheduler at {address} has no workers.",
            hint=f"Start some with: dask worker {address} --nthreads 1",
        ) from None
    except ImportError:
        found = {"none"}
    if found != {__version__}:
        raise PsoasError(
            f"the workers of {address} have psoas-audio {', '.join(sorted(found))}.",
            hint=f"Install version {__version__} on all of them, as it is here.",
        )


def _version() -> str:
    return __version__
