"""Times, spans, counts and the times of cues as they are written in a script.

Every function takes the text of a value and raises :class:`InvalidValueError` where it can't be
read. Times are samples at 48 kHz.
"""

from __future__ import annotations

import re
from decimal import Decimal

from psoas_audio.script.model import Count, CueTime, Span
from psoas_audio.script.time_words import (
    ABOUT,
    BREATH_WORDS,
    FOR,
    TIMES_WORDS,
    TO,
    UNIT_NAMES,
    in_figures,
    quantity,
    seconds_in,
)
from psoas_audio.units import SAMPLE_RATE, samples_to_ms, seconds_to_samples

MAX_TIME = 24 * 3600 * SAMPLE_RATE
"""The longest time a script may ask for in one place, in samples: a day."""
MAX_TIME_CHARACTERS = 200
"""Characters of a time or number: the patterns take long for a long text that is neither."""
MAX_COUNT = 2000
"""The most breaths or rounds that one step may have."""

TIME_EXAMPLES = "45s, 1m30s, 1:30 or 90"
"""Ways to write a time, for the hints of messages."""

_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-9][0-9])(\.[0-9]{1,3})?")
"""``1:30`` or ``1:00:00``."""
_BARE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3}|,[0-9]{1,2})?\s?[½¼¾⅓⅔]?|[½¼¾⅓⅔]")
"""A number without a unit: seconds."""
_PLAIN = re.compile(r"(?:[0-9.,:-]|(?<=[0-9])(?:ms|[hms]))+")
"""``45s``, ``30-60s`` or ``1:30``: in figures already, as most times of a script are."""
_ABOUT = re.compile(rf"(?:(?:{FOR}|{ABOUT})\s*)+(?=\S)")
_RANGE = re.compile(rf"(?:(?:from|von|de|desde)\s+)?(.*?){TO}(.*)")
_BETWEEN = re.compile(r"(?:between|zwischen|entre)\s+(.+?)\s+(?:and|und|y|et)\s+(.+)")
_COUNT = re.compile(
    r"([0-9]{1,6})(?:\s*(?:[-–—]|\b(?:to|bis|a|à)\b)\s*([0-9]{1,6}))?"
    rf"(?:\s*(?:{'|'.join(TIMES_WORDS)}))?"
)
_BREATHS = re.compile(rf"(.+?)\s*(?:{'|'.join(BREATH_WORDS)})", re.IGNORECASE)


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
    """A time, in samples; may be 0.

    ``45s``, ``1m30s``, ``1:30``, ``90`` or ``250ms``, and as people write them: ``1 min 30``,
    ``30 seconds``, ``½ min``, ``1,5m``, ``half a minute``, ``30 Sekunden``.
    """
    return _samples(_without_about(text), text)


def parse_span(text: str) -> Span:
    """A length such as ``45s``, or an elastic one such as ``30-60s`` or ``30 to 60 seconds``."""
    plain = _without_about(text)
    match = _BETWEEN.fullmatch(plain) or _RANGE.fullmatch(plain)
    if match is None or seconds_in(plain) is not None:
        length = _samples(plain, text)
        return Span(length, length)
    first, last = match.groups()
    if not first:
        raise _bad_time(f"{_quoted(text)} isn't a time.")
    if not last:
        raise _bad_time(f"the end of {_quoted(text)} is missing.", "Write 30-60s.")
    if _BARE.fullmatch(first) and not _BARE.fullmatch(last):
        first += _unit_for_both(text, first, last)
    span = Span(_samples(first, text), _samples(last, text))
    if span.shortest > span.longest:
        raise _bad_time(f"{_quoted(text)} has the longer time first.", f"Write {last}-{first}.")
    return span


def _without_about(text: str) -> str:
    """*text* in figures, without what may stand before a time."""
    if len(text) > MAX_TIME_CHARACTERS:
        raise _bad_time(f"{_quoted(text)} isn't a time.")
    if _PLAIN.fullmatch(text):
        return text
    figures = in_figures(text)
    about = _ABOUT.match(figures)
    return figures[about.end() :] if about else figures


def written_time(samples: int) -> str:
    """*samples* as a script has them: ``45s``, ``1m30s``, ``2.5s``; to the millisecond."""
    ms = samples_to_ms(samples)
    seconds, ms = divmod(ms, 1000)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    rest = f"{seconds}.{ms:03}".rstrip("0").rstrip(".")
    parts = ((hours, f"{hours}h"), (minutes, f"{minutes}m"), (seconds or ms, f"{rest}s"))
    return "".join(part for number, part in parts if number) or "0s"


def written_span(span: Span) -> str:
    """*span* as a script has it: ``45s``, ``30s-1m``."""
    first, last = written_time(span.shortest), written_time(span.longest)
    return first if first == last else f"{first}-{last}"


def _unit_for_both(text: str, first: str, last: str) -> str:
    """The unit of *last*, the end of the range *text*; *first* is a number without one."""
    end = last.removesuffix(".")
    for name, unit in UNIT_NAMES.items():
        if end.endswith(name) and not re.search(r"[a-z]", end.removesuffix(name)):
            return unit
    _samples(last, text)
    raise _bad_time(
        f"the unit of {_quoted(first)} is missing in {_quoted(text)}.",
        "Write the unit at both ends, such as 30s-1m30s.",
    )


def parse_count(text: str) -> Count:
    """A number such as ``5``, or an elastic one such as ``4-8``; from 1 to :data:`MAX_COUNT`.

    ``8x``, ``8 times`` and ``four to eight`` are numbers, too.
    """
    match = _COUNT.fullmatch(in_figures(text)) if len(text) <= MAX_TIME_CHARACTERS else None
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
    match = _BREATHS.fullmatch(text.strip())
    return parse_count(match[1]) if match else parse_span(text)


def parse_cue_time(text: str) -> CueTime:
    """When a cue begins: ``10s`` into its hold, at ``half`` of it, ``-10s`` before its end."""
    text = text.strip()
    if text in ("half", "halfway"):
        return CueTime("half")
    try:
        if text.startswith("-"):
            return CueTime("end", -parse_time(text[1:]))
        return CueTime("start", parse_time(text))
    except InvalidValueError as error:
        hint = "Write 10s, half, or -10s for ten seconds before the end."
        message = f"{_quoted(text)} isn't a moment." if text.startswith("-") else error.message
        raise InvalidValueError(message, hint, error.rule) from None


def _samples(plain: str, text: str) -> int:
    """The time *plain*, in figures, of what is written as *text*."""
    samples = seconds_to_samples(_seconds(plain, text))
    if samples > MAX_TIME:
        raise InvalidValueError(f"{text.strip()} is longer than 24 hours.", "", "bad-time")
    return samples


def _seconds(plain: str, text: str) -> Decimal:
    if _BARE.fullmatch(plain):
        return quantity(plain)
    if match := _CLOCK.fullmatch(plain):
        hours, minutes, seconds, fraction = match.groups()
        if int(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
            which = "seconds" if hours is None else "minutes and seconds"
            raise _bad_time(f"{_quoted(text)} isn't a time: its {which} must be below 60.")
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        return Decimal(whole) + Decimal(fraction or 0)
    seconds_meant = seconds_in(plain)
    if seconds_meant is None:
        raise _bad_time(f"{_quoted(text)} isn't a time.")
    return seconds_meant


def _bad_time(message: str, hint: str = "") -> InvalidValueError:
    return InvalidValueError(message, hint or f"Write {TIME_EXAMPLES}.", "bad-time")


def _quoted(text: str) -> str:
    text = text.strip()
    return repr(text if len(text) <= 40 else text[:39] + "…")
