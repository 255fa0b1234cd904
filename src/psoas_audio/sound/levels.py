"""How loud sounds are made, and how loud a sound is.

Every level is read as the listener hears it, over two channels: a mono sound
counts twice, as it does when a player sends it to both sides. The mixer moves
all of them together when the voice is set to another target.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psoas_audio.units import SAMPLE_RATE

VOICE_LUFS = -16.0
"""Integrated loudness of the voice that all sounds are made to go with."""
BREATH_LUFS = -26.0
"""Loudness of an in-breath: 10 LU under the voice, easy to follow, never louder than words."""
SOFT_BREATH_LUFS = -36.0
"""Loudness of a soft in-breath: 20 LU under the voice (WCAG 2.2, 1.4.7), as words sound over it."""
BELL_LUFS = -20.0
"""Loudest momentary loudness (400 ms) of the shipped bells that ring."""
KNOCK_LUFS = -26.0
"""The same of the wood block: short sounds seem louder than the meter's 400 ms say."""
TICK_LUFS = -42.0
"""Loudest momentary loudness of the tick that fills a silence."""
BED_LUFS = -24.0
"""Integrated loudness of every shipped bed; the mixer lowers it to the level asked for."""

_K_STAGES = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585),
    (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621),
)
"""The two biquads of ITU-R BS.1770-4 at 48 kHz: b0, b1, b2, a1, a2."""
_MOMENT = SAMPLE_RATE * 4 // 10
_HOP = SAMPLE_RATE // 10


def loudness(samples: NDArray[np.float32]) -> float:
    """Ungated K-weighted loudness in LUFS of *samples* (frames, channels); ``-inf`` for silence.

    Right for steady sounds such as beds; speech needs the gated meter of ``master``.
    """
    weighted = k_weighted(samples)
    return _lufs(float(np.mean(np.square(weighted), axis=0).sum()), samples.shape[1])


def loudest(samples: NDArray[np.float32]) -> float:
    """The loudest momentary loudness (400 ms, every 100 ms) in LUFS of *samples*."""
    power = np.square(k_weighted(samples)).sum(axis=1)
    power = np.concatenate([np.zeros(_MOMENT), power, np.zeros(_MOMENT)])
    sums = np.concatenate([[0.0], np.cumsum(power)])
    windows = (sums[_MOMENT:] - sums[:-_MOMENT])[::_HOP] / _MOMENT
    return _lufs(float(windows.max()), samples.shape[1])


def k_weighted(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """*samples* (frames, channels) through the K filter of BS.1770, in the frequency domain."""
    frames = len(samples)
    size = 1 << (frames + SAMPLE_RATE - 1).bit_length()
    spectrum = np.fft.rfft(samples, size, axis=0)
    z = np.exp(-2j * np.pi * np.arange(len(spectrum)) / size)
    for b0, b1, b2, a1, a2 in _K_STAGES:
        spectrum *= ((b0 + z * (b1 + z * b2)) / (1.0 + z * (a1 + z * a2)))[:, np.newaxis]
    return np.fft.irfft(spectrum, size, axis=0)[:frames]


def _lufs(power: float, channels: int) -> float:
    heard = power * 2 if channels == 1 else power
    return -0.691 + 10.0 * float(np.log10(heard)) if heard > 0 else -np.inf
