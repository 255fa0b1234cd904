"""K-weighting at 48 kHz (ITU-R BS.1770-4): the filter that every loudness here is measured with."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_RATE = 48_000
"""Samples a second that its coefficients are for."""

_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (-1.69065929318241, 0.73248077421585),
)
_HIGH_PASS = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
"""Biquads, (b0, b1, b2) and (a1, a2): tables 1 and 2."""

OFFSET = -0.691
"""LUFS that a weighted mean square of 1 reads."""


@lru_cache(maxsize=8)
def k_weighting(size: int, rate: int = _RATE) -> NDArray[np.complex128]:
    """The filter's response at the *size* // 2 + 1 frequencies of an rfft of *size* samples, of
    which there are *rate* in a second (48,000 at most); read-only."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) * (rate / _RATE / size))
    response: NDArray[np.complex128] = np.ones_like(z)
    for (b0, b1, b2), (a1, a2) in (_SHELF, _HIGH_PASS):
        response *= (b0 + z * (b1 + z * b2)) / (1 + z * (a1 + z * a2))
    response.flags.writeable = False
    return response
