"""Opens sound files from untrusted sources for a decoder."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from psoas_audio.errors import SoundError
from psoas_audio.files import FileKind

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

MAX_SOUND_FILE_BYTES = 200_000_000
"""Bytes of a file."""

FORMATS_HINT = "Sounds are wav, flac, ogg or mp3 files; m4a and others need ffmpeg."
SOUND_FILE = FileKind(
    "sound file",
    MAX_SOUND_FILE_BYTES,
    f"Check that it exists and that you may read it. {FORMATS_HINT}",
    "Save it as FLAC or Ogg Vorbis, or cut it.",
    SoundError,
)

SESSION_FILE = FileKind("sound file", None, SOUND_FILE.hint, error=SoundError)
"""A finished session, which may last a day: for callers that read it in blocks."""


@contextmanager
def open_raw(
    path: Path, inside: Path | None = None, kind: FileKind = SOUND_FILE
) -> Iterator[BinaryIO]:
    """*path* opened for a decoder, as ``FileKind.open`` does it; raises the kind's error.

    Never waits (a FIFO would) and never follows a link out of *inside*.
    """
    with kind.open(path, inside=inside) as file, _Reader(file.detach()) as raw:
        try:
            yield raw
        except Exception as error:
            if raw.fault is None:
                raise
            raise kind.unreadable(raw.fault, str(path)) from error
        if raw.fault is not None:
            raise kind.unreadable(raw.fault, str(path)) from raw.fault


class _Reader(io.BufferedReader):
    """A file for libsndfile, which calls it back: what it raises would only be printed, and lost.

    An impossible seek, as a damaged header may cause, changes nothing: libsndfile checks the
    position afterwards. What the system refuses is kept in ``fault``.
    """

    fault: OSError | None = None

    def readinto(self, buffer: Buffer, /) -> int:
        try:
            return super().readinto(buffer)
        except OSError as error:
            self.fault = error
            return 0

    def tell(self) -> int:
        try:
            return super().tell()
        except OSError as error:
            self.fault = error
            return 0

    def seek(self, target: int, whence: int = os.SEEK_SET, /) -> int:
        try:
            return super().seek(target, whence)
        except ValueError:
            return self.tell()
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EOVERFLOW):
                self.fault = error
            return self.tell()
