"""Beds (background sound, such as rain): seamless loops."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples


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
