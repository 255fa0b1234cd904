"""The steps that take time: hold, rest, and paced breathing."""

from __future__ import annotations

from typing import Any

from psoas_audio.script import model, times
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.pattern_types import PATTERN
from psoas_audio.script.fields.reading import WRONG, Reader, ValueType, by_shape, listing, scalar
from psoas_audio.script.fields.tables import Field, Record, Table, Verb, mapping
from psoas_audio.script.model import Count, Span, Text
from psoas_audio.script.source.events import Node, Scalar
from psoas_audio.units import seconds_to_samples

BREATHE_LENGTH = seconds_to_samples(120)
"""Samples of paced breathing whose length isn't given."""

LABEL = Field(
    "label",
    value_types.PLAIN,
    "A short name, shown in captions and lists.",
    default="",
    example="sink",
)
_END = Field("end", value_types.SOUND, "The sound that ends it.", example="bowl")
_FILL = Field("fill", value_types.FILL, "How its silence sounds.", example="bed")


def _cue(record: Record) -> Any:
    if {"at", "say", "bell"} & record.wrong:
        return WRONG
    return model.Cue(record["at"], record["say"], record["bell"], record["guidance"], record.mark)


CUE = Table(
    "cue",
    "Something that sounds inside a hold and never lengthens it.",
    (
        Field(
            "at", value_types.MOMENT, "When: 10s, half, or -10s before the end.", True, None, "10s"
        ),
        Field("say", value_types.TEXT, "Words.", example="Let the breath stay slow."),
        Field("bell", value_types.SOUND, "Or a sound.", example="small-bell"),
        Field("guidance", value_types.GUIDANCE, "As in say.", default="full", example="reminder"),
    ),
    one_of=("say", "bell"),
)

BREATHS = Table(
    "breaths",
    "A length counted in breaths.",
    (
        Field("breaths", value_types.COUNT, "How many.", required=True, example=5),
        Field("pattern", PATTERN, "The breath that counts them.", example="belly"),
    ),
)


def _breaths(record: Record) -> Any:
    return WRONG if record.wrong else (record["breaths"], record["pattern"])


def amount_of(text: str) -> Span | Count:
    """``45s``, ``30-60s`` or ``5 breaths``; raises ``Misread``."""
    amount = times.parse_amount(text)
    if isinstance(amount, Span) and not amount.shortest:
        raise times.Misread(f"'{text}' is no time at all.", "Write 45s.", "bad-time")
    return amount


_HOLD_LENGTH = by_shape(
    "a time such as 45s or 30-60s, or {breaths: 5}",
    scalar=scalar(
        "a time, such as 45s or 30-60s",
        lambda text: (amount_of(text), None),
        {**value_types.SPAN.schema, "examples": ["45s", "30-60s", "5 breaths"]},
    ),
    entries=mapping(BREATHS, _breaths),
)


def _words(node: Node, reader: Reader) -> Any:
    if isinstance(node, Scalar) and not node.quoted and node.text in ("true", "false"):
        return Text("", node.mark) if node.text == "true" else None
    return value_types.TEXT.read(node, reader)


_USUAL = ValueType("true or a text", _words, {"type": ["boolean", "string"]})


def _hold(record: Record) -> Any:
    if "hold" in record.wrong:
        return WRONG
    amount, pattern = record["hold"]
    return model.Hold(
        length=amount if isinstance(amount, Span) else None,
        breaths=amount if isinstance(amount, Count) else None,
        pattern=pattern,
        label=record["label"],
        ready=record["ready"],
        during=record["during"],
        halfway=record["halfway"],
        countdown=record["countdown"],
        interval=record["interval"],
        end=record["end"],
        fill=record["fill"],
        mark=record.mark,
    )


HOLD = Verb(
    Table(
        "hold",
        "A timed stay in a position.",
        (
            Field("hold", _HOLD_LENGTH, "How long.", required=True, example="30-60s"),
            LABEL,
            Field(
                "ready",
                _USUAL,
                "Said before it begins, with three seconds to settle: true for the usual words, or "
                "a text.",
                example=True,
            ),
            Field(
                "during",
                listing(mapping(CUE, _cue), "a list of cues"),
                "What is said or rung inside it.",
                default=(),
                example=[{"at": "10s", "say": "Let the breath stay slow."}],
            ),
            Field(
                "halfway",
                _USUAL,
                "Tell the middle: true for the usual word, or a text.",
                example=True,
            ),
            Field(
                "countdown",
                value_types.whole_number("a number of seconds", 1, 10, r"(?:s|seconds?)?"),
                "How many of the last seconds are counted aloud, 1 to 10.",
                default=0,
                example=3,
            ),
            Field(
                "interval",
                value_types.INTERVAL,
                "A small bell each time this has passed.",
                default=0,
                example="1m",
            ),
            _END,
            _FILL,
        ),
    ),
    _hold,
)


def _rest(record: Record) -> Any:
    if "rest" in record.wrong:
        return WRONG
    return model.Rest(record["rest"], record["label"], record["end"], record["fill"], record.mark)


REST = Verb(
    Table(
        "rest",
        "A hold with nothing asked.",
        (
            Field("rest", value_types.SPAN, "How long.", required=True, example="30s"),
            LABEL,
            _END,
            _FILL,
        ),
    ),
    _rest,
)
