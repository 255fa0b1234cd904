"""Effective words per minute to an engine's own rate.

What a voice's own scale means is measured: once per voice, version and own rate, at the two own
rates on either side of the one wanted. A passage is spoken as a session speaks, one sentence at a
time and trimmed, so that pauses an engine adds between sentences don't count; those of a session
are reckoned in (see ``pace``).
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from psoas_audio.errors import SpeechError
from psoas_audio.pace import line_rate

Readings = Mapping[float, float]
"""Seconds of the passage's sentences at an engine's own rates."""

PASSAGE = (
    ("Let the right knee soften.", "Let one hand rest on your belly."),
    (
        "As you breathe out, let your legs grow heavy, and sink into the floor.",
        "Breathe in slowly.",
        "Let them rise with each breath in, and sink with each breath out.",
    ),
)
"""Two lines of a session, sentence by sentence, spoken to measure a voice in every language: nobody
hears them. Short and long sentences are mixed so that voices (eSpeak NG and Piper's joe, at eight
rates) take as long for a word, within 0.3 %, as between talks of the shipped sessions, whose
sentences are long, and exercises, whose sentences are short."""
SENTENCES = tuple(sentence for line in PASSAGE for sentence in line)
"""The passage's sentences, each a request of its own."""
_WORDS = [[len(sentence.split()) for sentence in line] for line in PASSAGE]
"""Words of each sentence of each line."""

_READING = struct.Struct("<dd")


def rates_to_read(rates: Sequence[float], readings: Readings, wpm: float) -> tuple[float, ...]:
    """Those of *rates* to measure next to find the own rate for *wpm*; none if it is known.

    *rates* are sorted. A speed within the voice's range needs the readings on either side of it,
    any other speed needs all readings.
    """
    for pair in _pairs(rates, readings, wpm):
        if unread := tuple(rate for rate in pair if rate not in readings):
            return unread
        if _between(pair, readings, wpm):
            return ()
    return tuple(rate for rate in rates if rate not in readings)


def own_rate(rates: Sequence[float], readings: Readings, wpm: float) -> float:
    """The engine's own rate for *wpm*, or for the nearest speed that the voice can speak at.

    It depends on the *readings* that :func:`rates_to_read` asks for and on no others. Raises
    ``SpeechError`` if the voice speaks at one rate only.
    """
    for pair in _pairs(rates, readings, wpm):
        if _between(pair, readings, wpm):
            slow, fast = (words_per_minute(readings[rate]) for rate in pair)
            part = (wpm - slow) / (fast - slow) if fast > slow else 0.0
            return pair[0] + part * (pair[1] - pair[0])
    slowest, fastest = speed_range(rates, readings)
    if slowest == fastest:
        raise SpeechError(
            "the engine always speaks at the same rate, whatever rate is requested",
            hint="Choose another voice or engine.",
        )
    nearest = slowest if wpm < slowest else fastest
    return next(rate for rate in rates if words_per_minute(readings[rate]) == nearest)


def is_reachable(rates: Sequence[float], readings: Readings, wpm: float) -> bool:
    """Whether the voice comes within 5 % of *wpm*, by the readings that :func:`own_rate` needs."""
    slowest, fastest = speed_range(rates, readings)
    return slowest * 0.95 <= wpm <= fastest * 1.05


def speed_range(rates: Sequence[float], readings: Readings) -> tuple[float, float]:
    """The lowest and the highest effective words per minute of *readings*."""
    found = [words_per_minute(readings[rate]) for rate in rates if rate in readings]
    return min(found), max(found)


def words_per_minute(seconds: float) -> float:
    """The rate of a voice that speaks the passage's sentences in so many *seconds*."""
    return line_rate(_WORDS, seconds)


def pack_reading(seconds: float, level: float) -> bytes:
    """A reading as it is cached: *seconds* of the passage's sentences, their *level* in LUFS."""
    return _READING.pack(seconds, level)


def unpack_reading(payload: bytes) -> tuple[float, float]:
    """Seconds and level in *payload* of :func:`pack_reading`."""
    seconds, level = _READING.unpack(payload)
    return seconds, level


def _pairs(rates: Sequence[float], readings: Readings, wpm: float) -> Iterator[tuple[float, float]]:
    """Neighbours among *rates*, from the likeliest on towards *wpm*.

    Each pair's readings must be there when the next is asked for.
    """
    at = min(max(bisect_left(rates, wpm), 1), len(rates) - 1)  # most scales are near wpm
    while 0 < at < len(rates):
        slow, fast = rates[at - 1], rates[at]
        yield slow, fast
        at += 1 if wpm > words_per_minute(readings[fast]) else -1


def _between(pair: tuple[float, float], readings: Readings, wpm: float) -> bool:
    return words_per_minute(readings[pair[0]]) <= wpm <= words_per_minute(readings[pair[1]])
