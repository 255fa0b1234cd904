"""Keeps a decoder's own notes from the user: libmpg123 prints some about damaged files."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator

_STDERR = 2
_guard = threading.Lock()
_at_work = 0
"""Calls within :func:`quiet`, in all threads."""
_kept = -1
"""A descriptor of the standard error stream meanwhile."""


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Nothing that this process prints on descriptor 2 is seen.

    All threads share the descriptor, so this is for single calls of a decoder. Where it can't be
    redirected, what is printed is seen.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _at_work, _kept
    with _guard:
        _at_work += 1
        if _at_work > 1:
            return
        with contextlib.suppress(OSError):
            null = os.open(os.devnull, os.O_WRONLY)
            try:
                _kept = os.dup(_STDERR)
                os.dup2(null, _STDERR, inheritable=True)
            finally:
                os.close(null)


def _leave() -> None:
    global _at_work, _kept
    with _guard:
        _at_work -= 1
        if _at_work or _kept < 0:
            return
        with contextlib.suppress(OSError):
            os.dup2(_kept, _STDERR, inheritable=True)
            os.close(_kept)
        _kept = -1
