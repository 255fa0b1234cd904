"""The types of single values: texts, times, numbers, levels, sounds, sides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

from psoas_audio.script import model, times
from psoas_audio.script.direction_advice import advice_on
from psoas_audio.script.fields.reading import (
    INVALID,
    NodeReader,
    Schema,
    ValueType,
    by_shape,
    choice,
    list_of,
    mapping_of,
    report_wrong_type,
    scalar,
    shorten,
)
from psoas_audio.script.model import Text
from psoas_audio.script.source.events import Node, ScalarNode
from psoas_audio.script.texts import clean_text, placeholders
from psoas_audio.script.times import InvalidValueError
from psoas_audio.units import BIT_RATES, SAMPLE_RATE

MIN_INTERVAL = 5 * SAMPLE_RATE
"""Samples between the bells inside a hold."""
LONGEST_FADE = 60 * SAMPLE_RATE
"""Samples of a bed's fades."""
MIN_VOICE_LEVEL_DB = -12
"""dB relative to the session's voice: below it, a bed would mask the words."""
MAX_TITLE_CHARACTERS = 300
"""Characters of a title."""
MAX_VALUE_CHARACTERS = 1000
"""Characters of a value from outside the script."""
MAX_SUMMARY_CHARACTERS = 2000
"""Characters of a summary."""

_FROM_TO = re.compile(r"\s*(.*\S)\s+to\s+(\S.*?)\s*", re.DOTALL)
_PLAIN_SCHEMA = {"type": ["string", "number", "boolean"]}
_TIME_SCHEMA = {"type": ["string", "number"], "examples": ["45s", "1m30s", "1:30", 90]}


def _parse_plain_text(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise InvalidValueError("this text is empty.", "Write some words.", "empty-text")
    return words


def _parse_fixed_text(text: str) -> str:
    """Words that are shown as they are written: a ``{value}`` would stand in them literally."""
    words = _parse_plain_text(text)
    if names := placeholders(words):
        raise InvalidValueError(
            f"{{{shorten(names[0])}}} can't be used here.",
            "Titles, the summary, labels and spoken texts can have values. Write the words here.",
            "bad-text",
        )
    return words


def _span_parser(min_samples: int) -> Callable[[str], model.Span]:
    def parse(text: str) -> model.Span:
        span = times.parse_span(text)
        if span.shortest < min_samples:
            raise InvalidValueError(f"'{shorten(text)}' isn't a length.", "Write 45s.", "bad-time")
        return span

    return parse


def _parse_interval(text: str) -> int:
    if (samples := times.parse_time(text)) < MIN_INTERVAL:
        raise InvalidValueError(
            f"'{shorten(text)}' is too short for an interval.", "Write 5s or more."
        )
    return samples


def _parse_time(text: str) -> int:
    if not (samples := times.parse_time(text)):
        raise InvalidValueError(f"'{shorten(text)}' isn't a length.", "Write 45s.", "bad-time")
    return samples


def _parse_fade(text: str) -> int:
    samples = times.parse_time(text)
    if samples > LONGEST_FADE:
        raise InvalidValueError(f"'{shorten(text)}' is longer than a minute.", "Write 10s.")
    return samples


def whole_number(name: str, low: int, high: int, suffix: str = "") -> ValueType:
    """A whole number from *low* to *high*; *suffix* is a pattern of the units that may follow."""

    def parse(text: str) -> int:
        match = re.fullmatch(
            rf"(-?[0-9]{{1,9}})\s*(?:{suffix})" if suffix else r"(-?[0-9]{1,9})", text
        )
        if match is None or not low <= int(match[1]) <= high:
            raise InvalidValueError(
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
            raise InvalidValueError(
                f"'{shorten(text)}' isn't {name} from {low:g} to {high:g}.",
                f"Write a number from {low:g} to {high:g}.",
            )
        return float(match[1])

    return scalar(name, parse, {"type": "number", "minimum": low, "maximum": high})


def _read_text(node: Node, reader: NodeReader) -> Any:
    if not isinstance(node, ScalarNode):
        return report_wrong_type(
            "a text", node, reader, "Put a text that begins with { or [ in quotes."
        )
    try:
        text = Text(clean_text(node.text), node.mark)
    except InvalidValueError as fault:
        hint = next((each.hint for each in advice_on(" ".join(node.text.split()))), fault.hint)
        return reader.error(node.mark, fault.rule, fault.message, hint)
    reader.spoken.append(text)
    return text


def _by_round(node: Node, reader: NodeReader, item: ValueType) -> Any:
    """A text, or a list of them: each round takes the next."""
    texts = list_of(item, "a text or a list of texts", min_items=1, or_single=True).read(
        node, reader
    )
    if texts is INVALID:
        return INVALID
    first, *others = texts
    return replace(first, others=tuple(text.words for text in others))


def _displayed_text(max_characters: int, name: str) -> Callable[[Node, NodeReader], Any]:
    def convert(node: Node, reader: NodeReader) -> Any:
        if not isinstance(node, ScalarNode):
            return report_wrong_type(
                name, node, reader, f"Put {name} that begins with {{ or [ in quotes."
            )
        try:
            text = Text(clean_text(node.text), node.mark)
        except InvalidValueError as fault:
            return reader.error(node.mark, fault.rule, fault.message, fault.hint)
        if len(text.words) > max_characters:
            return reader.error(
                node.mark,
                "too-large",
                f"{name} has {len(text.words):,} characters.",
                f"At most {max_characters:,} are read.",
            )
        reader.displayed.append(text)
        return text

    return convert


def _read_sound(node: Node, reader: NodeReader) -> Any:
    if not isinstance(node, ScalarNode) or not node.text:
        return report_wrong_type("a sound's name", node, reader)
    reader.sounds.append((node.text, node.mark))
    return node.text


def _read_bit_rate(node: Node, reader: NodeReader) -> Any:
    rate = _BIT_RATE.read(node, reader)
    return rate if rate is INVALID else int(rate)


def _read_cover(node: Node, reader: NodeReader) -> Any:
    if not isinstance(node, ScalarNode) or not node.text.strip():
        return report_wrong_type("the name of a picture", node, reader)
    return model.CoverFile(node.text, node.mark)


def _read_rate(node: Node, reader: NodeReader) -> Any:
    rate = _RATE.read(node, reader)
    if rate is not INVALID:
        reader.rates.append((rate, node.mark))
    return rate


def _read_ramp(node: Node, reader: NodeReader, end: ValueType) -> Any:
    """One value, or two with ``to`` between them, which make a ramp over the session."""
    if not isinstance(node, ScalarNode) or not (match := _FROM_TO.fullmatch(node.text)):
        return end.read(node, reader)
    first, last = (end.read(replace(node, text=text), reader) for text in match.groups())
    return INVALID if INVALID in (first, last) else model.Ramp(first, last)


def without_ramp(value_type: ValueType) -> ValueType:
    """*value_type* for places that can't have a ramp; one there is an error."""

    def convert(node: Node, reader: NodeReader) -> Any:
        if isinstance(node, ScalarNode) and _FROM_TO.fullmatch(node.text):
            return reader.error(
                node.mark,
                "bad-value",
                f"'{shorten(node.text)}' changes over the session, which isn't possible here.",
                "Write one number; only 'voice' at the top of the script can have a change.",
            )
        return value_type.read(node, reader)

    return ValueType(value_type.name, convert, value_type.schema)


def _read_rate_ramp(node: Node, reader: NodeReader) -> Any:
    return _read_ramp(node, reader, RATE)


def _read_level_ramp(node: Node, reader: NodeReader) -> Any:
    return _read_ramp(node, reader, LEVEL)


def _ramp_schema(end: ValueType, example: str) -> Schema:
    ramp = {"type": "string", "pattern": r"^\S.* to .*\S$", "examples": [example]}
    return {"anyOf": [end.schema, ramp]}


def _parse_value_name(text: str) -> str:
    if not re.fullmatch(r"[^\W\d]\w{0,40}", text):
        raise InvalidValueError(
            f"'{shorten(text)}' can't be the name of a value.",
            "Use letters, digits and _, and begin with a letter.",
            "bad-key",
        )
    if text in RESERVED_VALUES:
        raise InvalidValueError(
            f"the program sets this value itself: '{text}'.", "Choose another name.", "bad-key"
        )
    return text


def _parse_value(text: str) -> str:
    return clean_text(_parse_plain_text(text))


def read_value(name: str, words: str) -> tuple[str, str]:
    """The value *name* with its *words*, cleaned; raises ``InvalidValueError``."""
    if len(words) > MAX_VALUE_CHARACTERS:
        raise InvalidValueError(
            f"the value '{shorten(name)}' has {len(words):,} characters.",
            f"At most {MAX_VALUE_CHARACTERS:,} are read.",
            "too-large",
        )
    return _parse_value_name(name), _parse_value(words)


RESERVED_VALUES = (
    "side", "other_side", "round", "rounds", "set", "sets", "rep", "reps", "outer_round",
    "outer_rounds", "outer_set", "outer_sets", "outer_rep", "outer_reps",
)  # fmt: skip
"""Values that ``sides``, ``repeat``, ``sets`` and ``reps`` set."""

FLAG = ValueType(
    "true or false",
    choice("true or false", ("true", "false"), {"true": True, "false": False}).convert,
    {"type": "boolean"},
)
PLAIN_TEXT = scalar("some words", _parse_plain_text, _PLAIN_SCHEMA)
FIXED_TEXT = scalar("some words", _parse_fixed_text, _PLAIN_SCHEMA)
SPOKEN_TEXT = ValueType("a text", _read_text, _PLAIN_SCHEMA)
TITLE = ValueType(
    "a title",
    _displayed_text(MAX_TITLE_CHARACTERS, "a title"),
    {**_PLAIN_SCHEMA, "maxLength": MAX_TITLE_CHARACTERS},
)
SUMMARY = ValueType(
    "a summary",
    _displayed_text(MAX_SUMMARY_CHARACTERS, "a summary"),
    {**_PLAIN_SCHEMA, "maxLength": MAX_SUMMARY_CHARACTERS},
)
TEXT_BY_ROUND = ValueType(
    "a text or a list of texts",
    lambda node, reader: _by_round(node, reader, SPOKEN_TEXT),
    {"anyOf": [_PLAIN_SCHEMA, {"type": "array", "items": _PLAIN_SCHEMA, "minItems": 1}]},
)
TITLE_BY_ROUND = ValueType(
    "a title or a list of titles",
    lambda node, reader: _by_round(node, reader, TITLE),
    {"anyOf": [TITLE.schema, {"type": "array", "items": TITLE.schema, "minItems": 1}]},
)
SOUND = ValueType("a sound's name", _read_sound, {"type": "string"})
SOUND_OR_NONE = ValueType(
    "a sound's name, or none",
    lambda node, reader: (
        "" if isinstance(node, ScalarNode) and node.text == "none" else _read_sound(node, reader)
    ),
    {"type": "string"},
)
TIME = scalar(f"a time, such as {times.TIME_EXAMPLES}", _parse_time, _TIME_SCHEMA)
FADE = scalar("a time of up to a minute, such as 10s", _parse_fade, _TIME_SCHEMA)
LENGTH = scalar("a time, such as 20s", times.parse_time, _TIME_SCHEMA)
"""As :data:`TIME`, but it may be 0."""
INTERVAL = scalar("a time of 5s or more", _parse_interval, _TIME_SCHEMA)
SPAN = scalar("a time, such as 45s or 30-60s", _span_parser(1), _TIME_SCHEMA)
PAUSE_LENGTH = scalar("a time, such as 3s", _span_parser(0), _TIME_SCHEMA)
PHASE = scalar("a time, such as 4s", times.parse_time, _TIME_SCHEMA)
COUNT = scalar("a number, such as 5 or 4-8", times.parse_count, {"type": ["integer", "string"]})
CUE_TIME = scalar(
    "a moment, such as 10s, half or -10s",
    times.parse_cue_time,
    {"type": ["string", "number"], "examples": ["10s", "half", "-10s"]},
)
_RATE = whole_number("a rate", 60, 250)
RATE = ValueType(_RATE.name, _read_rate, _RATE.schema)
TREATMENT_NAME = choice("a treatment", get_args(model.TreatmentName))
LEVEL = decimal_number("a level", MIN_VOICE_LEVEL_DB, 0, "dB")
RATE_RAMP = ValueType("a rate, or two of them", _read_rate_ramp, _ramp_schema(_RATE, "120 to 105"))
LEVEL_RAMP = ValueType("a level, or two of them", _read_level_ramp, _ramp_schema(LEVEL, "0 to -3"))
_BIT_RATE = choice("a bit rate", [str(rate) for rate in BIT_RATES])
BIT_RATE = ValueType(_BIT_RATE.name, _read_bit_rate, {"enum": list(BIT_RATES)})
COVER_FILE = ValueType("the name of a picture", _read_cover, {"type": "string"})
GUIDANCE = choice("a guidance", get_args(model.Guidance))
FILL = choice("a fill", get_args(model.Fill))
POSITION = choice("a position", get_args(model.Position))
WORDS = list_of(FIXED_TEXT, "a list of words", or_single=True)
VALUES = mapping_of(
    "values, each with its words",
    scalar("a value's name", _parse_value_name, {"pattern": r"^[^\W\d]\w*$"}),
    scalar("the value's words", _parse_value, _PLAIN_SCHEMA),
)
_SIDES = by_shape(
    "both, or [right, left]",
    scalar=choice("both, or [right, left]", ("both",), {"both": ("left", "right")}),
    sequence=list_of(choice("a side", ("left", "right")), "[right, left]"),
)


def _read_sides(node: Node, reader: NodeReader) -> Any:
    problems_before = len(reader.problems)
    value = _SIDES.read(node, reader)
    if value is INVALID or sorted(value) == ["left", "right"]:
        return value
    if len(reader.problems) > problems_before:
        return INVALID
    return reader.error(
        node.mark,
        "bad-sides",
        "name each side exactly once.",
        "Write [right, left], [left, right] or both.",
    )


SIDES = ValueType(_SIDES.name, _read_sides, _SIDES.schema)
