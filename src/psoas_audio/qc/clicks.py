"""Clicks: steps in the signal that stand alone, as a bad join leaves them.

The second difference of a step is as high as the step, that of a smooth tone next to nothing.
A click is a millisecond in which it is far above what it is in the milliseconds before *and*
after; a consonant, a bell's strike or noise is not alone in that way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psoas_audio.units import SAMPLES_PER_MS

Audio = NDArray[np.float32]

_LOUD = 0.02
"""Lowest second difference of a click, linear: fainter ones are not heard."""

_ALONE = 8.0
"""How many times higher than around it a click is."""

_NEAR, _FAR = 2, 8
"""Milliseconds around a click that are compared with it."""


class ClickFinder:
    """Looks for clicks in a stream."""

    def __init__(self, channels: int) -> None:
        self._samples = np.zeros((2, channels), np.float32)
        """What is not yet in a whole millisecond, and the two samples before."""
        self._curves = np.zeros(_FAR, np.float32)
        """Highest second difference of each millisecond not yet judged, and those before."""
        self._at = 0
        """Milliseconds judged."""
        self._found: list[int] = []

    def add(self, block: Audio) -> None:
        """Hear *block* next."""
        samples = np.concatenate((self._samples, block))
        whole = (len(samples) - 2) // SAMPLES_PER_MS * SAMPLES_PER_MS
        curve = np.abs(np.diff(samples[: whole + 2], 2, axis=0))
        highest = curve.reshape(-1, SAMPLES_PER_MS * samples.shape[1]).max(axis=1, initial=0)
        self._samples = samples[whole:].copy()
        self._judge(np.concatenate((self._curves, highest)))

    def found(self) -> tuple[int, ...]:
        """Samples from the start, of all clicks; the stream ends here."""
        self._judge(np.concatenate((self._curves, np.zeros(_FAR, np.float32))))
        return tuple(self._found)

    def _judge(self, curves: NDArray[np.float32]) -> None:
        count = len(curves) - 2 * _FAR
        if count > 0:
            windows = np.lib.stride_tricks.sliding_window_view(curves, 2 * _FAR + 1)
            here = windows[:, _FAR]
            before = windows[:, : _FAR - _NEAR + 1].max(axis=1)
            after = windows[:, _FAR + _NEAR :].max(axis=1)
            alone = (here > _LOUD) & (here > _ALONE * before) & (here > _ALONE * after)
            places = (np.flatnonzero(alone) + self._at) * SAMPLES_PER_MS
            self._found += [
                int(place)
                for place in places
                if not self._found or place > self._found[-1] + _FAR * SAMPLES_PER_MS
            ]
            self._at += count
        self._curves = curves[max(0, count) :]
