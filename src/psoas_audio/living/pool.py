"""The pool: every distinct MP3 frame of a script's sessions, once, and sessions as runs of them.

Frames without a bit reservoir don't depend on each other, so a session is a list of numbers of
frames. Sessions of one script share nearly all of their frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from psoas_audio.encode.lame import encode_stream
from psoas_audio.encode.mp3_formats import Mp3Format
from psoas_audio.encode.mp3_frames import bad_frames
from psoas_audio.units import MP3_FRAME

Frames = NDArray[np.int32]
"""Numbers of frames in a pool, in the order in which they are heard."""

SILENT_FRAME = 0
"""The number of the frame of digital silence, in every pool."""

_SETTLED = 16
"""MP3 frames of silence after which the encoder repeats the same one."""


def silent_frame(form: Mp3Format) -> bytes:
    """The frame that the encoder writes for digital silence, over and over."""
    stream = encode_stream(np.zeros((MP3_FRAME * 2 * _SETTLED, form.channels), np.float32), form)
    return stream[_SETTLED * form.size :][: form.size]


class FramePool:
    """Distinct frames in the order in which they were added; number 0 is silence."""

    def __init__(self, form: Mp3Format) -> None:
        self.form = form
        self._numbers: dict[bytes, int] = {silent_frame(form): SILENT_FRAME}
        self._blocks: dict[bytes, Frames] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, blocks: Iterable[bytes]) -> Frames:
        """The numbers of the frames of *blocks*, each a whole number of frames.

        Raises ``ValueError`` for anything that isn't frames of the pool's format.
        """
        return np.concatenate([np.zeros(0, np.int32), *map(self._block, blocks)])

    def _block(self, block: bytes) -> Frames:
        known = self._blocks.get(block)
        if known is None:
            if len(bad_frames(block, self.form.header)):
                raise ValueError("frames of another format")
            size, numbers = self.form.size, self._numbers
            cut = (block[at : at + size] for at in range(0, len(block), size))
            found = (numbers.setdefault(frame, len(numbers)) for frame in cut)
            known = self._blocks[block] = np.fromiter(found, np.int32, len(block) // size)
        return known

    def data(self) -> bytes:
        """All frames, one after the other."""
        return b"".join(self._numbers)


def runs_of(frames: Frames | Sequence[int]) -> tuple[int, ...]:
    """*frames* as runs: a first number and a count, and so on.

    A positive count stands for so many consecutive numbers; a negative one repeats the same number.
    """
    numbers = np.asarray(frames, np.int64)
    if not len(numbers):
        return ()
    steps = np.diff(numbers)
    found: list[int] = []
    start, count = 0, len(numbers)
    while start < count:
        step = steps[start] if start < count - 1 else 1
        if step not in (0, 1):
            step, stop = 1, start + 1
        else:
            other = np.flatnonzero(steps[start:] != step)
            stop = start + 1 + (int(other[0]) if len(other) else count - 1 - start)
        length = stop - start
        found += (int(numbers[start]), length if step == 1 else -length)
        start = stop
    return tuple(found)


def frames_of(runs: Sequence[int]) -> Frames:
    """The numbers of frames that *runs* stand for."""
    parts = [
        np.arange(first, first + count) if count > 0 else np.full(-count, first)
        for first, count in zip(runs[::2], runs[1::2], strict=True)
    ]
    return np.concatenate([np.zeros(0, np.int64), *parts]).astype(np.int32)
