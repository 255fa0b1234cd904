"""The timeline that a session's MP3 carries in its tag, compressed."""

from __future__ import annotations

import contextlib
import zlib
from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.files import FileKind
from psoas_audio.id3_reader import BadTagError, read_id3

TIMELINE_OWNER = "psoas-audio timeline"
"""The owner of the private frame (PRIV) that has the timeline, as ID3 calls it."""
MAX_TIMELINE_BYTES = 64 * 1024 * 1024
"""Bytes of a timeline's JSON; that of a session of hours has a few million."""
_MP3_FILE = FileKind("MP3 file", None)


def compress_timeline(text: str) -> bytes:
    """The timeline's JSON *text* as an MP3 carries it."""
    return zlib.compress(text.encode())


def embedded_timeline(mp3: Path) -> str | None:
    """The JSON text of the timeline that *mp3* carries; ``None`` if it has none.

    Nothing in the file is trusted: what is damaged, or unpacks to more than a timeline may have,
    counts as none.
    """
    with contextlib.suppress(PsoasError, OSError, BadTagError, ValueError, zlib.error):
        with _MP3_FILE.open(mp3) as file:
            data = read_id3(file).private.get(TIMELINE_OWNER, b"")
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(data, MAX_TIMELINE_BYTES)
        if unpacker.eof:
            return text.decode()
    return None
