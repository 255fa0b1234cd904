"""Options of a stay or of repetitions: ``sets`` with rests between them, and both ``sides``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, mapping
from psoas_audio.script.fields.reading import INVALID, ValueType, by_shape
from psoas_audio.script.model import Count, Span
from psoas_audio.script.steps.repeat import REST_BETWEEN, Repeat, rest_between
from psoas_audio.script.steps.sides import Sides

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step

SetsAndRest = tuple[Count, Span | None]
"""How many sets, and the rest between two of them."""

SETS_TABLE = Table(
    "set",
    "Sets, with a rest between them.",
    (
        Field("count", value_types.COUNT, "How many.", required=True, example=3),
        REST_BETWEEN,
    ),
)
SETS_TYPE: ValueType = by_shape(
    "a number of sets, or {count: 3, rest: 45s}",
    scalar=ValueType(
        "a number of sets",
        lambda node, reader: (
            INVALID if (count := value_types.COUNT.read(node, reader)) is INVALID else (count, None)
        ),
        value_types.COUNT.schema,
    ),
    mapping=mapping(
        SETS_TABLE,
        lambda fields: INVALID if fields.invalid else (fields["count"], fields["rest"]),
    ),
)
SETS_OPTION = Field(
    "sets",
    SETS_TYPE,
    "How many times, with a rest between; texts may use {set} and {sets}.",
    example={"count": 3, "rest": "45s"},
)
SIDES_OPTION = Field(
    "sides",
    value_types.SIDES,
    "Once for each side, in this order; with sets, each set has both.",
    default=(),
    example="both",
)


def in_sets(step: Step, fields: FieldValues) -> Any:
    """*step*, in the sets and on the sides that its *fields* ask for."""
    if fields["sides"]:
        step = Sides(fields["sides"], (step,), fields.mark)
    if fields["sets"] is None:
        return step
    count, rest = fields["sets"]
    return Repeat(count, (step,), fields.mark, "set", rest_between(rest, fields.mark))
