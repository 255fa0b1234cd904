"""The loudness that each kind of sound is made with, and how it is measured.

Every level is measured as heard over two channels: a mono sound counts twice, as it
does when a player sends it to both sides. If the voice is set to another target, the
mixer moves all levels by the same amount.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas_audio.k_weighting import OFFSET, k_weighting
from psoas_audio.units import SAMPLE_RATE

VOICE_LUFS = -16.0
"""Integrated loudness of the voice that the other levels are made for."""
BREATH_LUFS = -24.0
"""Loudness of an in-breath: 8 LU under the voice, easy to follow, never louder than words."""
SOFT_BREATH_LUFS = -36.0
"""Loudness of a soft in-breath: 20 LU under the voice (WCAG 2.2, 1.4.7), as words sound over it."""
SOFT_BREATH_RISE_DB = 12.0
"""dB by which soft tones come up where nobody speaks: to the level of the others."""
BELL_LUFS = -20.0
"""Loudest momentary loudness (400 ms) of the shipped bells that ring."""
KNOCK_LUFS = -26.0
"""The same for the wood block: short sounds seem louder than the meter's 400 ms show."""
TICK_LUFS = -32.0
"""Loudest momentary loudness of the tick that fills a silence."""
BED_LUFS = -24.0
"""Integrated loudness of every shipped bed; the mixer changes it to the script's level."""

_MOMENTARY_SAMPLES = SAMPLE_RATE * 4 // 10
_HOP_SAMPLES = SAMPLE_RATE // 10
_FFT_SAMPLES = 1 << 16


def ungated_lufs(samples: NDArray[np.float32]) -> float:
    """Ungated K-weighted loudness in LUFS of *samples* (frames, channels); ``-inf`` for silence.

    Right for steady sounds such as beds; speech needs the gated meter of ``master``.
    """
    total = sum(
        _energy(samples[start : start + _FFT_SAMPLES], _FFT_SAMPLES)
        for start in range(0, len(samples), _FFT_SAMPLES)
    )
    return _lufs(total / max(len(samples), 1))


def max_momentary_lufs(samples: NDArray[np.float32]) -> float:
    """The loudest momentary loudness (400 ms, every 100 ms) in LUFS of *samples*."""
    padded = np.pad(samples, ((_MOMENTARY_SAMPLES - _HOP_SAMPLES, _MOMENTARY_SAMPLES), (0, 0)))
    starts = range(0, len(padded) - _MOMENTARY_SAMPLES, _HOP_SAMPLES)
    energies = (_energy(padded[start : start + _MOMENTARY_SAMPLES], 1 << 15) for start in starts)
    return _lufs(max(energies, default=0.0) / _MOMENTARY_SAMPLES)


def _energy(samples: NDArray[np.float32], size: int) -> float:
    """The K-weighted energy of *samples* (at most *size* frames) as both sides play it."""
    spectrum = np.fft.rfft(samples, size, axis=0)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    sides = 2.0 if samples.shape[1] == 1 else 1.0
    return sides * float(np.sum(_weights(size)[:, np.newaxis] * power)) / size


@lru_cache(maxsize=2)
def _weights(size: int) -> NDArray[np.float64]:
    """What each bin of an rfft of *size* counts: the power gain, for both signs of frequency."""
    weights: NDArray[np.float64] = 2 * np.square(np.abs(k_weighting(size)))
    return weights


def _lufs(power: float) -> float:
    return OFFSET + 10.0 * math.log10(power) if power > 0 else -math.inf
