"""Messages between us and a worker: a length, JSON, and the samples that belong to it."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("<II")
"""Bytes of JSON, bytes of samples; little-endian."""
_MAX_FRAME_BYTES = 1 << 30
"""Bytes; more than this is not one of our messages."""


def write(stream: BinaryIO, message: dict[str, Any], pcm: bytes = b"") -> None:
    """Send one message; raises ``OSError`` when nobody listens."""
    text = json.dumps(message).encode()
    stream.write(_LENGTHS.pack(len(text), len(pcm)) + text)
    stream.write(pcm)
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Wait for one message; raises ``EOFError`` at the end, in the middle of one, or at noise."""
    text_length, pcm_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if max(text_length, pcm_length) > _MAX_FRAME_BYTES:
        raise EOFError
    try:
        message = json.loads(_exactly(stream, text_length))
    except ValueError:
        raise EOFError from None
    return message, _exactly(stream, pcm_length)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
