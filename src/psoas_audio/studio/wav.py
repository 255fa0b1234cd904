"""A WAV file that exists only where it is read."""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterator

from psoas_audio.mix import TRACKS
from psoas_audio.playback.mixdown import Mixdown
from psoas_audio.timeline.model import TrackName
from psoas_audio.units import SAMPLE_RATE

HEAD = 44
"""Bytes before the sound."""
_FIRST, _BLOCK = SAMPLE_RATE // 4, 2 * SAMPLE_RATE
"""Samples mixed at a time; the first ones in a shorter piece, so that they are heard sooner."""


class LiveWav:
    """*tracks* of a live session as the bytes of a 16-bit WAV file, mixed when asked for."""

    def __init__(self, live: Mixdown, tracks: Collection[TrackName] = TRACKS) -> None:
        self._live, self._tracks = live, tracks
        self._frame = 2 * live.timeline.channels

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return HEAD + self._live.timeline.length * self._frame

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Bytes *start* to *stop*, in pieces."""
        if start < HEAD:
            yield self._head()[start:stop]
            start = HEAD
        frame, size = self._frame, _FIRST
        while start < stop:
            first = (start - HEAD) // frame
            last = min(self._live.timeline.length, first + size)
            skip = start - HEAD - first * frame
            piece = self._live.pcm(first, last, self._tracks)[skip : skip + stop - start]
            yield piece
            start, size = start + len(piece), _BLOCK

    def _head(self) -> bytes:
        channels, sound = self._live.timeline.channels, self.size - HEAD
        rates = (SAMPLE_RATE, SAMPLE_RATE * self._frame, self._frame, 16)
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, *rates)
        return (
            struct.pack("<4sI4s", b"RIFF", self.size - 8, b"WAVE")
            + form
            + struct.pack("<4sI", b"data", sound)
        )


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First and last-but-one byte that the *header* ``Range`` asks for, of *size* in all.

    ``None`` where it asks for everything, or for what we don't know; an empty range where it
    asks for nothing that is there.
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
