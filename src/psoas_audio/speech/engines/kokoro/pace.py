"""How fast the model speaks and how long it pauses, at a rate of the engine's own scale.

Below a speed of 0.7 the model draws its vowels out (measured, see docs/voices.md), so what is
missing then becomes silence (``neural.pauses``). A sentence that takes too long, as short ones do
in many voices, is spoken faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from psoas_audio.speech.engines.kokoro.files import FRAME, MODEL_RATE
from psoas_audio.speech.engines.kokoro.phonemes import Phonemes
from psoas_audio.speech.neural.pauses import (
    COMMA_WEIGHT,
    COMMAS,
    STOP_WEIGHT,
    STOPS,
    InsertedSilence,
    PausePlace,
    share_silence,
)
from psoas_audio.speech.neural.phrase_breaks import Break
from psoas_audio.speech.neural.word_frames import count_sounds

_SPEEDS = ((75.0, 0.7), (105.0, 0.8), (200.0, 1.0), (260.0, 1.3))
"""Rate on the engine's scale and speed of the model; straight between them."""
_LONGEST_PAUSES = ((50.0, 2.8), (110.0, 1.2), (150.0, 0.6), (200.0, 0.2))
"""Rate and the most seconds of silence that are added at a comma."""
_PHRASE_RATE, _SHORT_PHRASE_RATE = 145.0, 95.0
"""Rates below which long phrases, and shorter ones, are divided."""
_FASTEST = ((80.0, 1.0), (120.0, 1.2))
"""Rate and the speed up to which a sentence that takes too long is spoken faster. At 1.2 short
sentences are understood as well as at 1, at 1.35 they aren't (measured, see docs/voices.md)."""
_UNHEARD = 0.45
"""Seconds of a sentence's frames in which nothing is heard, at a speed of 1: its stop and most of
its last sound (0.37 to 0.53 in nine takes of three voices)."""
_WORDS_OF_PAUSE = 0.7
"""By how many words a sentence is shorter than its words would be, because of the pause after it,
of which short sentences have more for each word (``psoas_audio.pace``). With it, simulated sessions
of five and of 36 words a sentence are within 3 % of their rate."""
_FEWEST_WORDS = 0.1
"""For which a sentence lasts at least."""
_OWN_SPEED = 1.0
"""Of the model."""
_SOUNDS_PER_WORD = 3.4
"""Sounds of a word of the shipped sessions, on average."""
_BREAK_WEIGHTS = {"phrase": 0.7, "short phrase": 0.5}
"""Silence where a phrase is divided, relative to that at a comma."""
_BEFORE, _AFTER = 400 * MODEL_RATE // 1000, 100 * MODEL_RATE // 1000
"""Samples around a mark's frames in which its pause is looked for."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a request is spoken."""

    rate: float
    """Words a minute that the sentence should come to, as far as its speed and pauses allow."""
    speed: float
    """Of the model; 1 is its own."""
    fastest: float
    """The speed up to which a sentence that takes too long is spoken faster."""
    longest_pause: float
    """Seconds: the most silence that is added at a comma."""

    def for_words(self, count: int) -> Pace:
        """The same for a text of so many words: one by itself isn't slowed.

        The slower the model, the longer it murmurs before its first sound. Before a lone word that
        is heard as a syllable: “In.” as “and”, “Two.” as “deal”.
        """
        if count != 1:
            return self
        speed = max(self.speed, _OWN_SPEED)
        return replace(self, speed=speed, fastest=speed)

    def for_frames(self, frames: np.ndarray, phonemes: Phonemes) -> Pace:
        """The same with the speed that *phonemes* need to come to the rate.

        *frames* are those of each sign at the present speed, with the edges.
        """
        too_long = self.heard_seconds(frames) / self._wanted_seconds(phonemes)
        if too_long <= 1:
            return self
        return replace(self, speed=max(self.speed, min(self.speed * too_long, self.fastest)))

    def missing_seconds(self, frames: np.ndarray, phonemes: Phonemes) -> float:
        """Seconds of silence by which *phonemes*, said in *frames*, are short of the rate."""
        return self._wanted_seconds(phonemes) - self.heard_seconds(frames)

    def _wanted_seconds(self, phonemes: Phonemes) -> float:
        words = count_sounds(phonemes.signs) / _SOUNDS_PER_WORD
        return max(words - _WORDS_OF_PAUSE, _FEWEST_WORDS) * 60 / self.rate

    def heard_seconds(self, frames: np.ndarray) -> float:
        """Seconds from the first sound to the last of a sentence said in *frames*."""
        return float(frames[1:-1].sum()) * FRAME / MODEL_RATE - _UNHEARD / self.speed

    def divides(self, divided: Break) -> bool:
        """Whether phrases of this kind are divided at all."""
        return self.rate < (_PHRASE_RATE if divided == "phrase" else _SHORT_PHRASE_RATE)


def pace_of(rate: float) -> Pace:
    """The pace at *rate* on the engine's own scale. It grows slower without a jump."""
    speed = _value_at(rate, _SPEEDS)
    fastest = max(speed, _value_at(rate, _FASTEST))
    return Pace(rate, speed, fastest, _value_at(rate, _LONGEST_PAUSES))


def _value_at(rate: float, curve: Sequence[tuple[float, float]]) -> float:
    """The value of *curve*, points with straight lines between them, at *rate*."""
    return float(np.interp(rate, [point[0] for point in curve], [point[1] for point in curve]))


def find_pauses(
    samples: np.ndarray, frames: np.ndarray, phonemes: Phonemes, pace: Pace
) -> tuple[Sequence[InsertedSilence], int]:
    """The silence to put where the voice pauses at the marks within *phonemes*, and samples of
    silence to follow the last word, so that the sentence comes to the rate of *pace*.

    *frames* are those of each sign, with the edges.
    """
    starts = np.concatenate(([0], np.cumsum(frames))) * FRAME
    missing = pace.missing_seconds(frames, phonemes)
    places = [
        PausePlace(
            int(starts[index + 1]) - _BEFORE,
            int(starts[index + 2]) + _AFTER,
            _weight(sign, phonemes.breaks.get(index)),
        )
        for index, sign in enumerate(phonemes.signs[:-1])
        if sign in COMMAS + STOPS
    ]
    return share_silence(samples, MODEL_RATE, places, missing, pace.longest_pause)


def _weight(mark: str, divided: Break | None) -> float:
    if divided is not None:
        return _BREAK_WEIGHTS[divided]
    return STOP_WEIGHT if mark in STOPS else COMMA_WEIGHT
