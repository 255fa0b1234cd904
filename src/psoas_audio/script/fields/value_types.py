"""The forms of single values: texts, times, counts, levels, sounds, patterns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from psoas_audio.script import model, times
from psoas_audio.script.fields.reading import (
    WRONG,
    Reader,
    Schema,
    ValueType,
    by_shape,
    choice,
    expected,
    free_keys,
    listing,
    scalar,
    shorten,
)
from psoas_audio.script.model import Text
from psoas_audio.script.source.events import Node, Scalar
from psoas_audio.script.texts import clean
from psoas_audio.script.times import Misread
from psoas_audio.units import SAMPLE_RATE

SHORTEST_INTERVAL = 5 * SAMPLE_RATE
"""Samples between the bells inside a hold."""
SOFTEST = -12
"""dB under the session's voice: softer, and the bed would mask its words."""
MAX_TITLE = 300
"""Characters of a title."""
MAX_SUMMARY = 2000
"""Characters of a summary."""

_FROM_TO = re.compile(r"\s*(.*\S)\s+to\s+(\S.*?)\s*", re.DOTALL)
_PLAIN = {"type": ["string", "number", "boolean"]}
_TIME = {"type": ["string", "number"], "examples": ["45s", "1m30s", "1:30", 90]}


def _plain(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Misread("there is nothing here.", "Write some words.", "empty-text")
    return words


def _span_from(least: int) -> Any:
    def parse(text: str) -> model.Span:
        span = times.parse_span(text)
        if span.shortest < least:
            raise Misread(f"'{shorten(text)}' is no time at all.", "Write 45s.", "bad-time")
        return span

    return parse


def _interval(text: str) -> int:
    if (samples := times.parse_time(text)) < SHORTEST_INTERVAL:
        raise Misread(f"'{shorten(text)}' is too short for an interval.", "Write 5s or more.")
    return samples


def _time(text: str) -> int:
    if not (samples := times.parse_time(text)):
        raise Misread(f"'{shorten(text)}' is no time at all.", "Write 45s.", "bad-time")
    return samples


def whole_number(name: str, low: int, high: int, suffix: str = "") -> ValueType:
    """A whole number from *low* to *high*; *suffix* is a unit that may follow."""

    def parse(text: str) -> int:
        match = re.fullmatch(
            rf"(-?[0-9]{{1,9}})\s*(?:{suffix})" if suffix else r"(-?[0-9]{1,9})", text
        )
        if match is None or not low <= int(match[1]) <= high:
            raise Misread(
                f"'{shorten(text)}' isn't {name} from {low} to {high}.",
                f"Write a whole number from {low} to {high}.",
            )
        return int(match[1])

    return scalar(name, parse, {"type": "integer", "minimum": low, "maximum": high})


def decimal_number(name: str, low: float, high: float, unit: str = "") -> ValueType:
    """A number from *low* to *high*; its *unit* may follow."""

    def parse(text: str) -> float:
        match = re.fullmatch(rf"([-+]?[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?)(?:\s*{unit})?", text)
        if match is None or not low <= float(match[1]) <= high:
            raise Misread(
                f"'{shorten(text)}' isn't {name} from {low:g} to {high:g}.",
                f"Write a number from {low:g} to {high:g}.",
            )
        return float(match[1])

    return scalar(name, parse, {"type": "number", "minimum": low, "maximum": high})


def _text(node: Node, reader: Reader) -> Any:
    if not isinstance(node, Scalar):
        return expected("a text", node, reader, "Put a text that begins with { or [ in quotes.")
    try:
        text = Text(clean(node.text), node.mark)
    except Misread as fault:
        return reader.error(node.mark, fault.rule, fault.message, fault.hint)
    reader.spoken.append(text)
    return text


def _shown(most: int, name: str) -> Any:
    def reads(node: Node, reader: Reader) -> Any:
        if not isinstance(node, Scalar):
            return expected(name, node, reader, f"Put {name} that begins with {{ or [ in quotes.")
        try:
            text = Text(clean(node.text), node.mark)
        except Misread as fault:
            return reader.error(node.mark, fault.rule, fault.message, fault.hint)
        if len(text.words) > most:
            return reader.error(
                node.mark,
                "too-large",
                f"{name} of {len(text.words)} characters.",
                f"{most} is the most.",
            )
        reader.shown.append(text)
        return text

    return reads


def _sound(node: Node, reader: Reader) -> Any:
    if not isinstance(node, Scalar) or not node.text:
        return expected("a sound's name", node, reader)
    reader.sounds.append((node.text, node.mark))
    return node.text


def _rate(node: Node, reader: Reader) -> Any:
    rate = _RATE.read(node, reader)
    if rate is not WRONG:
        reader.rates.append((rate, node.mark))
    return rate


def _ramp(node: Node, reader: Reader, end: ValueType) -> Any:
    """One value, or two with ``to`` between them: a ramp over the session."""
    if not isinstance(node, Scalar) or not (match := _FROM_TO.fullmatch(node.text)):
        return end.read(node, reader)
    first, last = (end.read(replace(node, text=text), reader) for text in match.groups())
    return WRONG if WRONG in (first, last) else model.Ramp(first, last)


def steady(form: ValueType) -> ValueType:
    """*form*, where no ramp can be: a ramp is told where it belongs."""

    def reads(node: Node, reader: Reader) -> Any:
        if isinstance(node, Scalar) and _FROM_TO.fullmatch(node.text):
            return reader.error(
                node.mark,
                "bad-value",
                f"'{shorten(node.text)}' would change over the session.",
                "Write that in the 'voice' at the top of the script; here, one number.",
            )
        return form.read(node, reader)

    return ValueType(form.name, reads, form.schema)


def _rate_ramp(node: Node, reader: Reader) -> Any:
    return _ramp(node, reader, RATE)


def _level_ramp(node: Node, reader: Reader) -> Any:
    return _ramp(node, reader, LEVEL)


def _ramp_schema(end: ValueType, example: str) -> Schema:
    written = {"type": "string", "pattern": r"^\S.* to .*\S$", "examples": [example]}
    return {"anyOf": [end.schema, written]}


def _own_name(text: str) -> str:
    if not re.fullmatch(r"[^\W\d]\w{0,40}", text):
        raise Misread(
            f"'{shorten(text)}' isn't a value's name.", "Use letters, digits and _.", "bad-key"
        )
    if text in RESERVED:
        raise Misread(f"'{text}' is filled in by the program.", "Choose another name.", "bad-key")
    return text


def _value(text: str) -> str:
    return clean(_plain(text))


RESERVED = ("side", "other_side", "round", "rounds")
"""Values that ``sides`` and ``repeat`` fill in."""

PLAIN = scalar("some words", _plain, _PLAIN)
TEXT = ValueType("a text", _text, _PLAIN)
TITLE = ValueType("a title", _shown(MAX_TITLE, "a title"), {**_PLAIN, "maxLength": MAX_TITLE})
SUMMARY = ValueType(
    "a summary", _shown(MAX_SUMMARY, "a summary"), {**_PLAIN, "maxLength": MAX_SUMMARY}
)
SOUND = ValueType("a sound's name", _sound, {"type": "string"})
TIME = scalar(f"a time, such as {times.EXAMPLES}", _time, _TIME)
INTERVAL = scalar("a time of 5s or more", _interval, _TIME)
SPAN = scalar("a time, such as 45s or 30-60s", _span_from(1), _TIME)
PAUSE = scalar("a time, such as 3s", _span_from(0), _TIME)
PHASE = scalar("a time, such as 4s", times.parse_time, _TIME)
COUNT = scalar("a number, such as 5 or 4-8", times.parse_count, {"type": ["integer", "string"]})
MOMENT = scalar(
    "a moment, such as 10s, half or -10s",
    times.parse_moment,
    {"type": ["string", "number"], "examples": ["10s", "half", "-10s"]},
)
_RATE = whole_number("a rate", 60, 250)
RATE = ValueType(_RATE.name, _rate, _RATE.schema)
TREATMENT = choice("a treatment", get_args(model.Treatment))
LEVEL = decimal_number("a level", SOFTEST, 0, "dB")
RATE_RAMP = ValueType("a rate, or two of them", _rate_ramp, _ramp_schema(_RATE, "120 to 105"))
LEVEL_RAMP = ValueType("a level, or two of them", _level_ramp, _ramp_schema(LEVEL, "0 to -3"))
GUIDANCE = choice("a guidance", get_args(model.Guidance))
FILL = choice("a fill", get_args(model.Fill))
POSITION = choice("a position", get_args(model.Position))
WORDS = listing(PLAIN, "a list of words", lone=True)
VALUES = free_keys(
    "values, each with its words",
    scalar("a value's name", _own_name, {"pattern": r"^[^\W\d]\w*$"}),
    scalar("the value's words", _value, _PLAIN),
)
_SIDES = by_shape(
    "both, or [right, left]",
    scalar=choice("both, or [right, left]", ("both",), {"both": ("left", "right")}),
    items=listing(choice("a side", ("left", "right")), "[right, left]"),
)


def _sides(node: Node, reader: Reader) -> Any:
    told = len(reader.problems)
    value = _SIDES.read(node, reader)
    if value is WRONG or sorted(value) == ["left", "right"]:
        return value
    if told < len(reader.problems):
        return WRONG
    return reader.error(
        node.mark,
        "bad-sides",
        "each side must come once.",
        "Write [right, left], [left, right] or both.",
    )


SIDES = ValueType(_SIDES.name, _sides, _SIDES.schema)
