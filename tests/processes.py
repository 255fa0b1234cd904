"""Processes that a test has started: which there are, and whether they have ended (Linux)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and wasn't waited for doesn't."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def children_of(pid: int) -> set[int]:
    """Processes that *pid* started."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread has ended meanwhile
            found.update(map(int, task.read_text().split()))
    return found


def descendants(pid: int) -> set[int]:
    """Processes that *pid* started, those that these started, and so on."""
    children = children_of(pid)
    return children.union(*map(descendants, children))


def wait_for_end(pids: Iterable[int], seconds: float = 20.0) -> set[int]:
    """Those of *pids* that are still alive after so many seconds."""
    until = time.monotonic() + seconds
    while (left := {pid for pid in pids if is_alive(pid)}) and time.monotonic() < until:
        time.sleep(0.02)
    return left
