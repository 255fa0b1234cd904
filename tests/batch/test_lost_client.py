"""A cluster's client that gives up: nobody waits for ever for what it forgot."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from typing import Any

import pytest

from psoas_audio.batch import cluster
from psoas_audio.batch.runner import run_tasks


class Client:
    """Stands for Dask's, whose loss of futures is a matter of chance; ends when it is told to."""

    status = "running"

    def get_executor(self, **_: Any) -> Client:
        return self

    def submit(self, task: Any, *_: Any) -> Future[Any]:
        """A future that is done at once; without a *task*, never."""
        future: Future[Any] = Future()
        if task is not None:
            future.set_result(task)
        return future


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_POLL_INTERVAL_S", 0.05)


def test_tasks_of_a_closed_client_are_cancelled() -> None:
    client = Client()
    executor = cluster._ClientExecutor(client)
    done, forgotten = executor.submit("made"), executor.submit(None)  # type: ignore[arg-type]
    client.status = "closed"
    with pytest.raises(CancelledError):
        forgotten.result(timeout=10)
    assert done.result() == "made"


def test_a_batch_reports_that_its_scheduler_is_gone() -> None:
    client = Client()
    executor = cluster._ClientExecutor(client)
    client.status = "closed"
    told = dict(run_tasks(executor, None, 3, lambda number: (number,), 2))  # type: ignore[arg-type]
    assert len(told) == 3
    assert all("the scheduler is gone" in str(each) for each in told.values())
