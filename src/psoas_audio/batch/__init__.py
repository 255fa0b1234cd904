"""Many sessions rendered through one executor: local processes, a Dask cluster, or any other.

>>> from psoas_audio.batch import Workers, jobs, run
>>> work = jobs(["plank"], "out", length=["6m", "8m"], guidance=["full", "bells"])
>>> with Workers(2) as executor:
...     for outcome in run(work, executor):
...         print(outcome.name, outcome.error or "is made")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psoas_audio.batch.model import Job, Outcome, Outlook
    from psoas_audio.batch.runner import WINDOW, foreseen, made, run
    from psoas_audio.batch.variants import apportioned, jobs
    from psoas_audio.batch.workers import Workers

__all__ = ["WINDOW", "Job", "Outcome", "Outlook", "Workers", "apportioned", "foreseen", "jobs",
           "made", "run"]  # fmt: skip

_HOMES = {
    "model": ("Job", "Outcome", "Outlook"),
    "runner": ("WINDOW", "foreseen", "made", "run"),
    "variants": ("apportioned", "jobs"),
    "workers": ("Workers",),
}


def __getattr__(name: str) -> Any:
    # Looked up late: a worker's process must not load what it isn't asked for.
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
