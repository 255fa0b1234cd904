"""How fast the model speaks and how long it pauses, at a rate of the engine's own scale.

A narrator who slows down pauses more and drags little. Below a speed of 0.7 the model draws its
vowels out (measured, see docs/voices.md), so what is missing then becomes silence where the voice
itself pauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from psoas_audio.speech.engines.kokoro.alphabet import COMMAS, STOPS
from psoas_audio.speech.engines.kokoro.files import FRAME, MODEL_RATE
from psoas_audio.speech.engines.kokoro.phonemes import Break, Phonemes
from psoas_audio.speech.neural.word_frames import count_sounds

_SPEEDS = ((110.0, 0.7), (150.0, 0.8), (200.0, 1.0), (260.0, 1.3))
"""Rate on the engine's scale and speed of the model; straight between them."""
_LONGEST_PAUSES = ((50.0, 2.8), (110.0, 1.2), (150.0, 0.6), (200.0, 0.2))
"""Rate and the most seconds of silence that are added at a comma."""
_PHRASE_RATE, _SHORT_PHRASE_RATE = 145.0, 95.0
"""Rates below which long phrases, and shorter ones, are divided."""
_SOUNDS_PER_WORD = 3.4
"""Sounds of a word of the shipped sessions, on average."""
_END_WEIGHT = 1.5
"""Silence after the last word, relative to that at a comma."""
_WEIGHTS = {"comma": 1.0, "stop": 1.5, "phrase": 0.7, "short phrase": 0.5}
"""Silence at a mark, relative to that at a comma."""
_QUIET = 10 ** (-40 / 20)
"""Relative to the peak: below it the voice pauses."""
_SHORTEST_PAUSE = 30 * MODEL_RATE // 1000
"""Samples of quiet that are a pause of the voice; in anything shorter nothing is put."""
_FADE = 10 * MODEL_RATE // 1000
"""Samples of each fade, within a pause of the voice."""
_BEFORE, _AFTER = 400 * MODEL_RATE // 1000, 100 * MODEL_RATE // 1000
"""Samples around a mark's frames in which its pause is looked for."""
_STEP = 48
"""Samples (2 ms) of each level."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a request is spoken."""

    rate: float
    """Words a minute that the sentence should come to, if its pauses can bring it there."""
    speed: float
    """Of the model; 1 is its own."""
    longest_pause: float
    """Seconds: the most silence that is added at a comma."""

    def divides(self, divided: Break) -> bool:
        """Whether phrases of this kind are divided at all."""
        return self.rate < (_PHRASE_RATE if divided == "phrase" else _SHORT_PHRASE_RATE)


@dataclass(frozen=True, slots=True)
class InsertedSilence:
    """Silence to be put into speech."""

    position: int
    """Samples from the start."""
    length: int
    """Samples."""


def pace_of(rate: float) -> Pace:
    """The pace at *rate* on the engine's own scale. It grows slower without a jump."""
    return Pace(rate, _value_at(rate, _SPEEDS), _value_at(rate, _LONGEST_PAUSES))


def _value_at(rate: float, curve: Sequence[tuple[float, float]]) -> float:
    """The value of *curve*, points with straight lines between them, at *rate*."""
    return float(np.interp(rate, [point[0] for point in curve], [point[1] for point in curve]))


def find_pauses(
    samples: np.ndarray, frames: np.ndarray, phonemes: Phonemes, pace: Pace
) -> tuple[Sequence[InsertedSilence], int]:
    """The silence to put where the voice pauses at the marks within *phonemes*, and samples of
    silence to follow the last word.

    *frames* are those of each sign, with the edges. None is put into sound. What is missing to the
    rate is shared among the marks and the end, so that a line with many commas is no slower than
    one with few, and one with none no faster.
    """
    starts = np.concatenate(([0], np.cumsum(frames))) * FRAME
    words = count_sounds(phonemes.signs) / _SOUNDS_PER_WORD
    missing = words * 60 / pace.rate - (starts[-2] - starts[1]) / MODEL_RATE
    if missing <= 0:
        return (), 0
    level = _levels(samples)
    floor = float(level.max(initial=0.0)) * _QUIET
    places: list[tuple[int, float]] = []
    for index, sign in enumerate(phonemes.signs[:-1]):
        if sign not in COMMAS + STOPS:
            continue
        first, last = starts[index + 1] - _BEFORE, starts[index + 2] + _AFTER
        middle = _middle_of_longest(level < floor, max(0, int(first)), int(last))
        if middle is not None:
            kind = phonemes.breaks.get(index) or ("stop" if sign in STOPS else "comma")
            places.append((middle, _WEIGHTS[kind]))
    share = missing / (sum(weight for _, weight in places) + _END_WEIGHT)
    comma = min(share, pace.longest_pause) * MODEL_RATE
    pauses = [InsertedSilence(middle, round(comma * weight)) for middle, weight in places]
    return pauses, round(comma * _END_WEIGHT)


def put_pauses(samples: np.ndarray, pauses: Sequence[InsertedSilence]) -> np.ndarray:
    """*samples* with the silence of *pauses*, which are in their order, faded into and out of."""
    parts, start = [], 0
    for pause in pauses:
        parts += [_faded(samples[start : pause.position], start > 0, True)]
        parts += [np.zeros(pause.length, samples.dtype)]
        start = pause.position
    return np.concatenate([*parts, _faded(samples[start:], start > 0, False)])


def _faded(samples: np.ndarray, at_start: bool, at_end: bool) -> np.ndarray:
    """*samples* with raised-cosine fades at its edges: even quiet sound clicks where it stops."""
    faded = samples.copy()
    length = min(_FADE, len(faded) // 2)
    curve = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(1, length))).astype(faded.dtype)
    if at_start:
        faded[:length] *= curve
    if at_end:
        faded[len(faded) - length :] *= curve[::-1]
    return faded


def _levels(samples: np.ndarray) -> np.ndarray:
    """The peak of each 2 ms."""
    whole = len(samples) // _STEP * _STEP
    levels: np.ndarray = np.abs(samples[:whole]).reshape(-1, _STEP).max(axis=1)
    return levels


def _middle_of_longest(quiet: np.ndarray, first: int, last: int) -> int | None:
    """The sample in the middle of the longest quiet run between two samples, if it is a pause."""
    window = quiet[first // _STEP : last // _STEP]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], window.astype(np.int8), [0]))))
    if not len(edges):
        return None
    runs = edges.reshape(-1, 2)
    start, end = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    if (end - start) * _STEP < _SHORTEST_PAUSE:
        return None
    return int(first // _STEP + (start + end) // 2) * _STEP
