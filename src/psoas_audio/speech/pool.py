"""The parent side of engine isolation: worker processes that are called and replaced."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from psoas_audio.errors import SpeechError, system_hint, system_reason
from psoas_audio.speech.engine import THREADS_VARIABLE, FinalError
from psoas_audio.speech.worker_messages import read_message, write_message
from psoas_audio.temporary import make_temporary_folder

_REPORTS_NOTHING = {"ORT_DISABLE_TELEMETRY": "1"}
"""Environment variables that keep libraries of engines from reporting their use to their makers:
onnxruntime does on Linux too, from 1.32 on."""


class Limits(NamedTuple):
    """Time limits for one utterance, in seconds."""

    start: float = 60.0
    """Seconds for any text: a neural voice is loaded first, which a busy machine takes long for."""
    per_character: float = 0.5
    """Additional seconds per character."""

    def of(self, text: str) -> float:
        """The limit for *text* in seconds."""
        return self.start + self.per_character * len(text)


class Worker:
    """One engine in its own process and process group."""

    def __init__(self, reference: str, threads: int = 1) -> None:
        """Start the process; *reference* is the engine's ``module:Class``, which may use so many
        *threads*.

        Raises ``SpeechError`` if it can't be started.
        """
        try:
            self._folder = make_temporary_folder()
            # Before the process starts, which takes long enough for a signal to come.
            self._finalizer = weakref.finalize(
                self, shutil.rmtree, self._folder, ignore_errors=True
            )
            self._process = _start(reference, self._folder, threads)
        except OSError as error:
            raise SpeechError(
                f"its process could not be started: {system_reason(error)}",
                hint=system_hint(error, "Close other programs and try again."),
            ) from error
        self._timed_out = False
        self._ended = False
        self._lock = threading.Lock()

    def call(self, message: dict[str, Any], limit: float) -> tuple[dict[str, Any], bytes]:
        """Send *message* and return the answer and its samples.

        Raises ``SpeechError`` if the engine answers with an error, doesn't answer within *limit*
        seconds, or ends. The worker stays usable only in the first case; the error is a
        ``FinalError`` then if asking again wouldn't help.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = threading.Timer(limit, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            write_message(self._process.stdin, message)  # type: ignore[arg-type]
            answer, pcm = read_message(self._process.stdout)  # type: ignore[arg-type]
        except (EOFError, OSError):
            self.kill()
            raise SpeechError(self._failure(limit)) from None
        finally:
            timer.cancel()
        if "error" in answer:
            kind = FinalError if answer.get("final") else SpeechError
            raise kind(answer["error"], hint=answer["hint"])
        return answer, pcm

    def load(self, message: dict[str, Any]) -> None:
        """Have the engine load what it needs for *message*, without waiting for it. What fails then
        fails again at the first call."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            write_message(self._process.stdin, message | {"do": "load"})  # type: ignore[arg-type]

    @property
    def usable(self) -> bool:
        """Whether the process can still be called."""
        return not self._ended

    def kill(self) -> None:
        """Kill the process and all its children, and remove its temporary files."""
        self._end_group()
        self._close(self._process.stdin)  # a process that couldn't be killed ends itself then
        self._process.wait()
        self._close(self._process.stdout)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._finalizer.detach()  # it runs at exit if this is interrupted

    def _close(self, stream: IO[bytes] | None) -> None:
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()

    def _time_out(self) -> None:
        self._timed_out = True
        self._end_group()

    def _end_group(self) -> None:
        with self._lock:
            if self._ended:  # the process id may have been reused
                return
            self._ended = True
            with contextlib.suppress(OSError):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def _failure(self, limit: float) -> str:
        if self._timed_out:
            return f"the engine did not answer within {limit:.3g} s"
        code = self._process.returncode
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"the engine crashed ({signal.Signals(-code).name})"
        return f"the engine exited unexpectedly (exit code {code})"


def _start(reference: str, folder: str, threads: int) -> subprocess.Popen[bytes]:
    # -P: the current folder is often that of a script, and may contain a json.py.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", __package__ + ".worker", reference, folder],
        env=_REPORTS_NOTHING | os.environ | {THREADS_VARIABLE: str(threads)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


class Pool:
    """Workers by engine, started when none is idle. Thread-safe."""

    def __init__(self, max_busy: int = 64, threads: int = 1) -> None:
        """At most *max_busy* workers are busy at once; further callers wait. The engine of each may
        use so many *threads*."""
        self.threads = threads
        self._slots = threading.Semaphore(max_busy)
        self._idle: dict[str, list[Worker]] = {}
        self._all: set[Worker] = set()
        self._closed = False
        self._lock = threading.Lock()

    def load(self, reference: str, message: dict[str, Any], count: int) -> None:
        """Have *count* idle workers, started if necessary, load what they need for *message*.

        Fewer if the system allows no more.
        """
        with self._lock, contextlib.suppress(SpeechError):
            idle = self._idle.setdefault(reference, [])
            while len(idle) < count and not self._closed:
                worker = Worker(reference, self.threads)
                self._all.add(worker)
                idle.append(worker)
                worker.load(message)

    @contextlib.contextmanager
    def worker(self, reference: str, *, fresh: bool = False) -> Iterator[Worker]:
        """Lend an idle worker for exclusive use, or a new one; always a new one with *fresh*."""
        with self._slots:
            with self._lock:
                if self._closed:
                    raise SpeechError("the speech was cancelled")
                idle = self._idle.setdefault(reference, [])
                worker = idle.pop() if idle and not fresh else Worker(reference, self.threads)
                self._all.add(worker)
            try:
                yield worker
            finally:
                with self._lock:
                    if worker.usable:
                        self._idle[reference].append(worker)
                    else:
                        self._all.discard(worker)

    def close(self) -> None:
        """Kill all workers, including busy ones, whose calls raise ``SpeechError``."""
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.kill()
