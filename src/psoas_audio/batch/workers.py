"""An executor of local processes that fail independently.

The standard library's pool is lost as a whole when one of its processes dies. Here each process has
its own pipe: if one dies, its job fails, the others go on, and a new process replaces it. None of
them outlives this process, however it ends.
"""

from __future__ import annotations

import contextlib
import importlib
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, TypeVar

from psoas_audio.batch.progress import ProgressEvent, ignore_event
from psoas_audio.batch.worker_messages import receive, send
from psoas_audio.cpu import cpu_count

T = TypeVar("T")
_SHUTDOWN_TIMEOUT_S = 10.0
"""Seconds that a process gets to clean up before it is killed."""


class WorkerLost(BrokenExecutor):
    """A worker's process died; the executor itself goes on."""


class Workers(Executor):
    """Processes that each do one thing at a time, started when first needed."""

    def __init__(
        self, count: int | None = None, on_progress: Callable[[ProgressEvent], Any] = ignore_event
    ) -> None:
        """*count* processes, by default one per core.

        *on_progress* gets the events of all renders, from several threads.
        """
        self.count = count or cpu_count()
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="batch")
        self._on_progress = on_progress
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False
        self._guard = threading.Lock()

    @property
    def process_ids(self) -> list[int]:
        """The ids of the processes that run."""
        with self._guard:
            return [worker.pid for worker in self._all if worker.usable]

    def preload(self, count: int, module: str) -> None:
        """Start *count* processes, or all if that is fewer, and have them import *module*."""
        for _ in range(min(count, self.count)):
            self.submit(_load, module)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have a worker call *fn*; its future raises :class:`WorkerLost` if the worker dies."""
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the workers; with *cancel_futures*, without waiting for those that are busy."""
        if cancel_futures:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._stop_all()
        self._threads.shutdown(wait)
        if wait:
            self._stop_all()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.shutdown(cancel_futures=kind is not None)
        except BaseException:
            self.shutdown(cancel_futures=True)
            raise

    def _call(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        with self._worker() as worker:
            result: T = worker.call(fn, args, kwargs, self._on_progress)
            return result

    @contextlib.contextmanager
    def _worker(self) -> Iterator[_Worker]:
        with self._guard:
            if self._closed:
                raise WorkerLost("the workers were stopped")
            worker = self._idle.pop() if self._idle else _Worker()
            self._all.add(worker)
        try:
            yield worker
        finally:
            with self._guard:
                if worker.usable:
                    self._idle.append(worker)
                else:
                    self._all.discard(worker)

    def _stop_all(self) -> None:
        with self._guard:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


class _Worker:
    """One process, seen from ours."""

    def __init__(self) -> None:
        """Start the process; raises ``OSError`` if that isn't possible."""
        self.usable = True
        """Whether the process is alive."""
        with _sigint_blocked():
            self._process = _start()
        with contextlib.suppress(OSError):  # the first call finds that it has ended
            self._send(pickle.dumps(sys.path))

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def call(
        self,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        on_progress: Callable[[ProgressEvent], Any],
    ) -> Any:
        """Return or raise what *fn* does there; its events go to *on_progress* meanwhile."""
        message = pickle.dumps((fn, args, kwargs))
        assert self._process.stdout is not None
        try:
            self._send(message)
            while True:
                kind, value = pickle.loads(receive(self._process.stdout))  # type: ignore[arg-type]
                if kind != "progress":
                    break
                on_progress(value)
        except (EOFError, OSError, ValueError):
            self.usable = False
            raise WorkerLost(self._cause_of_death()) from None
        if kind == "raised":
            raise value
        return value

    def terminate(self) -> None:
        """Ask the process to end."""
        self._process.terminate()

    def join(self) -> None:
        """Wait for the process to end; kill it if it takes too long."""
        try:
            self._process.wait(_SHUTDOWN_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _send(self, message: bytes) -> None:
        assert self._process.stdin is not None
        send(self._process.stdin, message)  # type: ignore[arg-type]

    def _cause_of_death(self) -> str:
        self.join()
        code = self._process.returncode
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"its process died ({signal.Signals(-code).name})"
        return f"its process exited unexpectedly (exit code {code})"


@contextlib.contextmanager
def _sigint_blocked() -> Iterator[None]:
    """Start processes that Ctrl-C doesn't reach: this process ends them, in order."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start() -> subprocess.Popen[bytes]:
    # -P: the current folder is often that of a script, and may contain a json.py.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "psoas_audio.batch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _load(module: str) -> None:
    importlib.import_module(module)
