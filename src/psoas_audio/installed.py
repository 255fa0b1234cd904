"""The versions of what is installed, as keys and reports tell them.

They are what ``importlib.metadata.version`` says. That loads a parser of e-mail, which takes a
tenth of a command's start: here one line of one file is read, and it is asked where that fails.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from pathlib import Path


@cache
def version(name: str) -> str | None:
    """The version of the distribution *name*; ``None`` where it isn't installed."""
    with contextlib.suppress(OSError, KeyError):
        lines = (
            Path(_folders()[_normal(name)], "METADATA").read_text("utf-8", "replace").splitlines()
        )
        told = next((line for line in lines if line.startswith("Version:")), None)
        if told is not None:
            return told.removeprefix("Version:").strip()
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as asked

    try:
        return asked(name)
    except PackageNotFoundError:
        return None


@cache
def _folders() -> dict[str, str]:
    """Where each installed distribution tells of itself, by its name; the first on the path."""
    found: dict[str, str] = {}
    for place in sys.path:
        with contextlib.suppress(OSError):
            for entry in os.scandir(place or "."):
                if entry.name.endswith(".dist-info"):
                    found.setdefault(_normal(entry.name.partition("-")[0]), entry.path)
    return found


def _normal(name: str) -> str:
    return name.replace("-", "_").replace(".", "_").lower()
