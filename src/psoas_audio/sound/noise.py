"""Loopable noise, shaped in the frequency domain so that its end continues into its start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas_audio.units import SAMPLE_RATE

BAND_SIZE = 1 << 19
"""Length in samples (10.9 s) of the noise from :func:`bands`."""
BAND_CENTRES = (125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0)
"""Hz, in octaves. The lowest band extends downwards and the highest upwards."""
BAND_UNIT = 4096.0
"""RMS of an octave in :func:`bands`; leaves 18 dB of headroom for peaks."""

Shape = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Gain as a function of frequency in Hz."""


def circular(size: int, seed: int, shape: Shape) -> NDArray[np.float64]:
    """*size* samples of noise with unit power before *shape*, seamless when repeated.

    The magnitudes follow *shape* exactly and only the phases are random, so every seed has the
    same spectrum, without DC.
    """
    spectrum = _phases(size, seed)
    spectrum[1:-1] *= shape(_frequencies(size))
    made: NDArray[np.float64] = np.fft.irfft(spectrum, size)
    return made


@lru_cache(maxsize=1)
def bands() -> NDArray[np.int16]:
    """Pink noise split into octave bands, int16 (bands, :data:`BAND_SIZE`), each loopable.

    The bands share their phases and add up to the full noise; an octave has an RMS of
    :data:`BAND_UNIT`. Int16 halves the memory; its rounding error is 83 dB below that.
    """
    f = _frequencies(BAND_SIZE)
    pink = np.sqrt(SAMPLE_RATE / np.log(4.0) / f)
    pink /= np.hypot(1.0, (110.0 / f) ** 3) * np.hypot(1.0, np.square(f / 7000.0))
    pink *= BAND_UNIT * np.sqrt(BAND_SIZE)
    octave = np.zeros(BAND_SIZE // 2 + 1, np.float32)
    octave[1:-1] = np.clip(np.log2(f / BAND_CENTRES[0]), 0.0, len(BAND_CENTRES) - 1.0)
    drawn = np.frombuffer(hashlib.shake_256(b"surf").digest(4 * len(f)), "<u4")
    turns = drawn * (2 * np.pi / 2**32)  # numpy's random numbers may change between versions
    del f, drawn
    spectrum = np.zeros(len(octave), np.complex64)  # half the memory; the rounding is inaudible
    spectrum.real[1:-1] = np.cos(turns) * pink
    spectrum.imag[1:-1] = np.sin(turns) * pink
    del turns, pink
    filtered = np.empty((len(BAND_CENTRES), BAND_SIZE), np.int16)
    for number in range(len(BAND_CENTRES)):
        window = np.square(np.cos(np.float32(np.pi / 2) * np.clip(octave - number, -1, 1)))
        filtered[number] = np.rint(np.fft.irfft(spectrum * window, BAND_SIZE))
    filtered.flags.writeable = False
    return filtered


def _frequencies(size: int) -> NDArray[np.float64]:
    """Frequencies in Hz of the bins of an rfft of *size*, without the lowest and the highest."""
    return np.arange(1, size // 2, dtype=np.float64) * np.float64(SAMPLE_RATE / size)


def _phases(size: int, seed: int) -> NDArray[np.complex128]:
    """The spectrum of white noise with a power of 1, without DC; *seed* determines the phases."""
    turns = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, size // 2 + 1)
    drawn: NDArray[np.complex128] = np.exp(1j * turns) * np.sqrt(size)
    drawn[0] = drawn[-1] = 0.0
    return drawn
