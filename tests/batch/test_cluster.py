"""A batch on a Dask cluster whose parts die, each once."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_sessions import command, kill, sessions, written

from processes import descendants, wait_for_end
from psoas_audio.batch.manifest import read_manifest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs Dask"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]
COUNT = 40


class Cluster:
    """Its scheduler, and two workers."""

    def __init__(self) -> None:
        program = str(Path(__file__).with_name("local_cluster.py"))
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", program],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    @property
    def workers(self) -> list[int]:
        """Their processes."""
        return [
            pid
            for pid in sorted(descendants(self.process.pid))
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]

    def kill(self) -> None:
        """End the scheduler; the workers lose it."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    started = descendants(cluster.process.pid)
    cluster.kill()
    assert wait_for_end(started, 60) == set()


def finished(out: Path) -> set[str]:
    """Sessions that are finished according to the manifest."""
    return {
        name
        for name, record in read_manifest(out).items()
        if all(digest is not None for digest in record.files.values())
    }


def test_a_killed_worker_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch = command(written(tmp_path), out, COUNT, "--scheduler", cluster.address)
    assert batch.stdout is not None
    for _ in range(5):
        assert "s-" in batch.stdout.readline()
    kill(cluster.workers[0])
    told, faults = batch.communicate(timeout=300)
    assert batch.returncode == 0, faults
    assert told.splitlines()[-1].endswith(" 0 failed")
    assert len(sessions(out)) == COUNT


def test_after_the_scheduler_was_killed_only_what_is_missing_is_made(
    cluster: Cluster, tmp_path: Path
) -> None:
    script, out = written(tmp_path), tmp_path / "out"
    batch = command(script, out, COUNT, "--scheduler", cluster.address)
    assert batch.stdout is not None
    for _ in range(10):
        assert "s-" in batch.stdout.readline()
    started = descendants(cluster.process.pid)
    cluster.kill()
    _, faults = batch.communicate(timeout=120)
    assert batch.returncode == 1
    assert "Run the same batch again" in faults
    assert "Traceback" not in faults
    assert wait_for_end(started, 60) == set()
    before = finished(out)
    assert 10 <= len(before) < COUNT
    other = Cluster()
    try:
        again = command(script, out, COUNT, "--scheduler", other.address, "--json")
        plain = json.loads(again.communicate(timeout=300)[0])
    finally:
        other.kill()
    assert again.returncode == 0
    assert {each["session"] for each in plain if each["kept"]} == before
    assert len(sessions(out)) == COUNT


def test_no_scheduler_is_reported(tmp_path: Path) -> None:
    batch = command(written(tmp_path), tmp_path, 1, "--scheduler", "tcp://127.0.0.1:1")
    _, faults = batch.communicate(timeout=60)
    assert batch.returncode == 1
    assert faults.startswith("error: no Dask scheduler answers at tcp://127.0.0.1:1.\n")
    assert "Traceback" not in faults
