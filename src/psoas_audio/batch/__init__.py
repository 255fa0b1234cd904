"""Many sessions rendered through one executor: local processes, a Dask cluster, or any other.

>>> from psoas_audio.batch import Workers, build_jobs, run
>>> jobs = build_jobs(["plank"], "out", length=["6m", "8m"], guidance=["full", "bells"])
>>> with Workers(2) as executor:
...     for outcome in run(jobs, executor):
...         print(outcome.name, outcome.error or "is rendered")
"""

from __future__ import annotations

from psoas_audio.batch.model import Job, Outcome, PlannedJob
from psoas_audio.batch.runner import WINDOW, plan_jobs, run, run_planned
from psoas_audio.batch.variants import build_jobs, share_cores
from psoas_audio.batch.workers import Workers

__all__ = [
    "WINDOW",
    "Job",
    "Outcome",
    "PlannedJob",
    "Workers",
    "build_jobs",
    "plan_jobs",
    "run",
    "run_planned",
    "share_cores",
]
