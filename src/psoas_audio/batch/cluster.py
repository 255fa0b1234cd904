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
from psoas_audio.batch.progress import TOPIC, ProgressEvent, ignore_event
from psoas_audio.batch.runner import WINDOW
from psoas_audio.errors import PsoasError

T = TypeVar("T")

_POLL_INTERVAL_S = 1.0
"""Seconds between two checks that the client is still connected."""
_CONNECT_TIMEOUT_S = 10.0
"""Seconds to wait for the scheduler."""
_WORKERS_TIMEOUT_S = 30.0
"""Seconds to wait for the first worker."""


class Cluster(NamedTuple):
    """A connection to a cluster."""

    executor: Executor
    window: int
    """How many jobs to submit at a time."""


@contextlib.contextmanager
def cluster(
    address: str, on_progress: Callable[[ProgressEvent], Any] = ignore_event
) -> Iterator[Cluster]:
    """Connect to the cluster whose scheduler is at *address*, such as ``tcp://10.0.0.5:8786``.

    *on_progress* is called from Dask's own thread. A scheduler runs the code of anyone who can
    reach it: keep it in a private network, or use TLS. Raises :class:`PsoasError` if no scheduler
    answers, or if its workers don't have this version of the program.
    """
    _check_address(address)
    try:
        from distributed import Client
    except ImportError:
        raise PsoasError(
            "Dask is not installed.", hint="Install it with: pip install 'psoas-audio[cluster]'"
        ) from None
    _silence_dask_logs()
    try:
        client = Client(address, timeout=_CONNECT_TIMEOUT_S, set_as_default=False)
    except Exception as error:  # Dask raises more than its own errors
        raise PsoasError(
            f"no Dask scheduler answers at {address}.",
            hint="A tls:// address needs certificates: name them in Dask's settings"
            " (distributed.comm.tls)."
            if address.startswith("tls:")
            else "Start one with 'dask scheduler', and pass the address that it prints.",
        ) from error
    try:
        _check_workers(client, address)
        client.subscribe_topic(TOPIC, lambda event: on_progress(ProgressEvent(*event[1])))
        threads = sum(client.nthreads().values())
        yield Cluster(_ClientExecutor(client), max(WINDOW, 2 * threads))
    finally:
        with contextlib.suppress(Exception):  # the scheduler may be gone
            client.close(timeout=_CONNECT_TIMEOUT_S)


def _check_address(address: str) -> None:
    """Raise :class:`PsoasError` unless *address* is that of a scheduler we can connect to."""
    scheme, separator, rest = address.rpartition("://")
    host, _, port = rest.rpartition(":")
    if separator and scheme not in ("tcp", "tls"):
        what = f"a scheduler's address begins with tcp:// or tls://, not {scheme}://."
    elif not (host and port.isdecimal() and 0 < int(port[:6]) < 65536):
        what = f"{address!r} is no address of a scheduler."
    else:
        return
    raise PsoasError(
        what,
        where="--scheduler",
        hint="Pass the address that 'dask scheduler' prints, such as tcp://10.0.0.5:8786.",
    )


class _ClientExecutor(Executor):
    """A client's executor that cancels its futures when the client is closed.

    Dask (2026.8) forgets some futures that were submitted while it tried to reconnect to a lost
    scheduler: they would stay pending for ever.
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
            time.sleep(_POLL_INTERVAL_S)
        time.sleep(_POLL_INTERVAL_S)  # let Dask cancel the futures that it remembers first
        for future in list(self._pending):
            if future.cancel():
                future.set_running_or_notify_cancel()  # wakes whoever waits for it


def with_absolute_paths(job: Job) -> Job:
    """*job* with absolute paths, for workers that run in other folders, on one thread each."""
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


def _silence_dask_logs() -> None:
    """Keep Dask from logging what we raise as an error. Each of its loggers has its own level."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _check_workers(client: Any, address: str) -> None:
    """Raise unless there are workers, all of them with this version of the program."""
    try:
        client.wait_for_workers(1, timeout=_WORKERS_TIMEOUT_S)
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
            hint=f"Install version {__version__}, the one used here, on all of them.",
        )


def _version() -> str:
    return __version__
