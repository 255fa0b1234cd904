"""Times, spans, counts and moments as they are written in a script.

Every function takes the text of a value and raises :class:`InvalidValueError` where it can't be
read. Times are samples at 48 kHz.
"""

from __future__ import annotations

import re
from decimal import Decimal

from psoas_audio.script.model import Count, Moment, Span
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

MAX_TIME = 24 * 3600 * SAMPLE_RATE
"""The longest time a script may ask for in one place, in samples: a day."""
MAX_COUNT = 2000
"""The most breaths or rounds that one step may have."""

TIME_EXAMPLES = "45s, 1m30s, 1:30 or 90"
"""Ways to write a time, for the hints of messages."""

_DIGITS = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-9][0-9])(\.[0-9]{1,3})?")
"""``1:30`` or ``1:00:00``."""
_UNITS = re.compile(
    rf"(?:({_DIGITS})h)?(?:({_DIGITS})m(?!s))?(?:({_DIGITS})s)?(?:([0-9]{{1,9}})ms)?"
)
"""``1m30s``: each unit at most once, the largest first."""
_BARE = re.compile(_DIGITS)
"""A number without a unit: seconds."""
_LOOSE = re.compile(rf"({_DIGITS})\s*([a-z]+)\.?", re.IGNORECASE)
"""A number with a unit written in any way, such as ``45 sec.``; used for hints only."""
_UNIT_NAMES = {
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
}
"""Names people write for units, and the unit that a script has; used for hints only."""


class InvalidValueError(ValueError):
    """A value that can't be read, reported as a problem of the script or of an option."""

    def __init__(self, message: str, hint: str = "", rule: str = "bad-value") -> None:
        super().__init__(message)
        self.message = message
        """What is wrong, in one sentence."""
        self.hint = hint
        """What to write."""
        self.rule = rule
        """Short name of the kind of problem, such as ``bad-time``."""


def parse_time(text: str) -> int:
    """A time such as ``45s``, ``1m30s``, ``1:30``, ``90`` or ``250ms``, in samples; may be 0."""
    seconds = _parse_seconds(text.strip())
    samples = seconds_to_samples(seconds)
    if samples > MAX_TIME:
        raise InvalidValueError(f"{text.strip()} is longer than 24 hours.", "", "bad-time")
    return samples


def parse_span(text: str) -> Span:
    """A length such as ``45s``, or an elastic one such as ``30-60s`` or ``45s-1m30s``."""
    first, dash, last = (part.strip() for part in text.replace("–", "-").partition("-"))
    if not dash:
        length = parse_time(first)
        return Span(length, length)
    if not first:
        raise _bad_time(f"{_quoted(text)} isn't a time.")
    if not last:
        raise _bad_time(f"the end of {_quoted(text)} is missing.", "Write 30-60s.")
    if _BARE.fullmatch(first) and not _BARE.fullmatch(last):
        first += _unit_for_both(text, first, last)
    span = Span(parse_time(first), parse_time(last))
    if span.shortest > span.longest:
        raise _bad_time(f"{_quoted(text)} has the longer time first.", f"Write {last}-{first}.")
    return span


def _unit_for_both(text: str, first: str, last: str) -> str:
    """The unit of *last*, the end of the range *text*; *first* is a number without one."""
    corrected = _corrected(last)
    unit = re.fullmatch(rf"{_DIGITS}(ms|s|m|h)", corrected)
    if unit and corrected == last:
        return unit[1]
    if unit:
        raise _bad_time(f"{_quoted(text)} isn't a range of times.", f"Write {first}-{corrected}.")
    raise _bad_time(
        f"the unit of {_quoted(first)} is missing in {_quoted(text)}.",
        "Write the unit at both ends, such as 30s-1m30s.",
    )


def parse_count(text: str) -> Count:
    """A number such as ``5``, or an elastic one such as ``4-8``; from 1 to :data:`MAX_COUNT`."""
    match = re.fullmatch(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?", text.strip())
    if match is None:
        raise InvalidValueError(f"{_quoted(text)} isn't a number.", "Write 5, or 4-8 for a range.")
    count = Count(int(match[1]), int(match[2] or match[1]))
    if count.fewest > count.most:
        raise InvalidValueError(
            f"{_quoted(text)} has the larger number first.", f"Write {match[2]}-{match[1]}."
        )
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
    except InvalidValueError as error:
        hint = "Write 10s, half, or -10s for ten seconds before the end."
        message = f"{_quoted(text)} isn't a moment." if text.startswith("-") else error.message
        raise InvalidValueError(message, hint, error.rule) from None


def _parse_seconds(text: str) -> Decimal:
    if _BARE.fullmatch(text):
        return Decimal(text)
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds, fraction = match.groups()
        if int(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
            which = "seconds" if hours is None else "minutes and seconds"
            raise _bad_time(f"{_quoted(text)} isn't a time: its {which} must be below 60.")
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        return Decimal(whole) + Decimal(fraction or 0)
    match = _UNITS.fullmatch(text)
    if match and text:
        hours, minutes, seconds, ms = match.groups()
        return (
            Decimal(hours or 0) * 3600
            + Decimal(minutes or 0) * 60
            + Decimal(seconds or 0)
            + Decimal(ms or 0) / 1000
        )
    corrected = _corrected(text)
    raise _bad_time(f"{_quoted(text)} isn't a time.", f"Write {corrected}." if corrected else "")


def _corrected(text: str) -> str:
    """The time that *text*, such as ``2 min 30 s``, must mean, as a script writes it, or ""."""
    found, position = "", 0
    for match in _LOOSE.finditer(text):
        unit = _UNIT_NAMES.get(match[2].lower())
        if unit is None or text[position : match.start()].strip():
            return ""
        found, position = f"{found}{match[1]}{unit}", match.end()
    return found if position == len(text) and _UNITS.fullmatch(found) else ""


def _bad_time(message: str, hint: str = "") -> InvalidValueError:
    return InvalidValueError(message, hint or f"Write {TIME_EXAMPLES}.", "bad-time")


def _quoted(text: str) -> str:
    text = text.strip()
    return repr(text if len(text) <= 40 else text[:39] + "…")
