"""``include``: the steps of a block, a file of its own."""

from __future__ import annotations

from typing import Any

from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.steps.common import BLOCK_NAME


def _build(fields: FieldValues) -> Any:
    if "include" in fields.invalid:
        return INVALID
    reader = fields.reader
    return reader.blocks.include(fields["include"], fields["values"], fields.mark, reader)


VERB = Verb(
    Table(
        "include",
        "The steps of a block.",
        (
            Field(
                "include",
                BLOCK_NAME,
                "A shipped block, or a file beside the script, with or without .yaml.",
                required=True,
                example="rise-slowly",
            ),
            Field(
                "values",
                value_types.VALUES,
                "Words for the block's {values}.",
                default={},
                example={"roll_side": "left"},
            ),
        ),
    ),
    _build,
)
