"""Messages between a speech worker and its parent: two lengths, a JSON object, and samples."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("<II")
"""Byte counts of the JSON and of the samples; unsigned 32-bit, little-endian."""
_MAX_PART_BYTES = 1 << 30
"""Limit of the JSON and of the samples; a larger count means that the stream is corrupt."""


def write_message(stream: BinaryIO, message: dict[str, Any], pcm: bytes = b"") -> None:
    """Send one message; raises ``OSError`` if the other side has closed the stream."""
    text = json.dumps(message).encode()
    stream.write(_LENGTHS.pack(len(text), len(pcm)) + text)
    stream.write(pcm)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Wait for one message; raises ``EOFError`` if the stream ends or is corrupt."""
    text_length, pcm_length = _LENGTHS.unpack(_read_exactly(stream, _LENGTHS.size))
    if max(text_length, pcm_length) > _MAX_PART_BYTES:
        raise EOFError
    try:
        message = json.loads(_read_exactly(stream, text_length))
    except ValueError:
        raise EOFError from None
    return message, _read_exactly(stream, pcm_length)


def _read_exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
