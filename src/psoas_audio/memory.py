"""How much freed memory the system's allocator keeps. Has an effect with glibc only."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_MMAP_THRESHOLD, _TRIM_THRESHOLD, _ARENA_MAX = -3, -1, -8
"""Parameters of glibc's ``mallopt``."""

_LARGE_BYTES = 2 << 20
"""More than any array that mixing or encoding a block allocates again and again. Memory of smaller
pieces is kept, up to 8 times this: returning it each time would cost a tenth of the time."""


def configure_allocator() -> None:
    """Have large pieces of memory returned to the system as soon as they are freed.

    glibc would keep up to 64 MB in each thread's arena. Call it in processes of our own only: it
    affects the whole process.
    """
    library = _glibc()
    if library is not None:
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        library.mallopt(_TRIM_THRESHOLD, 8 * _LARGE_BYTES)


def release_free_memory() -> None:
    """Return all free memory now: between two phases that need memory for different things."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    """The C library of this process, if it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
