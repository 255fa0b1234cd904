"""``breathe``: paced breathing, written in a sentence or in a mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, get_args

from psoas_audio.errors import Mark
from psoas_audio.script import times
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb, read_table
from psoas_audio.script.fields.pattern_types import PATTERN, named_pattern
from psoas_audio.script.fields.reading import (
    INVALID,
    NodeReader,
    ValueType,
    by_shape,
    choice,
    scalar,
)
from psoas_audio.script.model import Count, Fill, Pattern, Span, TextChange
from psoas_audio.script.patterns import NAMED_PATTERNS
from psoas_audio.script.source.events import Node
from psoas_audio.script.steps.base import LabelledStep
from psoas_audio.script.steps.common import LABEL, parse_length
from psoas_audio.units import seconds_to_samples, to_frame_grid

_DEFAULT_LENGTH = Span(seconds_to_samples(120), seconds_to_samples(120))
"""Of paced breathing whose length isn't given."""

BreathCues = Literal["spoken", "counted", "tones"]
"""What leads the breath: words, counted seconds or tones alone."""
BreathTimbre = Literal["wave", "glide", "bowl", "hum", "flute"]
"""What the tones of the breath sound like."""


@dataclass(frozen=True, slots=True)
class Breathe(LabelledStep):
    """Paced breathing: exactly one of ``length`` and ``breaths`` is set."""

    pattern: Pattern
    ramp_to: Pattern | None
    """The pattern it changes into, cycle by cycle; same phase kinds as ``pattern``."""
    length: Span | None
    breaths: Count | None
    cues: BreathCues
    timbre: BreathTimbre
    label: str
    mark: Mark
    more_labels: tuple[str, ...] = ()

    verb = "breathe"
    is_practice = True

    @property
    def speaks(self) -> bool:
        return self.cues != "tones"

    def with_texts(self, change: TextChange) -> Self:
        return self.with_labels(change)

    def span(self, clock: Pattern) -> Span | None:
        return self.length if self.breaths is None else self.breaths.span(self.pattern.length)

    @property
    def elastic(self) -> Count:
        """How many breaths: whole cycles, as many as its length has room for."""
        if self.breaths is not None:
            return self.breaths
        assert self.length is not None
        # The mean cycle of a change from one pattern to another is half-way between them.
        mean = (self.pattern.length + (self.ramp_to or self.pattern).length) / 2
        fewest = max(1, round(self.length.shortest / mean))
        return Count(fewest, max(fewest, round(self.length.longest / mean)))

    def room_to_grow(
        self, stay: int, cycles: int, clock: Pattern, *, most_stay: int, most_cycles: int
    ) -> int:
        cycle = max(to_frame_grid(pattern.length) for pattern in self.paced_patterns)
        return max(0, min(self.elastic.most, most_cycles) - cycles) * cycle

    @property
    def paced_patterns(self) -> tuple[Pattern, ...]:
        return (self.pattern,) if self.ramp_to is None else (self.pattern, self.ramp_to)

    def with_breath(self, old: Pattern, new: Pattern) -> Self:
        if self.ramp_to is None and self.pattern == old:
            return replace(self, pattern=new)
        return self

    def follows_breath(self, breath: Pattern, default_fill: Fill | None) -> bool:
        del default_fill
        return self.ramp_to is None and self.pattern == breath


_OPTIONS = (
    Field("time", value_types.SPAN, "How long, rounded to whole breaths.", example="2m"),
    Field("breaths", value_types.COUNT, "Or how many breaths.", example=6),
    Field("to", PATTERN, "The pattern that it slowly changes into.", example="belly"),
    Field(
        "cues",
        choice("a kind of cues", get_args(BreathCues)),
        "Words at each change of phase, counted seconds, or only tones.",
        default="tones",
        example="spoken",
    ),
    Field(
        "sound",
        choice("a sound of breath", get_args(BreathTimbre)),
        "What the tones sound like.",
        default="wave",
        example="hum",
    ),
    LABEL,
)

_BREATHING = Table(
    "breathing",
    "Paced breathing, as one mapping.",
    (Field("pattern", PATTERN, "The breath.", example="box"), *_OPTIONS),
)


def _sentence(node: Node, reader: NodeReader) -> Any:
    """``coherent``, ``coherent for 2m``, ``box for 6 breaths``: pattern and amount."""

    def parse(text: str) -> tuple[Pattern, Span | Count | None]:
        match = re.fullmatch(r"(\S+)(?:\s+for\s+(.+))?", text.strip())
        if match is None:
            raise times.InvalidValueError(
                f"'{text[:60]}' isn't a breath.", "Write 'coherent for 2m' or 'box for 6 breaths'."
            )
        return named_pattern(match[1]), parse_length(match[2]) if match[2] else None

    return scalar("a breath, such as 'coherent for 2m'", parse, {}).read(node, reader)


def _own(node: Node, reader: NodeReader) -> Any:
    pattern = PATTERN.read(node, reader)
    return INVALID if pattern is INVALID else (pattern, None)


def _whole(node: Node, reader: NodeReader) -> Any:
    return read_table(_BREATHING, node, reader)


_BREATH = by_shape(
    "a breath, such as 'coherent for 2m'",
    scalar=ValueType(
        "a breath",
        _sentence,
        {
            "type": "string",
            "examples": ["coherent for 2m", "box for 6 breaths", *NAMED_PATTERNS],
        },
    ),
    sequence=ValueType("seconds", _own, PATTERN.schema["anyOf"][1]),
    mapping=ValueType("a mapping", _whole, {"$ref": "#/$defs/breathing"}),
)


def _build(fields: FieldValues) -> Any:
    """Options stand inside the verb's mapping or beside the verb, each once."""
    if "breathe" in fields.invalid:
        return INVALID
    reader = fields.reader
    inner = fields["breathe"]
    given = {
        key: fields.marks[key]
        for key in ("time", "breaths", "to", "cues", "sound", "label")
        if key in fields
    }
    values = {each.key: fields[each.key] for each in _OPTIONS}
    wrong = set(fields.invalid)
    pattern: Pattern | None
    if isinstance(inner, FieldValues):
        pattern = inner["pattern"]
        wrong |= inner.invalid
        for key in inner.marks:
            if key in given:
                reader.error(given[key], "too-many-keys", f"'{key}' is given twice.")
            given[key] = inner.marks[key]
            values[key] = inner[key]
        if "pattern" not in inner:
            reader.error(
                inner.mark,
                "missing-key",
                "the key 'pattern' is missing.",
                "Write 'pattern: belly'.",
            )
    else:
        pattern, amount = inner
        if amount is not None:
            key = "time" if isinstance(amount, Span) else "breaths"
            for other in {"time", "breaths"} & given.keys():
                reader.error(given[other], "too-many-keys", "the length is given twice.")
            values[key] = amount
            given[key] = fields.marks["breathe"]
    if {"time", "breaths"} <= given.keys():
        reader.error(given["breaths"], "too-many-keys", "give either 'time' or 'breaths'.")
    if pattern is None or wrong & {"pattern", "time", "breaths", "to"}:
        return INVALID
    ramp: Pattern | None = values["to"]
    if ramp is not None and [p.kind for p in ramp.phases] != [p.kind for p in pattern.phases]:
        return reader.error(
            given["to"],
            "bad-pattern",
            "the breath can only change into one with the same phases.",
            f"Give 'to' the phases {', '.join(p.kind for p in pattern.phases)}.",
        )
    length = values["time"]
    if length is None and values["breaths"] is None:
        length = _DEFAULT_LENGTH
    return Breathe(
        pattern=pattern,
        ramp_to=ramp,
        length=length,
        breaths=values["breaths"],
        cues=values["cues"],
        timbre=values["sound"],
        label=values["label"][0],
        mark=fields.mark,
        more_labels=values["label"][1:],
    )


VERB = Verb(
    Table(
        "breathe",
        "Paced breathing with tones, in whole breaths.",
        (
            Field(
                "breathe",
                _BREATH,
                "The breath, and how long; by default 2m.",
                required=True,
                example="coherent for 2m",
            ),
            *_OPTIONS,
        ),
    ),
    _build,
    inner_tables=(_BREATHING,),
)
