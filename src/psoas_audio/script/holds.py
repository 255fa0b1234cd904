"""The steps that take time: hold, rest, and paced breathing."""

from __future__ import annotations

import re
from typing import Any, get_args

from psoas_audio.script import model, times
from psoas_audio.script import scalars as forms
from psoas_audio.script.events import Node, Scalar
from psoas_audio.script.forms import (
    WRONG,
    Field,
    Form,
    Reader,
    Record,
    Table,
    Verb,
    by_shape,
    choice,
    listing,
    mapping,
    read_table,
    scalar,
)
from psoas_audio.script.model import Count, Pattern, Span, Text
from psoas_audio.script.patterns import NAMED
from psoas_audio.units import seconds_to_samples

BREATHE_LENGTH = seconds_to_samples(120)
"""Samples of paced breathing whose length isn't given."""

_LABEL = Field(
    "label", forms.PLAIN, "A short name, shown in captions and lists.", default="", example="sink"
)
_END = Field("end", forms.SOUND, "The sound that ends it.", example="bowl")
_FILL = Field("fill", forms.FILL, "How its silence sounds.", example="bed")


def _cue(record: Record) -> Any:
    if {"at", "say", "bell"} & record.wrong:
        return WRONG
    return model.Cue(record["at"], record["say"], record["bell"], record["guidance"], record.mark)


CUE = Table(
    "cue",
    "Something that sounds inside a hold and never lengthens it.",
    (
        Field("at", forms.MOMENT, "When: 10s, half, or -10s before the end.", True, None, "10s"),
        Field("say", forms.TEXT, "Words.", example="Let the breath stay slow."),
        Field("bell", forms.SOUND, "Or a sound.", example="small-bell"),
        Field("guidance", forms.GUIDANCE, "As in say.", default="full", example="reminder"),
    ),
    one_of=("say", "bell"),
)

BREATHS = Table(
    "breaths",
    "A length counted in breaths.",
    (
        Field("breaths", forms.COUNT, "How many.", required=True, example=5),
        Field("pattern", forms.PATTERN, "The breath that counts them.", example="belly"),
    ),
)


def _breaths(record: Record) -> Any:
    return WRONG if record.wrong else (record["breaths"], record["pattern"])


def _amount(text: str) -> Span | Count:
    amount = times.parse_amount(text)
    if isinstance(amount, Span) and not amount.shortest:
        raise times.Misread(f"'{text}' is no time at all.", "Write 45s.", "bad-time")
    return amount


_HOLD_LENGTH = by_shape(
    "a time such as 45s or 30-60s, or {breaths: 5}",
    scalar=scalar(
        "a time, such as 45s or 30-60s",
        lambda text: (_amount(text), None),
        {**forms.SPAN.schema, "examples": ["45s", "30-60s", "5 breaths"]},
    ),
    entries=mapping(BREATHS, _breaths),
)


def _halfway(node: Node, reader: Reader) -> Any:
    if isinstance(node, Scalar) and not node.quoted and node.text in ("true", "false"):
        return Text("", node.mark) if node.text == "true" else None
    return forms.TEXT.read(node, reader)


def _hold(record: Record) -> Any:
    if "hold" in record.wrong:
        return WRONG
    amount, pattern = record["hold"]
    return model.Hold(
        length=amount if isinstance(amount, Span) else None,
        breaths=amount if isinstance(amount, Count) else None,
        pattern=pattern,
        label=record["label"],
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
            _LABEL,
            Field(
                "during",
                listing(mapping(CUE, _cue), "a list of cues"),
                "What is said or rung inside it.",
                default=(),
                example=[{"at": "10s", "say": "Let the breath stay slow."}],
            ),
            Field(
                "halfway",
                Form("true or a text", _halfway, {"type": ["boolean", "string"]}),
                "Tell the middle: true for the usual word, or a text.",
                example=True,
            ),
            Field(
                "countdown",
                forms.whole_number("a number of seconds", 1, 10, r"(?:s|seconds?)?"),
                "How many of the last seconds are counted aloud, 1 to 10.",
                default=0,
                example=3,
            ),
            Field(
                "interval", forms.TIME, "A tick each time this has passed.", default=0, example="1m"
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
        (Field("rest", forms.SPAN, "How long.", required=True, example="30s"), _LABEL, _END, _FILL),
    ),
    _rest,
)

_OPTIONS = (
    Field("time", forms.SPAN, "How long; whole breaths are kept.", example="2m"),
    Field("breaths", forms.COUNT, "Or how many breaths.", example=6),
    Field("to", forms.PATTERN, "The pattern it slowly changes into.", example="belly"),
    Field(
        "cues",
        choice("a kind of cues", get_args(model.Cues)),
        "Words at each turn of the breath, counted seconds, or tones alone.",
        default="tones",
        example="spoken",
    ),
    Field(
        "sound",
        choice("a sound of breath", get_args(model.Timbre)),
        "What the tones sound like.",
        default="wave",
        example="hum",
    ),
    _LABEL,
)

BREATHING = Table(
    "breathing",
    "Paced breathing, all in one mapping.",
    (Field("pattern", forms.PATTERN, "The breath.", example="box"), *_OPTIONS),
)


def _sentence(node: Node, reader: Reader) -> Any:
    """``coherent``, ``coherent for 2m``, ``box for 6 breaths``: pattern and amount."""

    def parse(text: str) -> tuple[Pattern, Span | Count | None]:
        match = re.fullmatch(r"(\S+)(?:\s+for\s+(.+))?", text.strip())
        if match is None:
            raise times.Misread(
                f"'{text[:60]}' isn't a breath.", "Write 'coherent for 2m' or 'box for 6 breaths'."
            )
        return forms.named_pattern(match[1]), _amount(match[2]) if match[2] else None

    return scalar("a breath, such as 'coherent for 2m'", parse, {}).read(node, reader)


def _own(node: Node, reader: Reader) -> Any:
    pattern = forms.PATTERN.read(node, reader)
    return WRONG if pattern is WRONG else (pattern, None)


def _whole(node: Node, reader: Reader) -> Any:
    return read_table(BREATHING, node, reader)


_BREATH = by_shape(
    "a breath, such as 'coherent for 2m'",
    scalar=Form(
        "a breath",
        _sentence,
        {
            "type": "string",
            "examples": ["coherent for 2m", "box for 6 breaths", *NAMED],
        },
    ),
    items=Form("seconds", _own, forms.PATTERN.schema["anyOf"][1]),
    entries=Form("a mapping", _whole, {"$ref": "#/$defs/breathing"}),
)


def _breathe(record: Record) -> Any:
    """Options stand inside the verb's mapping or beside the verb, each once."""
    if "breathe" in record.wrong:
        return WRONG
    reader = record.reader
    inner = record["breathe"]
    given = {
        key: record.marks[key]
        for key in ("time", "breaths", "to", "cues", "sound", "label")
        if key in record
    }
    values = {each.key: record[each.key] for each in _OPTIONS}
    wrong = set(record.wrong)
    pattern: Pattern | None
    if isinstance(inner, Record):
        pattern = inner["pattern"]
        wrong |= inner.wrong
        for key in inner.marks:
            if key in given:
                reader.tell(given[key], "too-many-keys", f"'{key}' is given twice.")
            given[key] = inner.marks[key]
            values[key] = inner[key]
        if "pattern" not in inner:
            reader.tell(
                inner.mark, "missing-key", "the key 'pattern' is missing.", "pattern: belly"
            )
    else:
        pattern, amount = inner
        if amount is not None:
            key = "time" if isinstance(amount, Span) else "breaths"
            for other in {"time", "breaths"} & given.keys():
                reader.tell(given[other], "too-many-keys", "the length is given twice.")
            values[key] = amount
            given[key] = record.marks["breathe"]
    if {"time", "breaths"} <= given.keys():
        reader.tell(given["breaths"], "too-many-keys", "give either 'time' or 'breaths'.")
    if pattern is None or wrong & {"pattern", "time", "breaths", "to"}:
        return WRONG
    ramp: Pattern | None = values["to"]
    if ramp is not None and [p.kind for p in ramp.phases] != [p.kind for p in pattern.phases]:
        return reader.tell(
            given["to"],
            "bad-pattern",
            "the breath can only change into one with the same phases.",
            f"Give 'to' the phases {', '.join(p.kind for p in pattern.phases)}.",
        )
    length = values["time"]
    if length is None and values["breaths"] is None:
        length = Span(BREATHE_LENGTH, BREATHE_LENGTH)
    return model.Breathe(
        pattern=pattern,
        ramp_to=ramp,
        length=length,
        breaths=values["breaths"],
        cues=values["cues"],
        timbre=values["sound"],
        label=values["label"],
        mark=record.mark,
    )


BREATHE = Verb(
    Table(
        "breathe",
        "Paced breathing with tones, in whole breaths.",
        (
            Field(
                "breathe",
                _BREATH,
                "The breath, and how long: 2m where nothing is said.",
                required=True,
                example="coherent for 2m",
            ),
            *_OPTIONS,
        ),
    ),
    _breathe,
)
