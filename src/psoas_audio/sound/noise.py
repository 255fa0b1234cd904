"""Noise that never ends: shaped in the frequency domain, so its end runs into its start."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas_audio.units import SAMPLE_RATE

BAND_SIZE = 1 << 19
"""Samples (10.9 s) of the noise that :func:`bands` gives."""
BAND_CENTRES = (125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0)
"""Hz; octaves. The lowest and highest band reach down and up from there."""

Shape = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Gain by frequency in Hz."""


def circular(size: int, seed: int, shape: Shape) -> NDArray[np.float64]:
    """*size* samples of noise with unit power before *shape*, seamless when repeated.

    All magnitudes are exactly those of *shape*, only the phases are drawn: the same
    spectrum for every seed, and no DC.
    """
    frequencies = np.linspace(0.0, SAMPLE_RATE / 2, size // 2 + 1, dtype=np.float64)
    phases = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, len(frequencies))
    magnitudes = np.zeros(len(frequencies))
    magnitudes[1:-1] = shape(frequencies[1:-1])
    made: NDArray[np.float64] = np.fft.irfft(magnitudes * np.exp(1j * phases), size)
    made *= np.sqrt(size)
    return made


@lru_cache(maxsize=1)
def bands() -> NDArray[np.float32]:
    """One pink noise in octave bands, float32 (bands, :data:`BAND_SIZE`), each seamless.

    The bands share their phases and add up to the whole noise; an octave has an RMS of 1.
    """
    found = np.empty((len(BAND_CENTRES), BAND_SIZE), np.float32)
    last = len(BAND_CENTRES) - 1
    for number in range(last + 1):

        def shape(f: NDArray[np.float64], number: int = number) -> NDArray[np.float64]:
            octave = np.log2(f / BAND_CENTRES[0]) - number
            if number == 0:
                octave = np.maximum(octave, 0.0)
            if number == last:
                octave = np.minimum(octave, 0.0)
            window = np.square(np.cos(0.5 * np.pi * np.clip(octave, -1.0, 1.0)))
            edges = 1.0 / np.sqrt(1.0 + (110.0 / f) ** 6) / np.sqrt(1.0 + (f / 7000.0) ** 4)
            pink: NDArray[np.float64] = window * edges * np.sqrt(SAMPLE_RATE / f / np.log(4.0))
            return pink

        found[number] = circular(BAND_SIZE, 20, shape)
    found.flags.writeable = False
    return found
