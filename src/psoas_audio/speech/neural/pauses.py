"""Silence for slow speech, put where the voice itself pauses.

A narrator who slows down pauses more and drags little. So a neural voice is slowed down only a
little, and what is missing then becomes silence at the marks of a sentence and after its last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from psoas_audio.sound.fades import fade_in, fade_out

COMMAS, STOPS = ",;:—", ".!?…"
"""Marks inside a sentence and at its end."""
COMMA_WEIGHT, STOP_WEIGHT = 1.0, 1.5
"""Silence at a mark, relative to that at a comma."""
_END_WEIGHT = 1.5
"""Silence after the last word, relative to that at a comma."""
_QUIET = 10 ** (-40 / 20)
"""Relative to the peak: below it the voice pauses."""
_SHORTEST_PAUSE_MS = 30
"""Quiet that is a pause of the voice; in anything shorter nothing is put."""
_FADE_MS = 10
"""Of each fade, within a pause of the voice."""
_STEP_MS = 2
"""Of each level."""


@dataclass(frozen=True, slots=True)
class PausePlace:
    """Where the pause of a mark is looked for."""

    start: int
    """The first sample."""
    end: int
    """The sample after the last."""
    weight: float
    """Silence there, relative to that at a comma."""


@dataclass(frozen=True, slots=True)
class InsertedSilence:
    """Silence to be put into speech."""

    position: int
    """Samples from the start."""
    length: int
    """Samples."""


def share_silence(
    samples: np.ndarray,
    sample_rate: int,
    places: Sequence[PausePlace],
    missing: float,
    longest_pause: float,
) -> tuple[Sequence[InsertedSilence], int]:
    """The silence to put into *samples*, mono float32 ``(n,)``, and samples of it to follow them.

    *missing* seconds are shared among the *places* where the voice pauses and the end, so that a
    line with many commas is no slower than one with few, and one with none no faster; at most
    *longest_pause* seconds at a comma. None is put into sound.
    """
    if missing <= 0:
        return (), 0
    step = sample_rate * _STEP_MS // 1000
    level = _levels(samples, step)
    quiet = level < float(level.max(initial=0.0)) * _QUIET
    shortest = sample_rate * _SHORTEST_PAUSE_MS // 1000
    found = []
    for place in places:
        middle = _middle_of_longest(quiet, step, max(0, place.start), place.end, shortest)
        if middle is not None:
            found.append((middle, place.weight))
    share = missing / (sum(weight for _, weight in found) + _END_WEIGHT)
    comma = min(share, longest_pause) * sample_rate
    pauses = [InsertedSilence(middle, round(comma * weight)) for middle, weight in found]
    return pauses, round(comma * _END_WEIGHT)


def put_pauses(
    samples: np.ndarray, sample_rate: int, pauses: Sequence[InsertedSilence]
) -> np.ndarray:
    """*samples* with the silence of *pauses*, which are in their order, faded into and out of."""
    parts, start = [], 0
    for pause in pauses:
        parts += [_faded(samples[start : pause.position], sample_rate, start > 0, True)]
        parts += [np.zeros(pause.length, samples.dtype)]
        start = pause.position
    return np.concatenate([*parts, _faded(samples[start:], sample_rate, start > 0, False)])


def moved(position: int, pauses: Sequence[InsertedSilence]) -> int:
    """Where what was at the sample *position* is after :func:`put_pauses`."""
    return position + sum(pause.length for pause in pauses if pause.position <= position)


def _faded(samples: np.ndarray, sample_rate: int, at_start: bool, at_end: bool) -> np.ndarray:
    """*samples* with fades at its edges: even quiet sound clicks where it stops."""
    faded = samples.copy()
    length = min(sample_rate * _FADE_MS // 1000, len(faded) // 2)
    if at_start:
        fade_in(faded, length)
    if at_end:
        fade_out(faded, length)
    return faded


def _levels(samples: np.ndarray, step: int) -> np.ndarray:
    """The peak of each *step* samples."""
    whole = len(samples) // step * step
    levels: np.ndarray = np.abs(samples[:whole]).reshape(-1, step).max(axis=1)
    return levels


def _middle_of_longest(
    quiet: np.ndarray, step: int, first: int, last: int, shortest: int
) -> int | None:
    """The sample in the middle of the longest quiet run between two samples, if it is a pause."""
    window = quiet[first // step : last // step]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], window.astype(np.int8), [0]))))
    if not len(edges):
        return None
    runs = edges.reshape(-1, 2)
    start, end = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    if (end - start) * step < shortest:
        return None
    return int(first // step + (start + end) // 2) * step
