"""``intervals``: work and rest by the clock, at one station after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb, mapping
from psoas_audio.script.fields.reading import INVALID, ValueType, by_shape, list_of
from psoas_audio.script.model import Count, Fill, Pattern, Span, Text, TextChange, counter_values
from psoas_audio.script.steps.base import BaseStep, CountUnit
from psoas_audio.script.steps.common import SILENCE_FILL
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples, spoken_length, with_noun


@dataclass(frozen=True, slots=True)
class Station:
    """One exercise of a circuit."""

    name: Text
    """Shown, and spoken as the next; without words where the intervals have no stations."""
    say: Text | None
    """Said in the rest before it, after its name."""
    work: int | None
    """Samples; ``None`` for those of all stations."""
    rest: int | None
    """Samples of the rest after it; ``None`` for that of all stations."""
    sides: tuple[str, ...]
    """It comes once for each of these sides, with a rest between."""


@dataclass(frozen=True, slots=True)
class TimedIntervals(BaseStep):
    """Work and rest in turn, to the sample; there is no rest after the last work."""

    work: int
    """Samples."""
    rest: int
    """Samples; 0 for none."""
    rounds: Count
    stations: tuple[Station, ...]
    """At least one."""
    round_rest: int | None
    """Samples between two rounds; ``None`` for the usual rest."""
    get_ready: int
    """Samples before the first work, in which its name is said; 0 for none."""
    countdown: int
    """How many of the last seconds of each rest and each work are counted aloud."""
    bell: str | None
    """The sound on each boundary; ``None`` for none."""
    announce: bool
    """Whether the next station is said in the rest."""
    chapters: bool
    """Whether each station and each rest is a chapter."""
    fill: Fill | None
    mark: Mark

    verb = "intervals"
    is_practice = True
    speaks = True

    def follows_breath(self, breath: Pattern, default_fill: Fill | None) -> bool:
        del breath
        return (self.fill or default_fill) == "breath"

    @property
    def spoken_texts(self) -> tuple[Text, ...]:
        texts = (text for s in self.stations for text in (s.name, s.say) if text and text.words)
        return tuple(each for text in texts for each in text.each)

    @property
    def own_values(self) -> Mapping[str, str]:
        return counter_values("round")

    def with_texts(self, change: TextChange) -> Self:
        stations = tuple(
            replace(s, name=s.name.changed(change, "label"), say=s.say and s.say.changed(change))
            for s in self.stations
        )
        return replace(self, stations=stations)

    def span(self, clock: Pattern) -> Span:
        return Span(self.length(self.rounds.fewest), self.length(self.rounds.most))

    def length(self, rounds: int) -> int:
        """Samples of so many *rounds*."""
        return self.get_ready + sum(
            work + rest for each in range(rounds) for _, _, work, rest in self.periods(each, rounds)
        )

    def periods(self, number: int, rounds: int) -> Iterator[tuple[Station, str, int, int]]:
        """Each station of the round *number*, from 0: its side, its work and the rest after it."""
        sided = [(station, side) for station in self.stations for side in station.sides or ("",)]
        for place, (station, side) in enumerate(sided, start=1):
            rest = self.rest if station.rest is None else station.rest
            if place == len(sided):
                between = self.rest if self.round_rest is None else self.round_rest
                rest = 0 if number == rounds - 1 else between
            yield station, side, station.work or self.work, rest

    def stays(self, clock: Pattern) -> Iterator[Span]:
        for station in self.stations:
            work = station.work or self.work
            yield Span(work, work)

    def room_to_grow(
        self, stay: int, cycles: int, clock: Pattern, *, most_stay: int, most_cycles: int
    ) -> int:
        return 0

    @property
    def elastic(self) -> Count:
        return self.rounds

    @property
    def count_unit(self) -> CountUnit:
        return "rounds"

    def outside_cues(self, length: int) -> Iterator[tuple[Mark, str, str]]:
        rests = (rest for _, _, _, rest in self.periods(0, 2))
        shortest = min(work for work in (self.work, *(s.work or self.work for s in self.stations)))
        shortest = min([shortest, *filter(None, rests)])
        if self.countdown * SAMPLE_RATE >= shortest:
            what = f"a countdown of {with_noun(self.countdown, 'second')}"
            yield self.mark, what, f"a work or rest of only {spoken_length(shortest)}"

    @property
    def ends_with_bell(self) -> bool:
        return self.bell is not None


_STATION_TABLE = Table(
    "station",
    "One exercise of a circuit.",
    (
        Field("name", value_types.TEXT_BY_ROUND, "What it is called.", True, None, "side plank"),
        Field(
            "say",
            value_types.TEXT_BY_ROUND,
            "Said in the rest before it, after its name.",
            example="Elbow under the shoulder.",
        ),
        Field("work", value_types.TIME, "How long, instead of the usual time.", example="30s"),
        Field(
            "rest",
            value_types.LENGTH,
            "The rest after it, instead of the usual one.",
            example="15s",
        ),
        Field(
            "sides",
            value_types.SIDES,
            "Once for each side, in this order, with a rest between.",
            default=(),
            example="both",
        ),
    ),
)


def _station(fields: FieldValues) -> Any:
    if fields.invalid:
        return INVALID
    return Station(*(fields[key] for key in ("name", "say", "work", "rest", "sides")))


_STATION: ValueType = by_shape(
    "a station's name, or {name: side plank, sides: both}",
    scalar=ValueType(
        "a station's name",
        lambda node, reader: (
            INVALID
            if (name := value_types.SPOKEN_TEXT.read(node, reader)) is INVALID
            else Station(name, None, None, None, ())
        ),
        value_types.SPOKEN_TEXT.schema,
    ),
    mapping=mapping(_STATION_TABLE, _station),
)

_DEFAULT_READY = seconds_to_samples(10)
"""Samples before the first work, as rest is spent before the others *(convention)*."""

_INTERVALS_TABLE = Table(
    "interval",
    "Work and rest by the clock.",
    (
        Field("work", value_types.TIME, "How long each interval of work is.", True, None, "40s"),
        Field(
            "rest",
            value_types.LENGTH,
            "How long to rest between them; there is no rest after the last.",
            default=0,
            example="20s",
        ),
        Field(
            "rounds",
            value_types.COUNT,
            "How many rounds of all stations; by default 1.",
            default=Count(1, 1),
            example=2,
        ),
        Field(
            "stations",
            list_of(_STATION, "a list of stations", min_items=1),
            "What is done, in order; each rest announces and shows the next one.",
            default=(),
            example=["march", {"name": "side plank", "sides": "both"}],
        ),
        Field(
            "round_rest",
            value_types.LENGTH,
            "The rest between two rounds, instead of the usual one.",
            example="1m",
        ),
        Field(
            "ready",
            value_types.LENGTH,
            "The time before the first work, in which the first station is announced; by default"
            " 10s.",
            default=_DEFAULT_READY,
            example="10s",
        ),
        Field(
            "countdown",
            value_types.whole_number("a number of seconds", 0, 10, r"(?:s|seconds?)?"),
            "How many of the last seconds of each rest and each work are counted aloud, 0 to 10; by"
            " default 3.",
            default=3,
            example=3,
        ),
        Field(
            "bell",
            value_types.SOUND_OR_NONE,
            "The sound at each change, which adds no time; none for no sound.",
            default="small-bell",
            example="gong",
        ),
        Field(
            "announce",
            value_types.FLAG,
            "false: the next station is shown, but not announced.",
            default=True,
            example=False,
        ),
        Field(
            "chapters",
            value_types.FLAG,
            "false: the stations aren't chapters of their own.",
            default=True,
            example=False,
        ),
        SILENCE_FILL,
    ),
)


def _build(fields: FieldValues) -> Any:
    inner = fields["intervals"]
    if not isinstance(inner, FieldValues) or inner.invalid & {"work", "stations"}:
        return INVALID
    unnamed = Station(Text("", fields.mark), None, None, None, ())
    return TimedIntervals(
        work=inner["work"],
        rest=inner["rest"],
        rounds=inner["rounds"],
        stations=inner["stations"] or (unnamed,),
        round_rest=inner["round_rest"],
        get_ready=inner["ready"],
        countdown=inner["countdown"],
        bell=inner["bell"] or None,
        announce=inner["announce"],
        chapters=inner["chapters"] and bool(inner["stations"]),
        fill=inner["fill"],
        mark=fields.mark,
    )


VERB = Verb(
    Table(
        "intervals",
        "Work and rest by the clock, with the next station announced.",
        (
            Field(
                "intervals",
                mapping(_INTERVALS_TABLE, lambda fields: fields),
                "Work, rest, and what is done.",
                required=True,
                example={"work": "40s", "rest": "20s", "stations": ["march", "squats"]},
            ),
        ),
    ),
    _build,
    inner_tables=(_INTERVALS_TABLE, _STATION_TABLE),
)
