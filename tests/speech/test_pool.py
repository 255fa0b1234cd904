"""Workers that threads share."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from psoas_audio.errors import SpeechError
from psoas_audio.speech.pool import Pool, Worker

ENGINE = "fake_engine:FakeEngine"


@pytest.fixture
def pool():
    pool = Pool(2)
    yield pool
    pool.close()


def test_no_more_workers_than_asked_for_however_many_threads_wait(pool):
    seen, at_work, most, guard = set(), 0, 0, threading.Lock()

    def take(_: int) -> None:
        nonlocal at_work, most
        with pool.worker(ENGINE) as worker:
            with guard:
                seen.add(id(worker))
                at_work += 1
                most = max(most, at_work)
            threading.Event().wait(0.02)
            with guard:
                at_work -= 1

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(take, range(18)))
    assert most == len(seen) == 2


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, OSError])
def test_an_interrupt_while_a_worker_starts_leaves_no_folder(
    kind: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def interrupted(*_: object, **__: object) -> None:
        assert len(list(tmp_path.iterdir())) == 1
        raise kind

    monkeypatch.setattr("subprocess.Popen", interrupted)
    with pytest.raises((kind, SpeechError)):
        Worker(ENGINE)
    gc.collect()
    assert not list(tmp_path.iterdir())


def test_waiting_for_a_worker_ends_when_speech_is_cancelled(pool):
    def wait() -> None:
        with pool.worker(ENGINE):
            pass

    with ThreadPoolExecutor(1) as threads:
        with pool.worker(ENGINE), pool.worker(ENGINE):
            waiting = threads.submit(wait)
            pool.close()
        with pytest.raises(SpeechError, match="cancelled"):
            waiting.result(timeout=60)


def test_an_engines_libraries_do_not_report_their_use(tmp_path: Path, monkeypatch):
    """onnxruntime keeps what it would report to its maker in the user's home folder."""
    pytest.importorskip("onnxruntime")
    (tmp_path / "reporting.py").write_text(
        "class Engine:\n    def voices(self):\n        import onnxruntime\n        return []\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    (home := tmp_path / "home").mkdir()
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    pool = Pool(1)
    with pool.worker("reporting:Engine") as worker:
        assert worker.call({"do": "voices"}, 60)[0] == {"voices": []}
    pool.close()
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_worker_never_removes_a_folder_that_is_not_its_own(tmp_path: Path):
    own = tmp_path / "notes"
    own.mkdir()
    (own / "keep.txt").write_text("mine")
    command = [sys.executable, "-m", "psoas_audio.speech.worker", ENGINE, str(own)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 1
    assert "isn't a temporary folder" in done.stderr
    assert (own / "keep.txt").read_text() == "mine"
