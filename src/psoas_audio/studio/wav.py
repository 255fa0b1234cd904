"""A WAV file that is mixed while it is read."""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterator

from psoas_audio.mix import TRACKS
from psoas_audio.playback.growing import GrowingMixdown
from psoas_audio.playback.mixdown import Mixdown
from psoas_audio.timeline.model import TrackName
from psoas_audio.units import SAMPLE_RATE

HEAD = 44
"""Bytes of the header before the sound."""
_FIRST, _BLOCK = SAMPLE_RATE // 4, 2 * SAMPLE_RATE
"""Samples mixed at a time: first a shorter piece, so that playback starts sooner."""


class MixdownWav:
    """*tracks* of a session as the bytes of a 16-bit WAV file."""

    def __init__(
        self, mixdown: Mixdown | GrowingMixdown, tracks: Collection[TrackName] = TRACKS
    ) -> None:
        self._mixdown, self._tracks = mixdown, tracks
        self._frame = 2 * mixdown.channels

    @property
    def size(self) -> int:
        """The size of the whole file in bytes."""
        return HEAD + self._mixdown.length * self._frame

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Bytes *start* to *stop*, in pieces; waits for lines that are still being spoken."""
        if start < HEAD:
            yield self._head()[start:stop]
            start = HEAD
        frame, size = self._frame, _FIRST
        while start < stop:
            first = (start - HEAD) // frame
            last = min(self._mixdown.length, first + size)
            skip = start - HEAD - first * frame
            piece = self._mixdown.pcm(first, last, self._tracks)[skip : skip + stop - start]
            yield piece
            start, size = start + len(piece), _BLOCK

    def _head(self) -> bytes:
        channels, sound = self._mixdown.channels, self.size - HEAD
        rates = (SAMPLE_RATE, SAMPLE_RATE * self._frame, self._frame, 16)
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, *rates)
        return (
            struct.pack("<4sI4s", b"RIFF", self.size - 8, b"WAVE")
            + form
            + struct.pack("<4sI", b"data", sound)
        )


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Start and stop of the bytes that a ``Range`` *header* asks for, of *size* bytes.

    ``None`` if it asks for everything, or in a way that we don't know; an empty range if it asks
    for bytes that don't exist.
    """
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", (header or "").strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size
    start = int(first)
    stop = min(size, int(last) + 1) if last else size
    return (start, stop) if start < min(stop, size) else (0, 0)
