"""Times, spans, counts and moments as a script writes them.

Every function takes the text of a value and raises :class:`InvalidValueError` where it can't be
read. Times are samples at 48 kHz.
"""

from __future__ import annotations

import re
from decimal import Decimal

from psoas_audio.script.model import Count, Moment, Span
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

MAX_TIME = 24 * 3600 * SAMPLE_RATE
"""Samples of the longest time a script may ask for in one place: a day."""
MAX_COUNT = 2000
"""Breaths or rounds that one step may have."""

TIME_EXAMPLES = "45s, 1m30s, 1:30 or 90"

_DIGITS = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-9][0-9])(\.[0-9]{1,3})?")
_UNITS = re.compile(
    rf"(?:({_DIGITS})h)?(?:({_DIGITS})m(?!s))?(?:({_DIGITS})s)?(?:([0-9]{{1,9}})ms)?"
)
_BARE = re.compile(_DIGITS)
_LOOSE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(s|m|h)[a-z]*\.?", re.IGNORECASE)


class InvalidValueError(ValueError):
    """A value that can't be read; it becomes a problem of a script or the error of an option."""

    def __init__(self, message: str, hint: str = "", rule: str = "bad-value") -> None:
        super().__init__(message)
        self.message = message
        """What is wrong, in one sentence."""
        self.hint = hint
        """What to write."""
        self.rule = rule
        """Short name of the problem."""


def parse_time(text: str) -> int:
    """Samples of a time such as ``45s``, ``1m30s``, ``1:30``, ``90`` or ``250ms``; 0 is allowed."""
    seconds = _seconds(text.strip())
    samples = seconds_to_samples(seconds)
    if samples > MAX_TIME:
        raise InvalidValueError(f"{text.strip()} is longer than 24 hours.", "", "bad-time")
    return samples


def parse_span(text: str) -> Span:
    """A length such as ``45s``, or an elastic one such as ``30-60s`` or ``45s-1m30s``."""
    first, dash, last = text.strip().replace("–", "-").partition("-")
    first, last = first.strip(), last.strip()
    if dash and not first:
        raise InvalidValueError(
            f"{_quoted(text)} isn't a time.", f"Write {TIME_EXAMPLES}.", "bad-time"
        )
    if not dash:
        length = parse_time(first)
        return Span(length, length)
    if _BARE.fullmatch(first) and not _BARE.fullmatch(last):
        unit = re.fullmatch(rf"{_DIGITS}(ms|s|m|h)", last)
        if unit is None:
            raise InvalidValueError(
                f"the unit of {_quoted(first)} is missing in {_quoted(text)}.",
                f"Write the unit at both ends, such as {first}s-{last}.",
                "bad-time",
            )
        first += unit[1]
    span = Span(parse_time(first), parse_time(last))
    if span.shortest > span.longest:
        raise InvalidValueError(
            f"{_quoted(text)} has the longer time first.", f"Write {last}-{first}."
        )
    return span


def parse_count(text: str) -> Count:
    """A number such as ``5``, or an elastic one such as ``4-8``; from 1 to :data:`MAX_COUNT`."""
    match = re.fullmatch(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?", text.strip())
    if match is None:
        raise InvalidValueError(f"{_quoted(text)} isn't a number.", "Write 5, or 4-8 for a range.")
    count = Count(int(match[1]), int(match[2] or match[1]))
    if not 1 <= count.fewest <= count.most <= MAX_COUNT:
        raise InvalidValueError(
            f"{_quoted(text)} isn't a number from 1 to {MAX_COUNT}.", "Write 5, or 4-8."
        )
    return count


def parse_amount(text: str) -> Span | Count:
    """The length of a hold or of paced breathing: ``2m``, ``1-3m`` or ``6 breaths``."""
    match = re.fullmatch(r"(.+?)\s*breaths?", text.strip(), re.IGNORECASE)
    return parse_count(match[1]) if match else parse_span(text)


def parse_moment(text: str) -> Moment:
    """A moment in a hold: ``10s`` after its start, ``half`` of it, ``-10s`` before its end."""
    text = text.strip()
    if text == "half":
        return Moment("half")
    try:
        if text.startswith("-"):
            return Moment("end", -parse_time(text[1:]))
        return Moment("start", parse_time(text))
    except InvalidValueError as fault:
        hint = "Write 10s, half, or -10s for ten seconds before the end."
        raise InvalidValueError(fault.message, hint, fault.rule) from None


def _seconds(text: str) -> Decimal:
    if _BARE.fullmatch(text):
        return Decimal(text)
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds, part = match.groups()
        if int(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
            raise InvalidValueError(
                f"{_quoted(text)} has sixty or more seconds or minutes.",
                f"Write {TIME_EXAMPLES}.",
                "bad-time",
            )
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        return Decimal(whole) + Decimal(part or 0)
    match = _UNITS.fullmatch(text)
    if match and text:
        hours, minutes, seconds, ms = match.groups()
        return (
            Decimal(hours or 0) * 3600
            + Decimal(minutes or 0) * 60
            + Decimal(seconds or 0)
            + Decimal(ms or 0) / 1000
        )
    hint = f"Write {TIME_EXAMPLES}."
    if loose := _LOOSE.fullmatch(text):
        hint = f"Write {loose[1]}{loose[2].lower()}."
    raise InvalidValueError(f"{_quoted(text)} isn't a time.", hint, "bad-time")


def _quoted(text: str) -> str:
    text = text.strip()
    return repr(text if len(text) <= 40 else text[:39] + "…")
