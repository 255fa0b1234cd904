"""The waveform of a sound, reduced to what a page draws."""

from __future__ import annotations

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.units import SAMPLE_RATE

WAVEFORM_BIN = SAMPLE_RATE // 50
"""Samples in a bin: 20 ms."""
WAVEFORM_FLOOR = -72.0
"""dBFS at and below which nothing is drawn."""


class Waveform:
    """The peak of each bin as a byte: 0 for :data:`WAVEFORM_FLOOR` or less, 255 for full scale."""

    def __init__(self) -> None:
        self._bins = bytearray()

    def add(self, block: Samples) -> None:
        """Add the next samples, float32 ``(frames, channels)``: whole bins, except for the last."""
        high = np.abs(block).max(axis=1, initial=0)
        high = np.pad(high, (0, -len(high) % WAVEFORM_BIN)).reshape(-1, WAVEFORM_BIN).max(axis=1)
        level = 20 * np.log10(np.maximum(high, 1e-9))
        self._bins += (
            np.clip((1 - level / WAVEFORM_FLOOR) * 255, 0, 255).round().astype(np.uint8).tobytes()
        )

    def __bytes__(self) -> bytes:
        return bytes(self._bins)
