"""The product of what is wished for: one job for each session to be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from psoas_audio.batch.model import Job
from psoas_audio.drafting.choose import choose
from psoas_audio.drafting.settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.processors import cpu_count

_TOGETHER = "skip"
"""The wish that is a list for a single session."""


def jobs(
    scripts: Iterable[str],
    output: str | Path,
    *,
    settings: Settings | None = None,
    like: Choices | None = None,
    **wishes: Any,
) -> list[Job]:
    """A job for every script with every combination of the *wishes*, each once.

    Wishes are those of :class:`~psoas_audio.api.Wishes`, one or a list of them;
    *output* is a folder. Raises :class:`~psoas_audio.errors.PsoasError` for a bad wish.
    """
    names = [name for name in wishes if name != _TOGETHER]
    skip = wishes.get(_TOGETHER, ())
    settings = replace(settings or Settings(), output=Path(output))
    variants = [
        choose(like, skip=skip, **dict(zip(names, values, strict=True)))
        for values in product(*(_several(wishes[name]) for name in names))
    ]
    found = (Job(script, choices, settings) for script in scripts for choices in variants)
    return list(dict.fromkeys(found))


def apportioned(jobs: Iterable[Job], workers: int) -> list[Job]:
    """*jobs*, each with one thread; with more where there are fewer of them than *workers*.

    Those of a batch are together never more than it has workers, or this machine has cores.
    """
    jobs = list(jobs)
    share = max(1, min(workers, cpu_count()) // max(1, len(jobs)))
    return [replace(job, settings=replace(job.settings, workers=share)) for job in jobs]


def _several(wish: Any) -> Sequence[Any]:
    return wish or (None,) if isinstance(wish, list | tuple) else (wish,)
