"""``repeat``: steps that come in rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.model import Count, Counter, Span, counter_values
from psoas_audio.script.steps.base import BaseStep, CountUnit
from psoas_audio.script.steps.common import INNER_STEPS
from psoas_audio.script.steps.rest import Rest

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step

_VERBS: Mapping[Counter, str] = {"round": "repeat", "set": "sets", "rep": "reps"}
_UNITS: Mapping[Counter, CountUnit] = {"round": "rounds", "set": "sets", "rep": "repetitions"}


@dataclass(frozen=True, slots=True)
class Repeat(BaseStep):
    """Rounds, sets or repetitions; texts inside may use ``{round}`` and ``{rounds}``, and so on."""

    rounds: Count
    steps: tuple[Step, ...]
    mark: Mark
    counter: Counter = "round"
    """What is counted; its values are named after it."""
    between: Step | None = None
    """The rest between two rounds; there is none after the last."""

    verb = "repeat"

    @property
    def name(self) -> str:
        return _VERBS[self.counter]

    @property
    def elastic(self) -> Count:
        return self.rounds

    @property
    def count_unit(self) -> CountUnit:
        return _UNITS[self.counter]

    @property
    def inner_steps(self) -> tuple[Step, ...]:
        return self.steps if self.between is None else (*self.steps, self.between)

    def with_inner_steps(self, steps: tuple[Step, ...]) -> Self:
        if self.between is None:
            return replace(self, steps=steps)
        *inner, between = steps
        return replace(self, steps=tuple(inner), between=between)

    @property
    def repetitions(self) -> int:
        return self.rounds.most

    def values_inside(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return {**values, **counter_values(self.counter, values)}


def rest_between(length: Span | None, mark: Mark) -> Rest | None:
    """The rest of *length* between two rounds."""
    return None if length is None else Rest(length, "", None, None, mark)


REST_BETWEEN = Field(
    "rest",
    value_types.SPAN,
    "How long to rest between them; there is no rest after the last.",
    example="45s",
)


def _build(fields: FieldValues) -> Any:
    between = rest_between(fields["rest"], fields.mark)
    return Repeat(fields["repeat"], fields["steps"], fields.mark, between=between)


VERB = Verb(
    Table(
        "repeat",
        "Rounds; texts inside may use {round} and {rounds}.",
        (
            Field(
                "repeat",
                value_types.COUNT,
                "How many.",
                required=True,
                default=Count(1, 1),
                example=3,
            ),
            REST_BETWEEN,
            INNER_STEPS,
        ),
    ),
    _build,
)
