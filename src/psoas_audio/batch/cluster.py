"""A Dask cluster as an executor."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from psoas_audio import __version__
from psoas_audio.batch.conduct import WINDOW
from psoas_audio.batch.model import Job
from psoas_audio.batch.news import TOPIC, News, ignore
from psoas_audio.errors import PsoasError

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
        yield Cluster(client.get_executor(pure=False), max(WINDOW, 2 * threads))
    finally:
        with contextlib.suppress(Exception):  # of a scheduler that is gone
            client.close(timeout=_SOON)


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
