"""Reads the files of a script: only regular files, and only up to a size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.script.source.characters import MAX_SCRIPT_BYTES


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of the file *path*, called *shown* in messages.

    Raises ``PsoasError`` for a file that is missing, unreadable or larger than
    ``MAX_SCRIPT_BYTES``, and for a folder, a device or a pipe.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)  # a pipe without a writer must not block
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "the name can't be used"
        raise _unreadable(reason, shown) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise PsoasError(
                "the script isn't a file.", where=shown, hint="Write the name of a .yaml file."
            )
        if status.st_size > MAX_SCRIPT_BYTES:
            raise PsoasError(
                f"the script has {status.st_size:,} bytes; at most {MAX_SCRIPT_BYTES:,} are read.",
                where=shown,
                hint="Move parts of it into blocks of their own.",
            )
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MAX_SCRIPT_BYTES + 1)
    except OSError as fault:
        raise _unreadable(fault.strerror or str(fault), shown) from None
    finally:
        os.close(handle)


def _unreadable(reason: str, shown: str) -> PsoasError:
    return PsoasError(
        f"the script can't be read: {reason.lower()}.",
        where=shown,
        hint="Check that the file is there and that you may read it.",
    )
