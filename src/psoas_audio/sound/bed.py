"""Beds (background sound, such as rain): seamless loops, and the fades at their ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples
from psoas_audio.sound.fades import raised_cosine


class Loop:
    """An endless bed, made by repeating seamless samples."""

    def __init__(self, samples: Samples | NDArray[np.int16]) -> None:
        """*samples*: (frames, channels), at least one frame, float32, or int16 with 32,767
        for full scale, which takes half the memory."""
        self._samples = samples
        self._scale = np.float32(1 / 32767 if samples.dtype == np.int16 else 1)

    @property
    def period(self) -> int:
        """After how many samples it repeats."""
        return len(self._samples)

    def read(self, start: int, stop: int) -> Samples:
        """Samples *start* to *stop* of the endless bed, float32 (stop - start, channels)."""
        period = len(self._samples)
        out = np.empty((stop - start, self._samples.shape[1]), np.float32)
        done = 0
        while done < len(out):
            offset = (start + done) % period
            part = self._samples[offset : offset + len(out) - done]
            np.multiply(part, self._scale, out=out[done : done + len(part)])
            done += len(part)
        return out


def fade_gain(start: int, stop: int, total: int, fade_in: int, fade_out: int) -> Samples:
    """The gain of a bed that fades in from zero and out to zero, float32 (stop - start,).

    The bed runs from 0 to *total* samples; the fades, raised cosines, last *fade_in* and
    *fade_out* samples.
    """
    gain = np.ones(stop - start, np.float32)
    if start < fade_in:
        edge = gain[: fade_in - start]
        edge *= raised_cosine(np.arange(start, start + len(edge)) / fade_in)
    if stop > total - fade_out:
        first = max(start, total - fade_out)
        edge = gain[first - start :]
        edge *= raised_cosine((total - np.arange(first, stop)) / fade_out)
    return gain
