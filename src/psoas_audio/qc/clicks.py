"""Finds clicks: isolated jumps in the signal, such as bad joins make.

A step makes one difference between neighbouring samples that is as high as the step. A click is
a millisecond in which the highest difference is far above what it is in the milliseconds before
*and* after; a bell's strike, a voice's pulses or noise are not alone in that way. In decoded
sessions with eSpeak NG's speech nothing came above 2.6 times its surroundings; a step of 0.1 in a
breathing tone or bed has 4 to 7. A natural voice's plosive after a silence has up to 5, but it has
several differences of nearly the same height (3 to 11), where a step has one, or two as MP3
decodes it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples
from psoas_audio.units import SAMPLES_PER_MS

_MIN_STEP = 0.01
"""Smallest step of a click, linear: smaller ones are hardly audible."""

_MIN_RATIO = 3.25
"""Smallest ratio of a click's step to the largest step around it."""

_MAX_SIMILAR = 2
"""Differences of at least half the highest that a click's millisecond and its neighbours have."""

_NEAR_MS, _FAR_MS = 2, 24
"""Distances between which steps are compared with a click's: two pulses of a low voice fit in."""


class ClickFinder:
    """Finds clicks in a stream of blocks."""

    def __init__(self, channels: int) -> None:
        self._samples = np.zeros((1, channels), np.float32)
        """What is not yet in a whole millisecond, and the sample before."""
        self._steps = np.zeros((_FAR_MS, SAMPLES_PER_MS), np.float32)
        """The steps of each millisecond that isn't searched yet, and of those before."""
        self._at = 0
        """Milliseconds searched so far."""
        self._found: list[int] = []

    def add(self, block: Samples) -> None:
        """Add the next *block*, float32 ``(frames, channels)``."""
        samples = np.concatenate((self._samples, block))
        whole = (len(samples) - 1) // SAMPLES_PER_MS * SAMPLES_PER_MS
        steps = np.abs(np.diff(samples[: whole + 1], axis=0))
        highest = steps.max(axis=1, initial=0).reshape(-1, SAMPLES_PER_MS)
        self._samples = samples[whole:].copy()
        self._search(np.concatenate((self._steps, highest)))

    def found(self) -> tuple[int, ...]:
        """Positions of all clicks, in samples from the start. Call it once, at the end."""
        end = np.zeros((_FAR_MS, SAMPLES_PER_MS), np.float32)
        self._search(np.concatenate((self._steps, end)))
        return tuple(self._found)

    def _search(self, steps: NDArray[np.float32]) -> None:
        count = len(steps) - 2 * _FAR_MS
        if count > 0:
            highest = steps.max(axis=1)
            windows = np.lib.stride_tricks.sliding_window_view(highest, 2 * _FAR_MS + 1)
            here = windows[:, _FAR_MS]
            before = windows[:, : _FAR_MS - _NEAR_MS + 1].max(axis=1)
            after = windows[:, _FAR_MS + _NEAR_MS :].max(axis=1)
            alone = (here > _MIN_STEP) & (here > _MIN_RATIO * before) & (here > _MIN_RATIO * after)
            for index in np.flatnonzero(alone):
                around = steps[index + _FAR_MS - 1 : index + _FAR_MS + 2]
                place = (int(index) + self._at) * SAMPLES_PER_MS
                if np.count_nonzero(around >= here[index] / 2) > _MAX_SIMILAR:
                    continue
                if not self._found or place > self._found[-1] + _FAR_MS * SAMPLES_PER_MS:
                    self._found.append(place)
            self._at += count
        self._steps = steps[max(0, count) :]
