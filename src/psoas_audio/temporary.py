"""Temporary folders, and the removal of those left behind by killed processes."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
_PREFIX = "psoas-audio-"
_OURS = re.compile(rf"{_PREFIX}(\d{{1,10}})-\w+")
"""Names of our folders, with the id of the process that made them."""
_STALE_AFTER_S = 3600.0
"""Seconds since the last change after which the folder of a dead process is removed."""


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """A context manager for a new folder that is removed at the end; raises ``OSError``."""
    return _in_first_folder(
        lambda folder: tempfile.TemporaryDirectory(prefix=_prefix(), dir=folder)
    )


def make_temporary_folder() -> str:
    """A new folder, which the caller must remove; raises ``OSError``."""
    return _in_first_folder(lambda folder: tempfile.mkdtemp(prefix=_prefix(), dir=folder))


def is_temporary_folder(path: str) -> bool:
    """Whether *path* has the name of a folder that this module makes, so that it may be removed."""
    return _OURS.fullmatch(Path(path).name) is not None


def remove_abandoned_folders() -> int:
    """Remove folders of this user's ended processes and return how many were removed.

    Folders changed within the last hour are left alone: another machine that shares the temporary
    folder may have processes that aren't visible here.
    """
    removed = 0
    with contextlib.suppress(OSError):
        for path in Path(_folders()[0]).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                if _is_abandoned(path):
                    shutil.rmtree(path)
                    removed += 1
    return removed


def _in_first_folder(make: Callable[[str], _T]) -> _T:
    """What *make* gives for the first folder in which it can."""
    *others, last = _folders()
    for folder in others:
        with contextlib.suppress(OSError):
            return make(folder)
    return make(last)


def _folders() -> list[str]:
    """Folders for temporary files, the one to use first.

    They are those of ``tempfile.gettempdir``. That writes a file into a folder to try it, which
    would stay if a signal came before it is removed.
    """
    if tempfile.tempdir is not None or os.name != "posix":
        return [tempfile.gettempdir()]
    named = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    known = [*(str(Path(n).absolute()) for n in named if n), "/tmp", "/var/tmp", "/usr/tmp"]
    usable = [folder for folder in known if os.access(folder, os.W_OK | os.X_OK)]
    return [folder for folder in usable if Path(folder).is_dir()] or [str(Path.cwd())]


def _prefix() -> str:
    return f"{_PREFIX}{os.getpid()}-"


def _is_abandoned(path: Path) -> bool:
    ours = _OURS.fullmatch(path.name)
    if ours is None or not hasattr(os, "getuid"):  # Windows: no safe check whether a process runs
        return False
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        return False
    return abs(time.time() - status.st_mtime) > _STALE_AFTER_S and not _is_running(int(ours[1]))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True
