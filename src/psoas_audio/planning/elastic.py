"""Lists the elastic parts of a script, each with its range and what a stretch chooses from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from psoas_audio.errors import Mark
from psoas_audio.planning.choices import Stretch
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import Script, Span
from psoas_audio.script.steps import Step
from psoas_audio.script.steps.base import CountUnit
from psoas_audio.units import samples_to_seconds

Unit = Literal["samples", CountUnit, "chapter"]
_MAX_NAMED_PARTS = 6
"""Parts that a message names before it only counts the others."""


class ElasticPart(NamedTuple):
    """One elastic part, and what was chosen from its range."""

    what: str
    """The step's name, or the chapter's title."""
    unit: Unit
    """Of the numbers below; a chapter is 1 if it is included and 0 if it is left out."""
    least: int
    most: int
    chosen: int
    """From ``least`` to ``most``."""
    mark: Mark

    def as_json(self) -> dict[str, Any]:
        """The object that ``plan --json`` prints."""
        return {
            "what": self.what, "unit": self.unit, "least": self.least, "most": self.most,
            "chosen": self.chosen, "line": self.mark.line, "file": self.mark.path,
        }  # fmt: skip

    @property
    def range(self) -> str:
        """Its name and its range, for a message."""
        if self.unit == "chapter":
            return f"the optional chapter “{self.what}”"
        if self.unit != "samples":
            return f"{self.what} ({self.least} to {self.most} {self.unit})"
        least, most = (f"{samples_to_seconds(n):g}" for n in (self.least, self.most))
        return f"{self.what} ({least} to {most} s)"

    def __str__(self) -> str:
        if self.unit == "chapter":
            return f"chapter “{self.what}”: {'included' if self.chosen else 'left out'}"
        if self.unit != "samples":
            return f"{self.what}: {self.chosen} of {self.least} to {self.most} {self.unit}"
        chosen, least, most = (
            f"{samples_to_seconds(n):.1f}".removesuffix(".0")
            for n in (self.chosen, self.least, self.most)
        )
        share = round(100 * (self.chosen - self.least) / (self.most - self.least))
        return f"{self.what}: {chosen} s of {least} to {most} s ({share} %)"


def elastic_parts(script: Script, stretch: Stretch) -> tuple[ElasticPart, ...]:
    """The elastic parts of *script* in order, each once, however often it is repeated."""
    found: dict[tuple[Mark, str], ElasticPart] = {}
    for part in _parts(script, stretch):
        found.setdefault((part.mark, part.what), part)
    return tuple(found.values())


def describe_ranges(parts: Sequence[ElasticPart]) -> str:
    """*parts* with their ranges, for a message."""
    named = [part.range for part in parts[:_MAX_NAMED_PARTS]]
    if more := len(parts) - len(named):
        named.append(f"{more} more")
    return ", ".join(named)


def _parts(script: Script, stretch: Stretch) -> Iterator[ElasticPart]:
    dropped = stretch.dropped(script.chapters)
    for number, chapter in enumerate(script.chapters):
        if chapter.priority is not None:
            chosen = int(number not in dropped)
            yield ElasticPart(chapter.title.words, "chapter", 0, 1, chosen, chapter.mark)
        if chapter.rounds is not None and chapter.rounds.most > chapter.rounds.fewest:
            rounds = chapter.rounds
            yield ElasticPart(
                f"chapter “{chapter.title.words}”",
                "rounds",
                rounds.fewest,
                rounds.most,
                stretch.number(rounds, chapter.mark),
                chapter.mark,
            )
        if number not in dropped:
            for step in all_steps(chapter.steps):
                yield from _part(step, stretch)


def _part(step: Step, stretch: Stretch) -> Iterator[ElasticPart]:
    elastic = step.elastic
    if elastic is None:
        return
    if isinstance(elastic, Span):
        unit: Unit = "samples"
        least, most, chosen = elastic.shortest, elastic.longest, stretch.length(elastic)
    else:
        unit = step.count_unit
        least, most, chosen = elastic.fewest, elastic.most, stretch.number(elastic, step.mark)
    if most > least:
        yield ElasticPart(step.name, unit, least, most, chosen, step.mark)
