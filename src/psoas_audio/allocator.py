"""What the system's allocator keeps of memory that was given back."""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD, _TRIM_THRESHOLD, _ARENA_MAX = -3, -1, -8
"""Numbers of glibc's ``mallopt``."""

_LARGE = 2 << 20
"""Bytes: more than any array that mixing or encoding a block makes again and again; what is
smaller stays, up to 8 times that, as going back and forth costs a tenth of the time."""


def keep_little() -> None:
    """For a process of ours: have large blocks of memory go back to the system when freed.

    glibc would keep up to 64 MB in each thread's arena. Elsewhere than with glibc nothing changes.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    mallopt(_ARENA_MAX, 1)
    mallopt(_MMAP_THRESHOLD, _LARGE)
    mallopt(_TRIM_THRESHOLD, 8 * _LARGE)
