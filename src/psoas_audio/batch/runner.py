"""Runs the jobs of a batch through an executor: plans all of them, then renders them.

A job whose worker died is run again.
"""

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

from psoas_audio.atomic_files import name_key, remove_stale_parts
from psoas_audio.batch.manifest import read_manifest
from psoas_audio.batch.model import Job, ManifestRecord, Outcome, PlannedJob
from psoas_audio.batch.order import in_dispatch_order
from psoas_audio.batch.task import plan_job, render_job
from psoas_audio.errors import OutputError, PsoasError, system_hint, system_reason
from psoas_audio.files import make_folder
from psoas_audio.temporary import remove_abandoned_folders

T = TypeVar("T")

MAX_ATTEMPTS = 3
"""How many workers may die during a job before it counts as failed."""
WINDOW = 64
"""Jobs submitted at a time; more would only burden the scheduler of a cluster."""


def run(jobs: Iterable[Job], executor: Executor, window: int = WINDOW) -> Iterator[Outcome]:
    """Render all *jobs*; yields each outcome as soon as it is known.

    Jobs that can't be rendered come first. A session isn't rendered again if the manifest of its
    folder lists it as finished and its files are unchanged. A failure doesn't stop the other jobs.
    The workers of *executor* must see the scripts and the folder under the same paths.
    Raises :class:`~psoas_audio.errors.PsoasError` if the folder or its manifest can't be used.
    """
    return run_planned(plan_jobs(jobs, executor, window), executor, window)


def plan_jobs(jobs: Iterable[Job], executor: Executor, window: int = WINDOW) -> list[PlannedJob]:
    """The plans of all *jobs*, in their order; jobs that would write the same file have errors."""
    jobs = list(jobs)
    found: dict[int, PlannedJob] = {}
    for number, result in run_tasks(executor, plan_job, len(jobs), lambda n: (jobs[n],), window):
        found[number] = (
            PlannedJob(jobs[number], error=result, status=1) if isinstance(result, str) else result
        )
    return _refuse_same_names([found[number] for number in range(len(jobs))])


def run_planned(
    planned_jobs: Sequence[PlannedJob], executor: Executor, window: int = WINDOW
) -> Iterator[Outcome]:
    """As :func:`run`, for jobs that :func:`plan_jobs` has planned."""
    good = []
    for planned in planned_jobs:
        if planned.error:
            yield Outcome(planned.job, planned.name, error=planned.error, status=planned.status)
        else:
            good.append(planned)
    good = in_dispatch_order(good)
    manifests = {folder: _open_folder(folder) for folder in {each.job.folder for each in good}}

    def arguments(number: int) -> tuple[Any, ...]:
        return good[number], manifests[good[number].job.folder].get(good[number].name)

    for number, result in run_tasks(executor, render_job, len(good), arguments, window):
        if isinstance(result, str):
            yield Outcome(good[number].job, good[number].name, error=result, status=1)
        else:
            yield result


def _open_folder(folder: Path) -> dict[str, ManifestRecord]:
    """Create *folder* if needed and read its manifest; raises :class:`OutputError`."""
    try:
        make_folder(folder)
    except OSError as error:
        raise OutputError(
            f"this folder can't be created: {system_reason(error)}.",
            where=str(folder),
            hint=system_hint(error, "Choose another --output."),
        ) from error
    remove_stale_parts(folder)
    remove_abandoned_folders()
    return read_manifest(folder)


def _refuse_same_names(planned_jobs: Sequence[PlannedJob]) -> list[PlannedJob]:
    """*planned_jobs*, with an error in each that would write the same file as another one."""
    users: dict[str, list[PlannedJob]] = {}
    for planned in planned_jobs:
        for key in {name_key(planned.job.folder / file) for file in planned.files}:
            users.setdefault(key, []).append(planned)
    rivals: dict[Job, PlannedJob] = {}
    for first, *others in users.values():
        for planned in others:
            rivals.setdefault(planned.job, first)
            rivals.setdefault(first.job, planned)
    return [
        _refused(planned, rivals[planned.job]) if planned.job in rivals else planned
        for planned in planned_jobs
    ]


def _refused(planned: PlannedJob, rival: PlannedJob) -> PlannedJob:
    error = PsoasError(
        f"another session of this batch has the same name: {rival.job.script} ({rival.job.name}).",
        where=planned.job.script,
        hint="Render the two to separate folders, or rename one of them.",
    )
    return replace(planned, files=(), error=error.report(), status=1)


def run_tasks(
    executor: Executor,
    task: Callable[..., T],
    count: int,
    arguments: Callable[[int], tuple[Any, ...]],
    window: int,
) -> Iterator[tuple[int, T | str]]:
    """Call ``task(*arguments(number))`` for each number below *count*; yields number and result.

    If a call can't be completed, its result is the text of an error.
    """
    todo = deque((number, 1) for number in range(count))
    waiting: dict[Future[T], tuple[int, int]] = {}
    lost = ""
    """Why there are no workers any more; empty as long as there are some."""
    while todo or waiting:
        while todo and not lost and len(waiting) < window:
            number, attempt = todo.popleft()
            try:
                future = executor.submit(task, *arguments(number))
            except RuntimeError as error:  # the base of BrokenExecutor
                lost = str(error)
                todo.appendleft((number, attempt))
            else:
                waiting[future] = number, attempt
        if lost and not waiting:
            yield from ((number, _no_workers(lost)) for number, _ in todo)
            return
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            number, attempt = waiting.pop(future)
            result: T | str
            try:
                result = future.result()
            except BrokenExecutor as error:
                if attempt < MAX_ATTEMPTS:
                    todo.append((number, attempt + 1))
                    continue
                result = _failed(attempt, error)
            except CancelledError:
                lost = "the scheduler is gone"
                result = _no_workers(lost)
            except Exception as error:
                result = _failed(1, error)
            yield number, result


def _failed(attempts: int, error: Exception) -> str:
    tries = f" in {attempts} attempts" if attempts > 1 else ""
    alone = "Render this session alone with 'psoas-audio render' to see why."
    why = system_reason(error) if isinstance(error, OSError) else str(error)
    return PsoasError(
        f"no worker could finish this session{tries}: {why or type(error).__name__}.",
        hint=system_hint(error, alone),
    ).report()


def _no_workers(why: str) -> str:
    return PsoasError(
        f"no workers are left: {why}.",
        hint="Run the same batch again: finished sessions are kept.",
    ).report()
