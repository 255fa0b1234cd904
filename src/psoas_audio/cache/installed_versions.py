"""The versions of installed packages, kept in the cache.

Python's own look-up parses the whole description of a package, and loads the parser for e-mail that
it needs: 25 ms for those here, a tenth of a render in which nothing has changed.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from psoas_audio.cache.best_effort import BestEffortCache
from psoas_audio.cache.local import Cache, default_folder

_PACKAGES = (
    "espeakng-loader", "mutagen", "num2words", "numpy", "pedalboard", "pillow", "piper-tts",
    "pyttsx3", "soundfile", "soxr",
)  # fmt: skip
"""Those whose results get into a session or its outputs."""


@cache
def installed_versions() -> Mapping[str, str]:
    """The version of each package whose results get into a session, if it is installed."""
    parts = {"kind": "installed versions", "of": _PACKAGES, "folders": _folders()}
    kept = BestEffortCache(Cache(default_folder()))
    found: dict[str, str] = json.loads(kept.get_or_make(parts, _look_up))
    return found


def _folders() -> list[tuple[str, int]]:
    """The folders that packages are installed in, and when the entries of each last changed.

    Installing, updating or removing a package adds or removes entries. The current folder is left
    out: it changes with every file that is rendered into it.
    """
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        here = None
    folders = []
    for folder in map(Path, filter(None, sys.path)):
        if folder != here:
            with contextlib.suppress(OSError):  # it doesn't exist
                folders.append((str(folder), folder.stat().st_mtime_ns))
    return folders


def _look_up() -> bytes:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return json.dumps(found).encode()
