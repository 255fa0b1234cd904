"""Raised-cosine fades, without which sound clicks where it begins or ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples


def raised_cosine(progress: NDArray[np.float64]) -> Samples:
    """Raised cosine from 0 to 1 as *progress* goes from 0 to 1; constant outside."""
    rise: Samples = (0.5 - 0.5 * np.cos(np.pi * np.clip(progress, 0.0, 1.0))).astype(np.float32)
    return rise


def fade_in(mono: np.ndarray, length: int) -> None:
    """Fade the first *length* samples of *mono*, float32 ``(n,)`` or fewer, in place."""
    length = min(length, len(mono))
    mono[:length] *= raised_cosine(np.arange(length) / max(1, length))


def fade_out(mono: np.ndarray, length: int) -> None:
    """Fade the last *length* samples of *mono*, float32 ``(n,)`` or fewer, in place."""
    fade_in(mono[::-1], length)
