"""The JSON Schema of the script language, made of the tables that scripts are read with.

Draft 2020-12. Editors complete and check with it; ``psoas-audio check`` finds more.
"""

from __future__ import annotations

from typing import Any

from psoas_audio.script.chapter_table import CHAPTER_TABLE
from psoas_audio.script.fields.keys import Field, Table
from psoas_audio.script.fields.pattern_types import PHASE_TABLE
from psoas_audio.script.fields.reading import Schema
from psoas_audio.script.header import BLOCK_TABLE, SCRIPT_TABLE
from psoas_audio.script.settings import (
    BED_TABLE,
    CHAPTER_BED_TABLE,
    LENGTH_TABLE,
    SESSION_VOICE_TABLE,
    SPEAKER_TABLE,
    VOICE_TABLE,
)
from psoas_audio.script.steps import VERBS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

TABLES: tuple[Table, ...] = (
    CHAPTER_TABLE,
    *(verb.table for verb in VERBS.values()),
    *(table for verb in VERBS.values() for table in verb.inner_tables),
    PHASE_TABLE,
    SESSION_VOICE_TABLE,
    VOICE_TABLE,
    SPEAKER_TABLE,
    BED_TABLE,
    CHAPTER_BED_TABLE,
    LENGTH_TABLE,
    BLOCK_TABLE,
)
"""Every table except the script's own."""


def json_schema() -> dict[str, Any]:
    """The schema of a script; ``$defs/block`` is that of a block file."""
    step: Schema = {
        "description": "One thing that happens; a text alone is spoken.",
        "anyOf": [
            {"type": "string", "description": "Speak this."},
            *({"$ref": f"#/$defs/{verb}"} for verb in VERBS),
        ],
    }
    return {
        "$schema": DIALECT,
        "title": "psoas-audio script",
        **_object(SCRIPT_TABLE),
        "$defs": {"step": step, **{table.name: _object(table) for table in TABLES}},
    }


def _object(table: Table) -> Schema:
    """The schema of a mapping."""
    found: Schema = {
        "description": table.doc,
        "type": "object",
        "properties": {each.key: _property(each) for each in table.fields},
        "additionalProperties": False,
    }
    if required := [each.key for each in table.fields if each.required]:
        found["required"] = required
    if table.one_of:
        found["oneOf"] = [{"required": [key]} for key in table.one_of]
    return found


def _property(field: Field) -> Schema:
    """The schema of one key's value, with the texts that editors show."""
    found: Schema = {**field.value_type.schema, "description": field.doc}
    if field.example is not None:
        found["examples"] = [field.example, *_without(found.get("examples", ()), field.example)]
    if isinstance(field.default, str | int | float) and field.default:
        found["default"] = field.default
    return found


def _without(examples: Any, first: Any) -> list[Any]:
    return [example for example in examples if example != first]
