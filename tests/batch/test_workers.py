"""The executor of local processes."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor

import pytest

from processes import wait_for_end
from psoas_audio.batch.runner import MAX_ATTEMPTS, run_tasks
from psoas_audio.batch.workers import WorkerLost, Workers


def test_results_errors_and_what_cannot_be_sent_come_back() -> None:
    with Workers(2) as executor:
        assert list(executor.map(pow, [2, 3], [5, 2])) == [32, 9]
        assert isinstance(executor.submit(int, "x").exception(), ValueError)
        assert executor.submit(threading.Lock).exception() is not None
        assert executor.submit(lambda: 0).exception() is not None
        assert executor.submit(abs, -1).result() == 1
        workers = set(executor.process_ids)
    assert workers
    assert wait_for_end(workers, 0) == set()


def test_only_the_job_of_a_dead_worker_is_lost() -> None:
    with Workers(2) as executor:
        slow = executor.submit(time.sleep, 0.5)
        dead = [executor.submit(os._exit, 3) for _ in range(3)]
        for future in dead:
            with pytest.raises(WorkerLost, match="exit code 3"):
                future.result()
        assert slow.result() is None
        assert executor.submit(abs, -1).result() == 1


def test_workers_end_in_the_middle_of_their_jobs_when_the_pool_is_closed() -> None:
    def interrupted() -> None:
        with Workers(2) as executor:
            for _ in range(4):
                executor.submit(time.sleep, 600)
            while len(executor.process_ids) < 2:
                time.sleep(0.01)
            workers.update(executor.process_ids)
            raise KeyboardInterrupt

    workers: set[int] = set()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert wait_for_end(workers, 0) == set()


class _Fragile(ThreadPoolExecutor):
    """Its workers die over some jobs."""

    def __init__(self) -> None:
        super().__init__(1)
        self.given: list[int] = []

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.given.append(args[0])
        return super().submit(fn, *args, **kwargs)


def test_a_job_that_kills_its_workers_fails_and_the_rest_goes_on() -> None:
    def task(number: int) -> int:
        if number == 1:
            raise BrokenExecutor("it died")
        return number

    with _Fragile() as executor:
        found = dict(run_tasks(executor, task, 4, lambda number: (number,), 2))
        assert executor.given.count(1) == MAX_ATTEMPTS
    assert {number: found[number] for number in (0, 2, 3)} == {0: 0, 2: 2, 3: 3}
    assert "no worker could finish this session" in str(found[1])


def test_jobs_without_workers_are_reported() -> None:
    class Gone(_Fragile):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            future: Future[int] = super().submit(fn, *args, **kwargs)
            if args[0] == 2:
                future = Future()
                future.cancel()
                future.set_running_or_notify_cancel()
            return future

    with Gone() as executor:
        found = dict(run_tasks(executor, abs, 6, lambda number: (number,), 1))
    assert [found[number] for number in range(2)] == [0, 1]
    assert all("Run the same batch again" in str(found[number]) for number in range(2, 6))
