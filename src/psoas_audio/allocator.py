"""What the system's allocator keeps of memory that was given back. Of use with glibc alone."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_MMAP_THRESHOLD, _TRIM_THRESHOLD, _ARENA_MAX = -3, -1, -8
"""Numbers of glibc's ``mallopt``."""

_LARGE = 2 << 20
"""Bytes: more than any array that mixing or encoding a block makes again and again. What is
smaller stays, up to 8 times that: going back and forth would cost a tenth of the time."""


def keep_little() -> None:
    """For a process of ours: let large pieces of memory go back to the system when freed.

    glibc would keep up to 64 MB in each thread's arena.
    """
    library = _glibc()
    if library is not None:
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, 8 * _LARGE)


def give_back() -> None:
    """Let all that is free go back now: between two phases that need memory for other things."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    """The C library of this process, where it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
