"""The process of a worker: ``python -m psoas_audio.batch.worker``.

Answers calls that come through its standard input, one at a time, and ends as soon as that is
closed: when the batch has ended, or was killed. What is printed meanwhile goes to standard error.
"""

from __future__ import annotations

import errno
import os
import pickle
import queue
import signal
import sys
import threading
from typing import BinaryIO

from psoas_audio.batch.progress import open_channel
from psoas_audio.batch.worker_messages import receive, send
from psoas_audio.memory import configure_allocator


def main() -> None:
    """Answer until the standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    configure_allocator()
    calls, answers = _private_streams()
    lock = threading.Lock()

    def answer(message: bytes) -> None:
        with lock:
            send(answers, message)

    pending: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    open_channel(lambda event: answer(pickle.dumps(("progress", event))))
    try:
        threading.Thread(target=_listen, args=(calls, pending), daemon=True).start()
        sys.path[:] = pickle.loads(pending.get())
        while True:
            answer(_result(pending.get()))
    except RuntimeError:  # the system allows no more threads
        receive(calls)
        receive(calls)
        answer(pickle.dumps(("raised", OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)))))
    except OSError:  # the batch has gone
        sys.exit(1)


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Copies of standard input and output, which then lead to nothing and to standard error."""
    calls, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    return os.fdopen(calls, "rb"), os.fdopen(answers, "wb")


def _listen(calls: BinaryIO, pending: queue.SimpleQueue[bytes]) -> None:
    """Queue calls; at the end of the stream, have the process clean up and end."""
    try:
        while True:
            pending.put(receive(calls))
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)


def _result(call: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(call)
        return pickle.dumps(("done", function(*args, **kwargs)))
    except Exception as error:
        try:
            return pickle.dumps(("raised", error))
        except Exception:
            return pickle.dumps(("raised", RuntimeError(f"{type(error).__name__}: {error}")))


if __name__ == "__main__":
    main()
