"""How the process of a command is tuned, interrupted and ended."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
from types import FrameType
from typing import NoReturn

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


def handle_signals() -> None:
    """Have SIGINT, SIGTERM and SIGHUP unwind the stack, so that temporary files are removed.

    A second signal ends the process at once. Signals that are ignored already (``nohup``) stay so.
    """
    for number in _handled_signals():
        signal.signal(number, _unwind)


def exit_with(status: int) -> NoReturn:
    """Exit with *status* at once, as everything is written by now.

    Freeing a command's objects one by one would take a twentieth of the time of a render in which
    little has changed: the memory goes with the process.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError):  # its reader has gone, or it is closed
            stream.flush()
    os._exit(status)


def _handled_signals() -> list[int]:
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]


_RESEND_DELAY_S = 0.01

_received: list[int] = []
"""The signals that unwound the stack."""


def signal_status() -> int | None:
    """The exit status of the signal that unwinds the stack; ``None`` if there was none.

    What fails while the stack unwinds, such as a worker that got the signal too, is no error.
    """
    return 128 + _received[0] if _received else None


def _unwind(number: int, frame: FrameType | None) -> None:
    if _is_in_finalizer(frame):
        # Python prints and ignores what a finalizer raises: the signal comes again after it.
        threading.Timer(_RESEND_DELAY_S, _send, (number,)).start()
        return
    _received.append(number)
    for each in _handled_signals():
        signal.signal(each, lambda number, _: os._exit(128 + number))
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def _is_in_finalizer(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False


def _send(number: int) -> None:
    """Send a signal to this process, in a way that interrupts a wait where the system can."""
    if os.name == "posix":
        os.kill(os.getpid(), number)
    else:
        signal.raise_signal(number)
