"""``reps``: repetitions of a movement, at a tempo that tones lead, or made of steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb, mapping, read_table
from psoas_audio.script.fields.reading import (
    INVALID,
    NodeReader,
    ValueType,
    by_shape,
    choice,
)
from psoas_audio.script.fields.step_type import STEPS_TYPE
from psoas_audio.script.model import (
    Count,
    Pattern,
    Span,
    TempoKind,
    Text,
    TextChange,
    counter_values,
)
from psoas_audio.script.source.events import MappingNode, Node
from psoas_audio.script.steps.base import CountUnit, LabelledStep
from psoas_audio.script.steps.common import END, LABEL, RungSound
from psoas_audio.script.steps.in_sets import SETS_OPTION, SIDES_OPTION, in_sets
from psoas_audio.script.steps.repeat import Repeat
from psoas_audio.units import SAMPLE_RATE

RepsTimbre = Literal["flute", "wave", "glide", "bowl", "hum", "none"]
"""What the tones of the tempo sound like."""


@dataclass(frozen=True, slots=True)
class TempoPhase:
    """One phase of a repetition."""

    kind: TempoKind
    length: int
    """Samples, above 0."""


DEFAULT_TEMPO = (TempoPhase("up", 2 * SAMPLE_RATE), TempoPhase("down", 2 * SAMPLE_RATE))
"""Where the script gives none: two seconds each way *(convention)*."""
_LONGEST_TEMPO = 60 * SAMPLE_RATE
"""Samples of the longest repetition."""


@dataclass(frozen=True, slots=True)
class Reps(LabelledStep):
    """Repetitions at a tempo; texts may use ``{rep}`` and ``{reps}``."""

    count: Count
    tempo: tuple[TempoPhase, ...]
    count_aloud: bool
    """Whether each repetition begins with its number."""
    say: Text | None
    """Said at the start of each repetition, a text for each where it has several."""
    timbre: RepsTimbre
    label: str
    end: str | None
    """The sound that ends them."""
    mark: Mark
    more_labels: tuple[str, ...] = ()
    end_overlaps: bool = False
    """Whether what follows begins with the sound that ends them."""

    verb = "reps"
    is_practice = True

    @property
    def length_of_one(self) -> int:
        """Samples of one repetition."""
        return sum(phase.length for phase in self.tempo)

    @property
    def spoken_texts(self) -> tuple[Text, ...]:
        return () if self.say is None else self.say.each

    @property
    def speaks(self) -> bool:
        return self.count_aloud or self.say is not None

    def with_texts(self, change: TextChange) -> Self:
        return replace(self.with_labels(change), say=self.say and self.say.changed(change))

    def span(self, clock: Pattern) -> Span:
        return self.count.span(self.length_of_one)

    @property
    def elastic(self) -> Count:
        return self.count

    def room_to_grow(
        self, stay: int, cycles: int, clock: Pattern, *, most_stay: int, most_cycles: int
    ) -> int:
        return 0 if self.count_aloud else max(0, self.count.most - cycles) * self.length_of_one

    @property
    def count_unit(self) -> CountUnit:
        return "repetitions"

    @property
    def own_values(self) -> Mapping[str, str]:
        return counter_values("rep")

    @property
    def ends_with_bell(self) -> bool:
        return self.end is not None


_TEMPO_TABLE = Table(
    "tempo",
    "The phases of a repetition, in their order.",
    tuple(
        Field(key, value_types.TIME, doc, example=example)
        for key, doc, example in (
            ("up", "The way up.", "2s"),
            ("hold", "The hold after it, or after the way down.", "1s"),
            ("down", "The way down.", "3s"),
            ("rest", "The pause before the next one.", "1s"),
        )
    ),
)


def _read_tempo(node: Node, reader: NodeReader) -> Any:
    fields = read_table(_TEMPO_TABLE, node, reader)
    if not isinstance(fields, FieldValues) or fields.invalid:
        return INVALID
    assert isinstance(node, MappingNode)
    if not {"up", "down"} & fields.marks.keys():
        return reader.error(
            node.mark,
            "bad-tempo",
            "a tempo needs a movement, up or down.",
            "Write {up: 2s, down: 3s}.",
        )
    keys = [key.text for key, _ in node.pairs]
    phases = tuple(TempoPhase(_kind(keys, place), fields[key]) for place, key in enumerate(keys))
    if sum(phase.length for phase in phases) > _LONGEST_TEMPO:
        return reader.error(
            node.mark,
            "bad-tempo",
            "a repetition is longer than a minute.",
            "Write seconds, such as {up: 2s, hold: 1s, down: 3s}.",
        )
    return phases


def _kind(keys: list[str], place: int) -> TempoKind:
    """The phase of the key at *place*: a hold is at the end of the movement before it."""
    if keys[place] == "up":
        return "up"
    if keys[place] == "down":
        return "down"
    # Before the first repetition comes the last: the order is a circle.
    before = next(
        key for key in (*reversed(keys[:place]), *reversed(keys)) if key in ("up", "down")
    )
    return "top" if before == "up" else "bottom"


_TEMPO = ValueType("a tempo, such as {up: 2s, down: 3s}", _read_tempo, {"$ref": "#/$defs/tempo"})

_OPTIONS = (
    Field(
        "tempo",
        _TEMPO,
        "The phases of each, in order; by default {up: 2s, down: 2s}.",
        example={"up": "2s", "hold": "1s", "down": "3s"},
    ),
    Field("count_aloud", value_types.FLAG, "Say the number of each.", default=False, example=True),
    Field(
        "say",
        value_types.TEXT_BY_ROUND,
        "Said at the start of each; from a list, each takes the next one. May use {rep} and"
        " {reps}.",
        example=["Slowly down.", "Keep your heels heavy."],
    ),
    Field(
        "sound",
        choice("a sound of tempo", ("flute", "wave", "glide", "bowl", "hum", "none")),
        "What the tones sound like.",
        default="flute",
        example="hum",
    ),
)
_REPS_TABLE = Table(
    "repetitions",
    "Repetitions, all in one mapping.",
    (Field("count", value_types.COUNT, "How many.", required=True, example=10), *_OPTIONS),
)

_REPS: ValueType = by_shape(
    "a number, or {count: 10, tempo: {up: 2s, down: 3s}}",
    scalar=value_types.COUNT,
    mapping=mapping(_REPS_TABLE, lambda fields: INVALID if fields.invalid else fields),
)


def _build(fields: FieldValues) -> Any:
    """Options stand inside the verb's mapping or beside the verb, each once."""
    if fields.invalid - {"label", "end", "steps"}:
        return INVALID
    inner = fields["reps"]
    values = {each.key: fields[each.key] for each in _OPTIONS}
    given = {key for key in values if key in fields}
    if isinstance(inner, FieldValues):
        for key in values.keys() & inner.marks.keys():
            if key in given:
                fields.reader.error(fields.marks[key], "too-many-keys", f"'{key}' is given twice.")
            given.add(key)
            values[key] = inner[key]
        inner = inner["count"]
    if "steps" in fields:
        if given:
            return fields.reader.error(
                fields.marks["steps"],
                "too-many-keys",
                f"repetitions made of steps can't have '{min(given)}'.",
                "Put the words and the times into the steps.",
            )
        return in_sets(Repeat(inner, fields["steps"], fields.mark, "rep"), fields)
    end: RungSound | None = fields["end"]
    label, *more_labels = fields["label"]
    reps = Reps(
        count=inner,
        tempo=values["tempo"] or DEFAULT_TEMPO,
        count_aloud=values["count_aloud"],
        say=values["say"],
        timbre=values["sound"],
        label=label,
        end=None if end is None else end.sound,
        mark=fields.mark,
        more_labels=tuple(more_labels),
        end_overlaps=end is not None and end.overlaps,
    )
    return in_sets(reps, fields)


VERB = Verb(
    Table(
        "reps",
        "Repetitions, at a tempo that tones lead.",
        (
            Field(
                "reps",
                _REPS,
                "How many.",
                required=True,
                example={"count": 10, "tempo": {"up": "2s", "down": "3s"}},
            ),
            *_OPTIONS,
            LABEL,
            END,
            SETS_OPTION,
            SIDES_OPTION,
            Field("steps", STEPS_TYPE, "The steps of each, instead of a tempo.", default=()),
        ),
    ),
    _build,
    inner_tables=(_REPS_TABLE, _TEMPO_TABLE),
)
