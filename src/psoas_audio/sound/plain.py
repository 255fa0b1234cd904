"""Opening a file that may come from a stranger: a plain one of a sane size, or none."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from psoas_audio.errors import SoundError

MAX_BYTES = 200_000_000
"""Bytes of a file."""

FORMATS = "Sounds are wav, flac, ogg or mp3 files; m4a and others need ffmpeg."
THERE = "See that the file is there and that you may read it."
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
"""Flags that a system lacks are left out: Windows has no FIFOs that a path could name."""


@contextmanager
def open_plain(path: Path, inside: Path | None, most: int = MAX_BYTES) -> Iterator[BinaryIO]:
    """*path* opened for reading, once it is known to be a plain file of a sane size.

    Never waits (a FIFO would) and never follows a link out of *inside*.
    """
    where = str(path)
    try:
        real = path.resolve(strict=True)
        if inside is not None and not real.is_relative_to(inside.resolve(strict=True)):
            raise SoundError(
                f"the sound lies outside the folder {inside}",
                where=where,
                hint="Copy it into that folder.",
            )
        descriptor = os.open(real, _FLAGS)
    except FileNotFoundError as fault:
        raise SoundError("there is no such sound file", where=where, hint=THERE) from fault
    except (OSError, RuntimeError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "its name can't be used"
        raise SoundError(
            f"the sound can't be opened: {reason.lower()}", where=where, hint=THERE
        ) from fault
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise SoundError("this is not a plain file", where=where, hint=FORMATS)
        if status.st_size > most:
            raise SoundError(
                f"the file has {status.st_size:,} bytes; {most:,} are the most",
                where=where,
                hint="Save it as FLAC or Ogg Vorbis, or cut it.",
            )
    except SoundError:
        os.close(descriptor)
        raise
    with _Reader(io.FileIO(descriptor)) as raw:
        yield raw


class _Reader(io.BufferedReader):
    """A file that damaged headers may send anywhere: a seek that can't be stays where it is.

    libsndfile asks where it is afterwards; an exception would only be printed, as a traceback.
    """

    def seek(self, target: int, whence: int = os.SEEK_SET, /) -> int:
        try:
            return super().seek(target, whence)
        except (OSError, ValueError):
            return self.tell()
