"""Lengths of time in running text: ``30 sec``, ``1:30``, ``de 30 a 60 s``, ``halbe Minute``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from psoas_audio.script.time_words import ABOUT, time_pattern
from psoas_audio.script.times import InvalidValueError, parse_span, written_time
from psoas_audio.units import samples_to_seconds, seconds_to_samples


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, or a range of them, in seconds."""

    shortest: float
    longest: float

    def plus(self, other: Length) -> Length:
        """Both, one after the other."""
        return Length(self.shortest + other.shortest, self.longest + other.longest)

    def written(self) -> str:
        """The length as a script has it: ``30s``, ``1m30s``, ``30-60s``."""
        if self.shortest == self.longest:
            return _written(self.shortest)
        if not (self.shortest % 60 or self.longest % 60):
            return f"{self.shortest / 60:g}-{self.longest / 60:g}m"
        if self.longest <= 120:
            return f"{self.shortest:g}-{self.longest:g}s"
        return f"{_written(self.shortest)}-{_written(self.longest)}"

    def times(self, factor: float) -> Length:
        """*factor* times as long."""
        return Length(self.shortest * factor, self.longest * factor)


def _written(seconds: float) -> str:
    if 60 < seconds < 90:
        return f"{round(seconds * 1000) / 1000:g}s"
    return written_time(seconds_to_samples(seconds))


@cache
def _length_pattern() -> re.Pattern[str]:
    """A length in running text. It takes 15 ms to compile, so only where a text may have one."""
    return re.compile(rf"(?<![\w.,])(?:{ABOUT}\s*)?(?P<time>{time_pattern()})", re.IGNORECASE)


def match_length(text: str, position: int = 0) -> tuple[int, Length] | None:
    """Where the length that begins at *position* of *text* ends, and the length."""
    match = _length_pattern().match(text, position)
    return _read(match) if match else None


def search_length(text: str, position: int = 0) -> tuple[int, int, Length] | None:
    """Start, end and value of the first length in *text* from *position* on."""
    for match in _length_pattern().finditer(text, position):
        if found := _read(match):
            return match.start(), *found
    return None


_JOIN = re.compile(r"\s*(?:,|\band\b|\bund\b|\by\b|\bet\b)\s*", re.IGNORECASE)
"""What joins the parts of a time: ``1 minute and 30 seconds``."""


def _read(match: re.Match[str]) -> tuple[int, Length] | None:
    """Where the length of *match* ends, and the length; ``None`` for a time such as ``1:75``.

    Of times that only stand in a row, such as ``50s and 60s``, it is the first.
    """
    start, text = match.start("time"), match["time"]
    ends = [join.start() for join in _JOIN.finditer(text)]
    for end in (len(text), *reversed(ends)):
        try:
            span = parse_span(text[:end])
        except InvalidValueError:
            continue
        seconds = map(samples_to_seconds, (span.shortest, span.longest))
        return start + end, Length(*seconds)
    return None
