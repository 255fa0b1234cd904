"""Slow speech from any server: a speed that still sounds natural, and longer pauses.

Below a speed of 0.7 neural voices draw out their vowels. So a voice is asked to speak a little
faster than a rate needs, and what is missing becomes silence, put where the voice itself paused and
after the last word. It is reckoned from what the voice really took: some draw short sentences out,
and get less of it there. So a rate means the same for short sentences and long ones, and for texts
with many commas, with few, and with none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RATES = (20.0, 40.0, 60.0, 80.0, 100.0, 120.0, 145.0, 180.0, 240.0)
"""Own rates at which a server's voice is measured, near the words a minute that they come to."""
_SPEEDS = ((90.0, 0.7), (110.0, 0.75), (135.0, 0.85), (160.0, 1.0), (240.0, 1.6))
"""Own rate and speed for a usual sentence; straight between them."""
_USUAL_WORDS = 8
"""Words of a usual sentence."""
_EXTRA_WORDS = 1
"""How many words' time a sentence takes beside its words: 0 to 3 in four voices of Kokoro."""
_FASTEST = 1.1
"""The speed up to which a short sentence is asked for faster."""
_WORDS_OF_PAUSE = 0.7
"""By how many words a sentence is shorter than its words would be, because of the pause after it,
of which short sentences have more for each word (``psoas_audio.pace``)."""
_FEWEST_WORDS = 0.1
"""For which a sentence lasts at least."""
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
    """How a sentence is spoken by a server's voice."""

    speed: float
    """Of the voice; 1 is its own."""
    seconds: float
    """How long the sentence shall take, if silence can bring it there."""


def pace_for(rate: float, text: str) -> ServerPace:
    """The pace of *text* at *rate* on the engine's own scale; lower is slower without a jump."""
    words = max(1, len(text.split()))
    rates, speeds = zip(*_SPEEDS, strict=True)
    speed = float(np.interp(rate, rates, speeds))
    longer = (1 + _EXTRA_WORDS / words) / (1 + _EXTRA_WORDS / _USUAL_WORDS)
    speed = max(speed, min(speed * longer, _FASTEST))
    seconds = max(words - _WORDS_OF_PAUSE, _FEWEST_WORDS) * 60 / rate
    return ServerPace(round(speed, 2), seconds)


def slow_down(pcm: bytes, rate: int, text: str, pace: ServerPace) -> tuple[bytes, int]:
    """*pcm* (mono, 16 bit, *rate* Hz) with silence added where the voice pauses, and samples of
    silence to follow it, so that it takes the seconds of *pace* from its first sound on.

    A pause gets its share by the words before it, the end of the *text* by those after the last
    mark. Nothing that sounds is cut.
    """
    samples = np.frombuffer(pcm, "<i2")
    loud, hop = _loud(samples, rate)
    heard = (int(loud[-1]) + 1 - int(loud[0])) * hop / rate if len(loud) else 0.0
    missing = pace.seconds - heard
    if missing <= 0:
        return pcm, 0
    *words, last = _words_of_phrases(text)
    longest = sorted(_pauses(loud, hop, rate, pace.speed), key=lambda span: span[0] - span[1])
    found = sorted(longest[: len(words)])
    each = missing / (sum(words) + last)
    if len(found) < len(words):  # which mark is which isn't known
        share = (sum(words) + last) / (len(found) + 1)
        words, last = [share] * len(found), share
    parts, at = [], 0
    for (start, end), count in zip(found, words, strict=True):
        middle = (start + end) // 2
        added = min(each * count, _MAX_ADDED_S)
        parts += [pcm[2 * at : 2 * middle], bytes(2 * round(added * rate))]
        at = middle
    after = round(min(each * last, _MAX_ADDED_S) * rate)
    return b"".join([*parts, pcm[2 * at :]]), after


def _words_of_phrases(text: str) -> list[float]:
    """How many words there are up to each mark within *text*, and after the last one."""
    return [float(len(phrase.split())) for phrase in _MARK.split(text.strip())]


def _loud(samples: np.ndarray, rate: int) -> tuple[np.ndarray, int]:
    """Numbers of the stretches of *samples* that sound, and the samples of a stretch."""
    hop = rate * _HOP_MS // 1000
    count = len(samples) // hop
    levels = np.abs(samples[: count * hop].astype(np.float32)).reshape(count, hop).max(axis=1)
    return np.flatnonzero(levels > levels.max(initial=0.0) * _SILENCE), hop


def _pauses(loud: np.ndarray, hop: int, rate: int, speed: float) -> Sequence[tuple[int, int]]:
    """Start and end, in samples, of each pause within the speech."""
    shortest = _MIN_PAUSE_S / min(speed, 1.0) * rate / hop
    return [
        (int(before + 1) * hop, int(after) * hop)
        for before, after in pairwise(loud)
        if after - before - 1 >= shortest
    ]
