"""A render in which system calls fail, as ``strace`` injects it: which calls there are, and how.

The *n*-th call of a kind fails in each thread and process of the render that makes as many, so that
several may fail in one run. What the kernel would not have done isn't done either: a file whose
``close`` fails stays open.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desk import Desk

ERRORS = {
    "openat": ("EIO", "ENOSPC", "EACCES", "EMFILE", "ENOMEM", "EINTR"),
    "read": ("EIO", "EINTR"),
    "pread64": ("EIO", "EINTR"),
    "write": ("EIO", "ENOSPC", "EINTR"),
    "lseek": ("EIO",),
    "stat": ("EIO", "EACCES"),
    "access": ("EACCES",),
    "newfstatat": ("EIO", "EACCES", "ENOMEM"),
    "fstat": ("EIO",),
    "statx": ("EIO", "EACCES"),
    "getdents64": ("EIO",),
    "readlink": ("EIO", "EACCES"),
    "getcwd": ("ENOENT", "EACCES"),
    "fsync": ("EIO", "ENOSPC", "EINTR"),
    "ftruncate": ("EIO", "ENOSPC"),
    "rename": ("EIO", "EACCES", "ENOSPC"),
    "link": ("EIO", "EACCES", "EPERM"),
    "linkat": ("EIO", "EACCES", "EPERM"),
    "unlink": ("EIO", "EACCES"),
    "unlinkat": ("EIO", "EACCES"),
    "rmdir": ("EIO", "EACCES"),
    "mkdir": ("EIO", "ENOSPC", "EACCES"),
    "chmod": ("EIO", "EPERM"),
    "fchmod": ("EIO", "EPERM"),
    "utimensat": ("EIO", "EACCES"),
    "flock": ("ENOLCK", "EIO", "EINTR"),
    "fcntl": ("EINVAL", "EMFILE"),
    "dup": ("EMFILE",),
    "dup2": ("EMFILE", "EINTR"),
    "memfd_create": ("EMFILE",),
    "epoll_create1": ("EMFILE",),
    "pipe2": ("EMFILE", "ENFILE"),
    "close": ("EIO", "EINTR"),
    "vfork": ("EAGAIN", "ENOMEM"),
    "clone": ("EAGAIN", "ENOMEM"),
    "clone3": ("EAGAIN", "ENOMEM"),
    "execve": ("EACCES", "ENOMEM"),
    "wait4": ("EINTR",),
    "poll": ("EINTR", "ENOMEM"),
    "getrandom": ("EINTR",),
    "kill": ("EPERM",),
    "ioctl": ("ENOTTY",),
    "statfs": ("EIO",),
    "sched_getaffinity": ("EINVAL",),
    "madvise": ("ENOMEM",),
    "mmap": ("ENOMEM",),
    "mprotect": ("ENOMEM",),
    "brk": ("ENOMEM",),
}
"""How each kind of call may fail; kinds that a render doesn't make are left out."""

MEMORY = {"mmap", "mprotect", "brk"}
"""Calls over which a library of C may end the process."""


class Injection(NamedTuple):
    """The *when*-th *call* of every thread fails with *error*."""

    call: str
    when: int
    error: str

    @property
    def options(self) -> list[str]:
        """What ``strace`` is given."""
        fault = f"inject={self.call}:error={self.error}:when={self.when}"
        return ["-o", "/dev/null", "-e", f"trace={self.call}", "-e", fault]


@cache
def is_possible() -> bool:
    """Whether ``strace`` is installed and may trace processes here."""
    try:
        done = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def calls_of(desk: Desk) -> dict[str, int]:
    """How many calls of each kind a render makes, in the thread that makes most of them."""
    log = desk.folder / "strace"
    ended = desk.render(fault={"strace": ["-o", str(log)]})
    assert ended.status == 0, ended.stderr
    return most_in_a_thread(log)


def most_in_a_thread(log: Path) -> dict[str, int]:
    """The same, from a log of ``strace -f``."""
    counts: Counter[tuple[str, str]] = Counter(
        (found[1], found[2])
        for line in log.read_text(errors="replace").splitlines()
        if (found := re.match(r"(\d+) +(\w+)\(", line))
    )
    most: dict[str, int] = {}
    for (_, call), count in counts.items():
        most[call] = max(most.get(call, 0), count)
    return most


def every_injection(most: dict[str, int]) -> list[Injection]:
    """All that can be injected where a thread makes *most* calls of each kind."""
    return [
        Injection(call, when, error)
        for call, errors in ERRORS.items()
        for when in range(1, most.get(call, 0) + 1)
        for error in errors
    ]


def sample(most: dict[str, int], count: int, seed: int) -> list[Injection]:
    """*count* injections, each kind of call as often as any other as far as it has enough."""
    choose = random.Random(seed)
    by_call: dict[str, list[Injection]] = {}
    for injection in every_injection(most):
        by_call.setdefault(injection.call, []).append(injection)
    for injections in by_call.values():
        choose.shuffle(injections)
    chosen: list[Injection] = []
    while by_call and len(chosen) < count:
        for call in list(by_call):
            chosen.append(by_call[call].pop())
            if not by_call[call]:
                del by_call[call]
    return chosen[:count]


def spread(most: dict[str, int], count: int) -> list[Injection]:
    """For each error of each kind of call the first, the last, and *count* calls between them."""
    chosen: dict[Injection, None] = {}
    for injection in every_injection(most):
        last = most[injection.call]
        steps = range(count + 2)
        if injection.when in {1 + round((last - 1) * step / (count + 1)) for step in steps}:
            chosen[injection] = None
    return list(chosen)
