"""Our side of isolation: workers that can be called, lost and replaced."""

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
from dataclasses import dataclass
from typing import Any

from psoas_audio.errors import SpeechError, system_hint, system_reason
from psoas_audio.speech import frames
from psoas_audio.temporary import make_temporary_folder


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an engine may take for one utterance."""

    start: float = 5.0
    """Seconds, whatever the text."""
    per_character: float = 0.05
    """Seconds more for each character."""

    def of(self, text: str) -> float:
        """Seconds for *text*."""
        return self.start + self.per_character * len(text)


class Worker:
    """One engine in a process of its own, in its own process group."""

    def __init__(self, reference: str) -> None:
        """Start it; *reference* is the engine's ``module:Class``. Raises ``SpeechError``."""
        self._folder = ""
        try:
            self._folder = make_temporary_folder()
            self._process = _start(reference, self._folder)
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise SpeechError(
                f"its process could not be started: {system_reason(error)}",
                hint=system_hint(error, "Close other programs and try again."),
            ) from error
        self._remains = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._late = False
        self._ended = False
        self._guard = threading.Lock()

    def call(self, message: dict[str, Any], limit: float) -> tuple[dict[str, Any], bytes]:
        """The answer and its samples; raises ``SpeechError`` after *limit* s or when it is lost.

        A worker that was lost is of no more use; one that answered with an error still is.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = threading.Timer(limit, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            frames.write(self._process.stdin, message)  # type: ignore[arg-type]
            answer, pcm = frames.read(self._process.stdout)  # type: ignore[arg-type]
        except (EOFError, OSError):
            self.kill()
            raise SpeechError(self._fate(limit)) from None
        finally:
            timer.cancel()
        if "error" in answer:
            raise SpeechError(answer["error"], hint=answer["hint"])
        return answer, pcm

    @property
    def usable(self) -> bool:
        """Whether it was not lost or killed."""
        return not self._ended

    def kill(self) -> None:
        """End it and all it started, now; its temporary files go too."""
        self._end_group()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._remains.detach()  # had we been interrupted, it would go at our end

    def _time_out(self) -> None:
        self._late = True
        self._end_group()

    def _end_group(self) -> None:
        with self._guard:
            if self._ended:  # its process id may be someone else's by now
                return
            self._ended = True
            with contextlib.suppress(OSError):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def _fate(self, limit: float) -> str:
        if self._late:
            return f"the engine did not answer within {limit:.3g} s"
        code = self._process.returncode
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"the engine crashed ({signal.Signals(-code).name})"
        return f"the engine ended by itself (exit code {code})"


def _start(reference: str, folder: str) -> subprocess.Popen[bytes]:
    # -P: a script's folder is often the current one, and may hold a json.py.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", __package__ + ".worker", reference, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


class Pool:
    """Workers by engine, made when none is idle; threads may share it."""

    def __init__(self, most: int = 64) -> None:
        """At most *most* workers are at work at once; who wants another waits."""
        self._free = threading.Semaphore(most)
        self._idle: dict[str, list[Worker]] = {}
        self._all: set[Worker] = set()
        self._closed = False
        self._guard = threading.Lock()

    @contextlib.contextmanager
    def worker(self, reference: str, *, fresh: bool = False) -> Iterator[Worker]:
        """A worker for nobody else meanwhile; *fresh*: a new one, whatever is idle."""
        with self._free:
            with self._guard:
                if self._closed:
                    raise SpeechError("the speech was cancelled")
                idle = self._idle.setdefault(reference, [])
                worker = idle.pop() if idle and not fresh else Worker(reference)
                self._all.add(worker)
            try:
                yield worker
            finally:
                with self._guard:
                    if worker.usable:
                        self._idle[reference].append(worker)
                    else:
                        self._all.discard(worker)

    def close(self) -> None:
        """End every worker, busy ones too; calls under way raise ``SpeechError``."""
        with self._guard:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.kill()
