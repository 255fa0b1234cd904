"""Starts, interrupts and ends the process of a command: signals, memory, exit status."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from psoas_audio.memory import configure_allocator

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 plus the number of SIGINT, as shells count it."""


def tune() -> None:
    """Set up a process that runs one command and ends; call it before numpy is imported."""
    # What a command loads and plans is needed until it ends. Looking through it for garbage finds
    # none, and would take a tenth of the time of a render in which little has changed.
    gc.set_threshold(200_000)
    # numpy would start a thread per core for products of matrices, of which there are hardly any
    # here: a fifth of the CPU time of a render in which little has changed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    configure_allocator()


def open_standard_streams() -> None:
    """Open those of the standard streams that are closed (``2>&-``) on the null device.

    Otherwise a file that is opened later gets the descriptor, and what is meant for the stream goes
    there; and Python has ``None`` in place of the stream.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            if opened != descriptor:
                os.close(opened)
                break
            os.set_inheritable(descriptor, True)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def handle_signals() -> None:
    """Have SIGINT, SIGTERM and SIGHUP unwind the stack, so that temporary files are removed.

    A second signal ends the process at once. Signals that are ignored already (``nohup``) stay so.
    """
    sys.unraisablehook = _on_unraisable
    _set(_handled_signals(), _unwind)


def exit_with(status: int) -> NoReturn:
    """Exit with *status* at once, as everything is written by now.

    Freeing a command's objects one by one would take a twentieth of the time of a render in which
    little has changed: the memory goes with the process.
    """
    handled = _handled_signals()
    _set(handled, signal.SIG_IGN)  # what follows removes temporary files, and is soon done
    atexit._run_exitfuncs()
    _set(handled, _end_at_once)  # a stream may wait for its reader
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError):  # its reader has gone, or it is closed
            stream.flush()
    os._exit(status)


def _set(numbers: Iterable[int], handler: Any) -> None:
    for number in numbers:
        signal.signal(number, handler)


def _handled_signals() -> list[int]:
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]


_RESEND_DELAY_S = 0.1

_received: list[int] = []
"""The signals that unwound the stack."""


def signal_status() -> int | None:
    """The exit status of the signal that unwinds the stack; ``None`` if there was none.

    What fails while the stack unwinds, such as a worker that got the signal too, isn't an error.
    """
    return 128 + _received[0] if _received else None


_failed_threads: list[str] = []
"""What Python told of threads for which there was no memory."""


def _unwind(number: int, _frame: FrameType | None) -> None:
    if _failed_threads:
        raise MemoryError(_failed_threads[0])
    _received.append(number)
    _set(_handled_signals(), _end_at_once)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def _end_at_once(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)


def _on_unraisable(ignored: sys.UnraisableHookArgs) -> None:
    """Send a signal again that came where Python ignores what is raised, as in a finalizer; end the
    command where a thread had no memory to start, for which Python would wait for ever."""
    message = ignored.err_msg or ""
    if _received and issubclass(ignored.exc_type, KeyboardInterrupt | SystemExit):
        number = _received.pop()
        handle_signals()
        threading.Timer(_RESEND_DELAY_S, _send, (number,)).start()
    elif issubclass(ignored.exc_type, MemoryError) and "in thread started" in message:
        # github.com/python/cpython/issues/140746
        try:
            _failed_threads.append(message)
            for thread in list(getattr(threading, "_limbo", ())):
                thread._started.set()
        finally:  # there may be no memory for that either
            _send(signal.SIGTERM)
    else:
        sys.__unraisablehook__(ignored)


def _send(number: int) -> None:
    """Send a signal to this process, in a way that interrupts a wait where the system can."""
    if os.name == "posix":
        os.kill(os.getpid(), number)
    else:
        signal.raise_signal(number)
