"""Signals that an MP3 encoder finds hard in the way a session is: bursts, silences, soft noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def voice(length: int, seed: int) -> NDArray[np.float32]:
    """Harmonic and noisy bursts with pauses between them, one channel."""
    random = np.random.default_rng(seed)
    signal = np.zeros(length, np.float32)
    at = 0
    while at < length:
        count = min(length - at, int(random.uniform(0.05, 0.3) * 48_000))
        t = np.arange(count) / 48_000
        if random.random() < 0.6:
            pitch = random.uniform(90, 140)
            burst = sum(np.sin(2 * np.pi * pitch * k * t) / k for k in range(1, 30))
        else:
            burst = np.convolve(random.standard_normal(count), [0.3, 0.4, 0.3], "same")
        signal[at : at + count] = random.uniform(0.02, 0.2) * np.hanning(count) * burst
        at += count + int(random.random() < 0.2) * int(random.uniform(0.2, 1.5) * 48_000)
    return signal
