"""An executor of local processes that live and die alone.

The standard library's pool is lost as a whole when one of its processes dies. Here each has a
pipe of its own: the job it was at fails, the others go on, and a new process takes its place.
None outlives this one, however it ends.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, TypeVar

from psoas_audio.allocator import keep_little
from psoas_audio.batch.progress import News, ignore, open_channel
from psoas_audio.processors import cpu_count

T = TypeVar("T")
_PATIENCE = 10.0
"""Seconds for a process to put away what it had open, before it is killed."""
_SPAWN = multiprocessing.get_context("spawn")


class WorkerLost(BrokenExecutor):
    """A worker's process died; the executor itself goes on."""


class Workers(Executor):
    """Processes that each do one thing at a time; made when first needed."""

    def __init__(self, count: int | None = None, hear: Callable[[News], Any] = ignore) -> None:
        """*count*: one a core unless told; *hear* gets the renders' news, from any thread."""
        self.count = count or cpu_count()
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="batch")
        self._hear = hear
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False
        self._guard = threading.Lock()

    def begin(self, count: int, module: str) -> None:
        """Start *count* processes, or all where that is fewer, and have them load *module*."""
        for _ in range(min(count, self.count)):
            self.submit(_load, module)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have a worker call *fn*; its future raises :class:`WorkerLost` if the worker dies."""
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers; with *cancel_futures* those at work are not waited for."""
        if cancel_futures:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._end()
        self._threads.shutdown(wait)
        if wait:
            self._end()

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
            result: T = worker.call(fn, args, kwargs, self._hear)
            return result

    @contextlib.contextmanager
    def _worker(self) -> Iterator[_Worker]:
        with self._guard:
            if self._closed:
                raise WorkerLost("the workers were called off")
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

    def _end(self) -> None:
        with self._guard:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.end()


class _Worker:
    """One process, seen from ours."""

    def __init__(self) -> None:
        self.usable = True
        """Whether it was not lost."""
        self._ours, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        with _uninterrupted():
            self._process.start()
        theirs.close()

    def call(
        self,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        hear: Callable[[News], Any],
    ) -> Any:
        """What *fn* returns or raises there; its news go to *hear*."""
        message = pickle.dumps((fn, args, kwargs))
        try:
            self._ours.send_bytes(message)
            while True:
                kind, value = self._ours.recv()
                if kind != "news":
                    break
                hear(value)
        except (EOFError, OSError):
            self.usable = False
            raise WorkerLost(self._fate()) from None
        if kind == "raised":
            raise value
        return value

    def stop(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def end(self) -> None:
        """See it end."""
        self._process.join(_PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._ours.close()

    def _fate(self) -> str:
        self._process.join(_PATIENCE)
        code = self._process.exitcode or 0
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"its process died ({signal.Signals(-code).name})"
        return f"its process ended by itself (exit code {code})"


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that Ctrl-C doesn't reach: they are ended by us, in order."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection) -> None:
    """A worker's life: do what comes, until nobody is there who wants it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    keep_little()
    open_channel(lambda news: pipe.send(("news", news)))
    with contextlib.suppress(EOFError, OSError):  # nobody is there any more
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def _load(module: str) -> None:
    importlib.import_module(module)


def _answer(message: bytes) -> bytes:
    try:
        fn, args, kwargs = pickle.loads(message)
        return pickle.dumps(("done", fn(*args, **kwargs)))
    except Exception as error:
        try:
            return pickle.dumps(("raised", error))
        except Exception:
            return pickle.dumps(("raised", RuntimeError(f"{type(error).__name__}: {error}")))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
