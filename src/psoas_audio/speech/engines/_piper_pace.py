"""How fast a Piper voice speaks and how long it pauses, at a rate of the engine's own scale.

Below a speed of 0.7 neural voices draw their vowels out, so what is missing then becomes silence
(``neural.pauses``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from psoas_audio.speech.neural.phrase_breaks import Break

_NORMAL_RATE = 200.0
"""The engine rate at which Piper's length scale is 1: about the words per minute of its voices."""
_SLOWEST = 0.7
"""Of the voice's own speed."""
_LONGEST_PAUSES = ((60.0, 2.8), (110.0, 1.0), (_SLOWEST * _NORMAL_RATE, 0.0))
"""Rate and the most seconds of silence that are added at a comma; straight between them."""
_PHRASE_RATE, _SHORT_PHRASE_RATE = 130.0, 95.0
"""Rates below which long phrases, and shorter ones, are divided."""
SOUNDS_PER_SECOND = 14.0
"""Phonemes a second at a length scale of 1, pauses at commas included: the median of 131 lines of
the shipped sessions in ``en_US-joe-medium`` is 13.0 to 14.7, by the length scale."""


@dataclass(frozen=True, slots=True)
class PiperPace:
    """How a request is spoken."""

    rate: float
    """On the engine's own scale."""
    length_scale: float
    """Of the voice: 1 is its own length, 2 twice as long."""
    longest_pause: float
    """Seconds: the most silence that is added at a comma."""

    def divides(self, divided: Break) -> bool:
        """Whether phrases of this kind are divided at all."""
        if not self.longest_pause:
            return False
        return self.rate < (_PHRASE_RATE if divided == "phrase" else _SHORT_PHRASE_RATE)

    def seconds_for(self, sounds: int) -> float:
        """How long a sentence of so many *sounds* should take, if its pauses can bring it there."""
        return sounds / SOUNDS_PER_SECOND * _NORMAL_RATE / self.rate


def piper_pace(rate: float, *, pauses_known: bool = True) -> PiperPace:
    """The pace at *rate* on the engine's own scale; lower is slower without a jump.

    A voice whose pauses aren't known can only be drawn out.
    """
    if not pauses_known:
        return PiperPace(rate, _NORMAL_RATE / rate, 0.0)
    speed = max(_SLOWEST, rate / _NORMAL_RATE)
    rates, pauses = zip(*_LONGEST_PAUSES, strict=True)
    return PiperPace(rate, 1 / speed, float(np.interp(rate, rates, pauses)))
