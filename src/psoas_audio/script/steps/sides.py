"""``sides``: the same steps for both sides of the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.model import SIDE_VALUES, sides_from
from psoas_audio.script.steps.base import BaseStep
from psoas_audio.script.steps.common import INNER_STEPS

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step


@dataclass(frozen=True, slots=True)
class Sides(BaseStep):
    """The same steps once per side; texts inside may use ``{side}`` and ``{other_side}``."""

    order: tuple[str, ...]
    """``left`` and ``right`` in the order in which they come."""
    steps: tuple[Step, ...]
    mark: Mark

    verb = "sides"

    @property
    def inner_steps(self) -> tuple[Step, ...]:
        return self.steps

    def with_inner_steps(self, steps: tuple[Step, ...]) -> Self:
        return replace(self, steps=steps)

    @property
    def repetitions(self) -> int:
        return len(self.order)

    @property
    def side_order(self) -> tuple[str, ...]:
        return self.order

    def with_first_side(self, side: str) -> Self:
        return replace(self, order=sides_from(side, self.order))

    def values_inside(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return {**values, **SIDE_VALUES}


def _build(fields: FieldValues) -> Any:
    return Sides(fields["sides"] or ("left", "right"), fields["steps"], fields.mark)


VERB = Verb(
    Table(
        "sides",
        "Both sides of the body; texts inside may use {side} and {other_side}.",
        (
            Field(
                "sides",
                value_types.SIDES,
                "The sides, in order.",
                required=True,
                default=(),
                example="both",
            ),
            INNER_STEPS,
        ),
    ),
    _build,
)
