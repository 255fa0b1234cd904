"""Curves that change slowly: a value every so many samples, interpolated linearly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CURVE_STEP = 64
"""Samples between two values of a curve: a divisor of an MP3 frame, so that a curve by position
doesn't depend on the frame in which it begins."""

Values = NDArray[np.float64]
"""One value every :data:`CURVE_STEP` samples."""


def spread(values: Values, length: int, offset: int = 0) -> NDArray[np.float32]:
    """*values* interpolated to *length* samples, of which the first lies *offset* samples after the
    first value; a constant gives a single value."""
    if values.min() == values.max():
        return values[:1].astype(np.float32)
    steps = (np.arange(CURVE_STEP, dtype=np.float32) / np.float32(CURVE_STEP))[np.newaxis, :]
    starts = values[:-1].astype(np.float32)[:, np.newaxis]
    rises = np.diff(values).astype(np.float32)[:, np.newaxis]
    return np.ravel(starts + rises * steps)[offset : offset + length]


def curve_places(start: int, stop: int) -> NDArray[np.int64]:
    """Positions of a curve's values around [*start*, *stop*), the multiples of
    :data:`CURVE_STEP`."""
    first, last = start // CURVE_STEP, -(-stop // CURVE_STEP)
    return np.arange(first, last + 1, dtype=np.int64) * CURVE_STEP
