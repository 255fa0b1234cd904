"""The outline of a sound, small enough to be drawn from."""

from __future__ import annotations

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.units import SAMPLE_RATE

BIN = SAMPLE_RATE // 50
"""Samples in a bin: 20 ms."""
FLOOR = -72.0
"""dBFS that is drawn as nothing."""


class Waveform:
    """The highest sample of each bin, a byte a bin: 0 is :data:`FLOOR` or less, 255 full scale."""

    def __init__(self) -> None:
        self._bins = bytearray()

    def add(self, block: Samples) -> None:
        """What comes next, float32 of shape ``(frames, channels)``: whole bins but for the last."""
        high = np.abs(block).max(axis=1, initial=0)
        high = np.pad(high, (0, -len(high) % BIN)).reshape(-1, BIN).max(axis=1)
        level = 20 * np.log10(np.maximum(high, 1e-9))
        self._bins += np.clip((1 - level / FLOOR) * 255, 0, 255).round().astype(np.uint8).tobytes()

    def __bytes__(self) -> bytes:
        return bytes(self._bins)
