"""Jobs through one executor: foreseen first, then made, whatever happens to single workers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from psoas_audio.batch.manifest import read_manifest
from psoas_audio.batch.model import Job, Outcome, Outlook, Record
from psoas_audio.batch.order import in_turn
from psoas_audio.batch.task import foresee, make
from psoas_audio.errors import OutputError, PsoasError

T = TypeVar("T")

ATTEMPTS = 3
"""How often a job is given to a worker, where workers die over it."""
WINDOW = 64
"""Jobs given out at a time: more would only weigh on a cluster's scheduler."""


def run(jobs: Iterable[Job], executor: Executor, window: int = WINDOW) -> Iterator[Outcome]:
    """Make every job; what became of each, as it is known, those that can't be made first.

    What the output folder's manifest tells is made and unharmed is kept. Failures are told in
    their outcomes and stop nothing. Any executor will do whose workers see the scripts and the
    folder under the same names; what a dead worker was at is given out again.
    Raises :class:`~psoas_audio.errors.PsoasError` where the folder or its manifest can't be used.
    """
    return made(foreseen(jobs, executor, window), executor, window)


def foreseen(jobs: Iterable[Job], executor: Executor, window: int = WINDOW) -> list[Outlook]:
    """What planning tells of each of *jobs*, in their order."""
    jobs = list(jobs)
    found: dict[int, Outlook] = {}
    for number, result in results(executor, foresee, len(jobs), lambda n: (jobs[n],), window):
        found[number] = (
            Outlook(jobs[number], error=result, status=1) if isinstance(result, str) else result
        )
    return _apart([found[number] for number in range(len(jobs))])


def made(
    outlooks: Sequence[Outlook], executor: Executor, window: int = WINDOW
) -> Iterator[Outcome]:
    """Make what was foreseen; as :func:`run`."""
    good = []
    for outlook in outlooks:
        if outlook.error:
            yield Outcome(outlook.job, outlook.name, error=outlook.error, status=outlook.status)
        else:
            good.append(outlook)
    good = in_turn(good)
    manifests = {folder: _opened(folder) for folder in {outlook.job.folder for outlook in good}}

    def arguments(number: int) -> tuple[Any, ...]:
        return good[number], manifests[good[number].job.folder].get(good[number].name)

    for number, result in results(executor, make, len(good), arguments, window):
        if isinstance(result, str):
            yield Outcome(good[number].job, good[number].name, error=result, status=1)
        else:
            yield result


def _opened(folder: Path) -> dict[str, Record]:
    """The manifest of *folder*, which is there now; raises :class:`OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"this folder can't be made: {(error.strerror or str(error)).lower()}.",
            where=str(folder),
            hint="Choose another --output.",
        ) from error
    return read_manifest(folder)


def _apart(outlooks: Sequence[Outlook]) -> list[Outlook]:
    """*outlooks*, with an error in those that would have the name of one before them."""
    taken: dict[tuple[Path, str], Outlook] = {}
    result = []
    for outlook in outlooks:
        first = taken.setdefault((outlook.job.folder, outlook.name.casefold()), outlook)
        if first is not outlook and outlook.files and first.files:
            error = PsoasError(
                f"another session of this batch has the same name: {first.job.script}"
                f" ({first.job.name}).",
                where=outlook.job.script,
                hint="Make the two in folders of their own, or rename one.",
            )
            outlook = replace(outlook, files=(), error=error.report(), status=1)
        result.append(outlook)
    return result


def results(
    executor: Executor,
    task: Callable[..., T],
    count: int,
    arguments: Callable[[int], tuple[Any, ...]],
    window: int,
) -> Iterator[tuple[int, T | str]]:
    """What *task* gives for each of *count* jobs, by number, or in words why it gives nothing.

    ``arguments(number)`` are what it is called with.
    """
    todo = deque((number, 1) for number in range(count))
    waiting: dict[Future[T], tuple[int, int]] = {}
    gone = ""
    while todo or waiting:
        while todo and not gone and len(waiting) < window:
            number, attempt = todo.popleft()
            try:
                future = executor.submit(task, *arguments(number))
            except RuntimeError as error:  # among them the pool's that broke
                gone = str(error)
                todo.appendleft((number, attempt))
            else:
                waiting[future] = number, attempt
        if gone and not waiting:
            yield from ((number, _unreached(gone)) for number, _ in todo)
            return
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            number, attempt = waiting.pop(future)
            result: T | str
            try:
                result = future.result()
            except BrokenExecutor as error:
                if attempt < ATTEMPTS:
                    todo.append((number, attempt + 1))
                    continue
                result = _died(attempt, error)
            except CancelledError:
                gone = "its scheduler is gone"
                result = _unreached(gone)
            except Exception as error:
                result = _died(1, error)
            yield number, result


def _died(times: int, error: Exception) -> str:
    often = f"each of {times} times" if times > 1 else "at once"
    return PsoasError(
        f"no worker could finish it, {often}: {str(error) or type(error).__name__}.",
        hint="Render this session alone with 'psoas-audio render' to see why.",
    ).report()


def _unreached(why: str) -> str:
    return PsoasError(
        f"there are no workers any more: {why}.",
        hint="Run the same batch again: what is made is kept.",
    ).report()
