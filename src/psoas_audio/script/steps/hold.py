"""``hold``: a timed stay in a position, with what is said and rung inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb, mapping
from psoas_audio.script.fields.pattern_types import PATTERN
from psoas_audio.script.fields.reading import (
    INVALID,
    NodeReader,
    ValueType,
    by_shape,
    list_of,
    scalar,
)
from psoas_audio.script.model import Count, CueTime, Fill, Guidance, Pattern, Span, Text, TextChange
from psoas_audio.script.source.events import Node, ScalarNode
from psoas_audio.script.steps.base import LabelledStep
from psoas_audio.script.steps.common import END, LABEL, SILENCE_FILL, RungSound, parse_length
from psoas_audio.script.steps.in_sets import SETS_OPTION, SIDES_OPTION, in_sets
from psoas_audio.units import SAMPLE_RATE, spoken_length, with_noun


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that sounds inside a hold without lengthening it."""

    at: CueTime
    say: Text | None
    bell: str | None
    """A sound's name."""
    guidance: Guidance
    mark: Mark

    @property
    def texts(self) -> tuple[Text, ...]:
        """What it says, a text for each round where it changes."""
        return () if self.say is None else self.say.each

    def with_texts(self, change: TextChange) -> Cue:
        """The cue with its words changed."""
        return self if self.say is None else replace(self, say=self.say.changed(change))


@dataclass(frozen=True, slots=True)
class Hold(LabelledStep):
    """A timed stay in a position: exactly one of ``length`` and ``breaths`` is set."""

    length: Span | None
    breaths: Count | None
    pattern: Pattern | None
    """The breathing pattern that times a hold counted in breaths; ``None`` uses the script's."""
    label: str
    ready: Text | None
    """Said before it begins; a text without words means the built-in ones."""
    during: tuple[Cue, ...]
    halfway: Text | None
    """Said halfway through; a text without words means the built-in ones."""
    countdown: int
    """How many of the last seconds are spoken; 0 for none."""
    interval: int
    """Samples between interval bells; 0 for none."""
    end: str | None
    """The sound that ends it."""
    fill: Fill | None
    """``None`` leaves it to the policy by length."""
    mark: Mark
    more_labels: tuple[str, ...] = ()
    end_overlaps: bool = False
    """Whether what follows begins with the sound that ends it."""

    verb = "hold"
    is_practice = True

    @property
    def spoken_texts(self) -> tuple[Text, ...]:
        texts = (self.ready, *(cue.say for cue in self.during), self.halfway)
        given = (text for text in texts if text is not None and text.words)
        return tuple(each for text in given for each in text.each)

    @property
    def speaks(self) -> bool:
        cues = any(cue.say is not None for cue in self.during)
        return cues or self.countdown > 0 or self.ready is not None or self.halfway is not None

    def with_texts(self, change: TextChange) -> Self:
        return replace(
            self.with_labels(change),
            ready=self.ready and self.ready.changed(change),
            during=tuple(cue.with_texts(change) for cue in self.during),
            halfway=self.halfway and self.halfway.changed(change),
        )

    def span(self, clock: Pattern) -> Span | None:
        if self.breaths is not None:
            return self.breaths.span((self.pattern or clock).length)
        return self.length

    def stays(self, clock: Pattern) -> Iterator[Span]:
        span = self.span(clock)
        if span is not None:
            yield span

    @property
    def elastic(self) -> Span | Count | None:
        return self.length or self.breaths

    def room_to_grow(
        self, stay: int, cycles: int, clock: Pattern, *, most_stay: int, most_cycles: int
    ) -> int:
        span = self.span(clock)
        return max(0, min(span.longest, most_stay) - stay) if span is not None else 0

    def follows_breath(self, breath: Pattern, default_fill: Fill | None) -> bool:
        del breath
        counted = self.breaths is not None and self.pattern is None
        return counted or (self.fill or default_fill) == "breath"

    def with_default_fill(self, fill: Fill | None) -> Self:
        return replace(self, fill=self.fill or fill)

    def longest_silence(self, length: int, *, has_bed: bool) -> int:
        if not (self.fill == "silent" or (self.fill == "bed" and not has_bed)):
            return 0
        if self.interval:
            return min(self.interval, length)
        moments = [cue.at.position(length) for cue in self.during]
        if self.halfway is not None:
            moments.append(length // 2)
        if self.countdown:
            moments.append(length - self.countdown * SAMPLE_RATE)
        return max(after - before for before, after in pairwise(sorted([0, length, *moments])))

    def outside_cues(self, length: int) -> Iterator[tuple[Mark, str, str]]:
        hold = f"a hold that may last only {spoken_length(length)}"
        for cue in self.during:
            at = cue.at
            inside = at.offset < length if at.anchor == "start" else -at.offset <= length
            if not inside and at.anchor != "half":
                where = "after the start" if at.anchor == "start" else "before the end"
                yield cue.mark, f"{spoken_length(abs(at.offset))} {where}", hold
        if self.countdown * SAMPLE_RATE >= length:
            yield self.mark, f"a countdown of {with_noun(self.countdown, 'second')}", hold

    @property
    def ends_with_bell(self) -> bool:
        return self.end is not None


def _cue(fields: FieldValues) -> Any:
    if {"at", "say", "bell"} & fields.invalid:
        return INVALID
    return Cue(fields["at"], fields["say"], fields["bell"], fields["guidance"], fields.mark)


_CUE = Table(
    "cue",
    "Something that sounds during a hold, without making it longer.",
    (
        Field(
            "at",
            value_types.CUE_TIME,
            "When: 10s, half, or -10s before the end.",
            True,
            None,
            "10s",
        ),
        Field(
            "say",
            value_types.TEXT_BY_ROUND,
            "What is said; from a list, each round takes the next one.",
            example="Let the breath stay slow.",
        ),
        Field("bell", value_types.SOUND, "A sound to play instead.", example="small-bell"),
        Field(
            "guidance",
            value_types.GUIDANCE,
            "The sparsest guidance at which it is spoken, as in say.",
            default="full",
            example="reminder",
        ),
    ),
    one_of=("say", "bell"),
)

_BREATHS = Table(
    "breaths",
    "A length counted in breaths.",
    (
        Field("breaths", value_types.COUNT, "How many.", required=True, example=5),
        Field("pattern", PATTERN, "The breathing pattern that times them.", example="belly"),
    ),
)


def _breaths(fields: FieldValues) -> Any:
    return INVALID if fields.invalid else (fields["breaths"], fields["pattern"])


_HOLD_LENGTH = by_shape(
    "a time such as 45s or 30-60s, or {breaths: 5}",
    scalar=scalar(
        "a time, such as 45s or 30-60s",
        lambda text: (parse_length(text), None),
        {**value_types.SPAN.schema, "examples": ["45s", "30-60s", "5 breaths"]},
    ),
    mapping=mapping(_BREATHS, _breaths),
)


def _built_in_or_text(node: Node, reader: NodeReader) -> Any:
    if isinstance(node, ScalarNode) and not node.quoted and node.text in ("true", "false"):
        return Text("", node.mark) if node.text == "true" else None
    return value_types.TEXT_BY_ROUND.read(node, reader)


_BUILT_IN_OR_TEXT = ValueType(
    "true or a text", _built_in_or_text, {"type": ["boolean", "string", "array"]}
)


def _build(fields: FieldValues) -> Any:
    if "hold" in fields.invalid:
        return INVALID
    amount, pattern = fields["hold"]
    end: RungSound | None = fields["end"]
    label, *more_labels = fields["label"]
    hold = Hold(
        length=amount if isinstance(amount, Span) else None,
        breaths=amount if isinstance(amount, Count) else None,
        pattern=pattern,
        label=label,
        ready=fields["ready"],
        during=fields["during"],
        halfway=fields["halfway"],
        countdown=fields["countdown"],
        interval=fields["interval"],
        end=None if end is None else end.sound,
        fill=fields["fill"],
        mark=fields.mark,
        more_labels=tuple(more_labels),
        end_overlaps=end is not None and end.overlaps,
    )
    return in_sets(hold, fields)


VERB = Verb(
    Table(
        "hold",
        "A timed stay in a position.",
        (
            Field("hold", _HOLD_LENGTH, "How long.", required=True, example="30-60s"),
            LABEL,
            Field(
                "ready",
                _BUILT_IN_OR_TEXT,
                "Said before it begins, then three seconds of silence: true for the built-in words,"
                " or a text.",
                example=True,
            ),
            Field(
                "during",
                list_of(mapping(_CUE, _cue), "a list of cues"),
                "What is said or rung during the hold.",
                default=(),
                example=[{"at": "10s", "say": "Let the breath stay slow."}],
            ),
            Field(
                "halfway",
                _BUILT_IN_OR_TEXT,
                "Announces the halfway point: true for the built-in words, or a text.",
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
                "Rings a small bell at this interval.",
                default=0,
                example="1m",
            ),
            END,
            SILENCE_FILL,
            SETS_OPTION,
            SIDES_OPTION,
        ),
    ),
    _build,
    inner_tables=(_CUE, _BREATHS),
)
