"""Every combination of scripts and choices: one job for each session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from psoas_audio.batch.model import Job
from psoas_audio.cpu import cpu_count
from psoas_audio.drafting.parse_choices import choose
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices

_LIST_OPTIONS = ("skip", "values")
"""The options whose value is a list for a single session."""


def build_jobs(
    scripts: Iterable[str],
    output: str | Path,
    *,
    settings: Settings | None = None,
    base: Choices | None = None,
    **options: Any,
) -> list[Job]:
    """A job for every script with every combination of *options*, each combination once.

    *options* are those of :class:`~psoas_audio.drafting.parse_choices.ChoiceOptions`, each a value
    or a list of values; what they leave out is as in *base*. Of ``values``, one name with several
    words gives a session for each: ``["name=Anna", "name=Ben"]``. *output* is a folder.
    Raises :class:`~psoas_audio.errors.PsoasError` for a bad option.
    """
    names = [name for name in options if name not in _LIST_OPTIONS]
    skip = options.get("skip", ())
    settings = replace(settings or Settings(), output=Path(output))
    variants = [
        choose(base, skip=skip, values=values, **dict(zip(names, chosen, strict=True)))
        for chosen in product(*(_as_list(options[name]) for name in names))
        for values in value_combinations(options.get("values", ()))
    ]
    found = (Job(script, choices, settings) for script in scripts for choices in variants)
    return list(dict.fromkeys(found))


def value_combinations(
    values: Mapping[str, str] | Sequence[str],
) -> list[Mapping[str, str] | Sequence[str]]:
    """*values* as ``NAME=WORDS``, in every combination with one of the words for each name."""
    if isinstance(values, Mapping):
        return [values]
    by_name: dict[str, list[str]] = {}
    for each in values:
        by_name.setdefault(each.partition("=")[0].strip(), []).append(each)
    return list(product(*by_name.values()))


def share_cores(build_jobs: Iterable[Job], workers: int) -> list[Job]:
    """*jobs* with one thread each, or with more if there are fewer jobs than *workers*.

    All threads together are never more than *workers*, or than this machine has cores.
    """
    build_jobs = list(build_jobs)
    share = max(1, min(workers, cpu_count()) // max(1, len(build_jobs)))
    return [replace(job, settings=replace(job.settings, workers=share)) for job in build_jobs]


def _as_list(value: Any) -> Sequence[Any]:
    return value or (None,) if isinstance(value, list | tuple) else (value,)
