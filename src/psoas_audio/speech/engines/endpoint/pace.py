"""Slow speech from any server: a speed that still sounds natural, and longer pauses.

Below a speed of 0.7 neural voices draw out their vowels. What is missing then becomes silence, put
where the voice itself paused and after the last word, in proportion to the words before: so a rate
means the same for texts with many commas, with few, and with none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RATES = (20.0, 45.0, 70.0, 85.0, 100.0, 130.0, 160.0)
"""Own rates at which a server's voice is measured; 100 is its speed as it is."""
_POINTS = ((20.0, 0.7, 0.36), (70.0, 0.7, 0.06), (100.0, 1.0, 0.0), (200.0, 2.0, 0.0))
"""Own rate, speed, and seconds of silence added a word; straight between them."""
_MARK = re.compile(r"[,;:.!?…—–](?=\s)")
"""A mark at which a voice may pause, within a text."""
_SILENCE = 10 ** (-40 / 20)
"""Over the peak."""
_MIN_PAUSE_S = 0.125
"""At a speed of 1, longer at lower ones. Measured on Piper's joe and two Kokoro voices: closures of
p, t and k within words last up to 0.115 s, at a speed of 0.7 0.17 s; pauses at commas mostly 0.15
to 0.4 s."""
_MAX_ADDED_S = 4.0
"""The most that is added to a pause."""
_HOP_MS = 5


@dataclass(frozen=True, slots=True)
class ServerPace:
    """How a server's voice is slowed down."""

    speed: float
    """Of the voice; 1 is its own."""
    pause: float
    """Seconds of silence added a word."""


def pace_for(rate: float) -> ServerPace:
    """The pace at *rate* on the engine's own scale; lower is slower without a jump."""
    rates, speeds, pauses = zip(*_POINTS, strict=True)
    speed, pause = np.interp(rate, rates, speeds), np.interp(rate, rates, pauses)
    return ServerPace(round(float(speed), 2), float(pause))


def slow_down(pcm: bytes, rate: int, text: str, pace: ServerPace) -> tuple[bytes, int]:
    """*pcm* (mono, 16 bit, *rate* Hz) with silence added where the voice pauses, and samples of
    silence to follow it.

    A pause gets what belongs to the words before it, the end of the *text* what belongs to those
    after the last mark. Nothing that sounds is cut.
    """
    if pace.pause <= 0:
        return pcm, 0
    *words, last = _words_of_phrases(text)
    samples = np.frombuffer(pcm, "<i2")
    longest = sorted(_pauses(samples, rate, pace.speed), key=lambda span: span[0] - span[1])
    found = sorted(longest[: len(words)])
    if len(found) < len(words):  # which mark is which isn't known
        share = (sum(words) + last) / (len(found) + 1)
        words, last = [share] * len(found), share
    parts, at = [], 0
    for (start, end), count in zip(found, words, strict=True):
        middle = (start + end) // 2
        added = min(pace.pause * count, _MAX_ADDED_S)
        parts += [pcm[2 * at : 2 * middle], bytes(2 * round(added * rate))]
        at = middle
    after = round(min(pace.pause * last, _MAX_ADDED_S) * rate)
    return b"".join([*parts, pcm[2 * at :]]), after


def _words_of_phrases(text: str) -> list[float]:
    """How many words there are up to each mark within *text*, and after the last one."""
    return [float(len(phrase.split())) for phrase in _MARK.split(text.strip())]


def _pauses(samples: np.ndarray, rate: int, speed: float) -> Sequence[tuple[int, int]]:
    """Start and end, in samples, of each pause within the speech."""
    hop = rate * _HOP_MS // 1000
    count = len(samples) // hop
    levels = np.abs(samples[: count * hop].astype(np.float32)).reshape(count, hop).max(axis=1)
    loud = np.flatnonzero(levels > levels.max(initial=0.0) * _SILENCE)
    shortest = _MIN_PAUSE_S / min(speed, 1.0) * rate / hop
    return [
        (int(before + 1) * hop, int(after) * hop)
        for before, after in pairwise(loud)
        if after - before - 1 >= shortest
    ]
