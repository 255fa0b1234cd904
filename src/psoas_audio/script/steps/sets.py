"""``sets``: steps that come in sets, with a rest between them."""

from __future__ import annotations

from typing import Any

from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.steps.common import INNER_STEPS
from psoas_audio.script.steps.in_sets import SETS_TABLE, SETS_TYPE
from psoas_audio.script.steps.repeat import REST_BETWEEN, Repeat, rest_between


def _build(fields: FieldValues) -> Any:
    if "sets" in fields.invalid:
        return INVALID
    count, rest = fields["sets"]
    if rest is not None and "rest" in fields:
        return fields.reader.error(fields.marks["rest"], "too-many-keys", "'rest' is given twice.")
    between = rest_between(rest or fields["rest"], fields.mark)
    return Repeat(count, fields["steps"], fields.mark, "set", between)


VERB = Verb(
    Table(
        "sets",
        "Sets, with a rest between them; texts inside may use {set} and {sets}.",
        (
            Field(
                "sets",
                SETS_TYPE,
                "How many, and the rest between.",
                required=True,
                example={"count": 3, "rest": "45s"},
            ),
            REST_BETWEEN,
            INNER_STEPS,
        ),
    ),
    _build,
    inner_tables=(SETS_TABLE,),
)
