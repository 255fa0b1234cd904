"""Many sessions rendered through one executor: local processes, a Dask cluster, or any other.

>>> from psoas_audio.batch import Workers, jobs, run
>>> work = jobs(["plank"], "out", length=["6m", "8m"], guidance=["full", "bells"])
>>> with Workers(2) as executor:
...     for outcome in run(work, executor):
...         print(outcome.name, outcome.error or "is made")
"""

from __future__ import annotations

from psoas_audio.batch.model import Job, Outcome, Outlook
from psoas_audio.batch.runner import WINDOW, foreseen, made, run
from psoas_audio.batch.variants import apportioned, jobs
from psoas_audio.batch.workers import Workers

__all__ = ["WINDOW", "Job", "Outcome", "Outlook", "Workers", "apportioned", "foreseen", "jobs",
           "made", "run"]  # fmt: skip
