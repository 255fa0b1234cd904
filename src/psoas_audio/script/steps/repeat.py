"""``repeat``: steps that come in rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.model import Count
from psoas_audio.script.steps.base import BaseStep
from psoas_audio.script.steps.common import INNER_STEPS

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step


@dataclass(frozen=True, slots=True)
class Repeat(BaseStep):
    """Rounds; texts inside may use ``{round}`` and ``{rounds}``."""

    rounds: Count
    steps: tuple[Step, ...]
    mark: Mark

    verb = "repeat"
    count_unit = "rounds"

    @property
    def elastic(self) -> Count:
        return self.rounds

    @property
    def inner_steps(self) -> tuple[Step, ...]:
        return self.steps

    def with_inner_steps(self, steps: tuple[Step, ...]) -> Self:
        return replace(self, steps=steps)

    @property
    def repetitions(self) -> int:
        return self.rounds.most

    def values_inside(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return {**values, "round": "{round}", "rounds": "{rounds}"}


def _build(fields: FieldValues) -> Any:
    return Repeat(fields["repeat"], fields["steps"], fields.mark)


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
            INNER_STEPS,
        ),
    ),
    _build,
)
