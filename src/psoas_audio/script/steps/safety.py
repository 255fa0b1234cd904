"""``safety``: a part of the spoken safety words for the script's kind."""

from __future__ import annotations

from typing import Any

from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.steps.common import BLOCK_NAME


def _build(fields: FieldValues) -> Any:
    if fields.invalid:
        return INVALID
    reader = fields.reader
    return reader.blocks.safety(fields["safety"], fields.mark, reader)


VERB = Verb(
    Table(
        "safety",
        "The spoken safety block of the script's kind.",
        (
            Field(
                "safety",
                BLOCK_NAME,
                "Which part: before, way-out or after.",
                required=True,
                example="before",
            ),
        ),
    ),
    _build,
)
