"""The keys of a mapping as data, and how a mapping is read by them, all errors at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from psoas_audio.errors import Mark
from psoas_audio.script.fields.reading import (
    INVALID,
    Invalid,
    NodeReader,
    ValueType,
    report_wrong_type,
)
from psoas_audio.script.fields.unknown_keys import report_unknown_keys
from psoas_audio.script.source.events import MappingNode, Node, RejectedNode


class Field(NamedTuple):
    """One key of a mapping."""

    key: str
    value_type: ValueType
    doc: str
    """What it is for, in one sentence."""
    required: bool = False
    default: Any = None
    """The value where the key is absent or could not be read."""
    example: Any = None
    """A value as a script has it, for editors and the reference."""


class Table(NamedTuple):
    """The keys of one mapping."""

    name: str
    """Its name in the schema."""
    doc: str
    """What the mapping is, in one sentence."""
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    """Keys of which there must be exactly one; empty for no such rule."""

    def key_names(self) -> list[str]:
        """The keys in their order."""
        return [each.key for each in self.fields]


class Verb(NamedTuple):
    """One kind of step."""

    table: Table
    """Its keys, the verb first."""
    build: Callable[[FieldValues], Any]
    """Gives the typed step, or :data:`INVALID`."""
    inner_tables: tuple[Table, ...] = ()
    """Keys of the mappings inside it."""


@dataclass(frozen=True, slots=True)
class FieldValues:
    """What was read of a mapping: a value for each key of its table."""

    mark: Mark
    values: Mapping[str, Any]
    """Key to value; the field's default where the key is absent or its value invalid."""
    marks: Mapping[str, Mark]
    """Key to the place of its value, for the keys that are there."""
    reader: NodeReader
    invalid: frozenset[str]
    """Keys whose value could not be read, and required keys that are missing."""

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def __contains__(self, key: str) -> bool:
        return key in self.marks


def _describe_keys(table: Table) -> str:
    keys = table.key_names()
    return f"keys such as {', '.join(keys[:4])}{' …' if len(keys) > 4 else ''}"


def mapping(table: Table, build: Callable[[FieldValues], Any]) -> ValueType:
    """A mapping with the keys of *table*, which *build* makes a value of."""

    def convert(node: Node, reader: NodeReader) -> Any:
        fields = read_table(table, node, reader)
        return build(fields) if isinstance(fields, FieldValues) else INVALID

    return ValueType(_describe_keys(table), convert, {"$ref": f"#/$defs/{table.name}"})


def read_table(table: Table, node: Node, reader: NodeReader) -> FieldValues | Invalid:
    """What the mapping *node* has for each key of *table*; every error is reported."""
    if isinstance(node, RejectedNode):
        return INVALID
    if not isinstance(node, MappingNode):
        return report_wrong_type(_describe_keys(table), node, reader)
    misspelt = report_unknown_keys(table.key_names(), node, reader)
    given = {key.text: value for key, value in node.pairs}
    values: dict[str, Any] = {}
    invalid: set[str] = set()
    for field in table.fields:
        value: Any = INVALID
        if field.key in given:
            value = field.value_type.read(given[field.key], reader)
        elif field.required and field.key not in misspelt:
            reader.error(node.mark, "missing-key", f"the key '{field.key}' is missing.", field.doc)
        values[field.key] = field.default if value is INVALID else value
        if value is INVALID and (field.required or field.key in given):
            invalid.add(field.key)
            reader.omitted += 1
    if table.one_of and not _has_one_of(table, node, misspelt, reader):
        invalid.update(table.one_of)
        reader.omitted += 1
    marks = {field.key: given[field.key].mark for field in table.fields if field.key in given}
    return FieldValues(node.mark, values, marks, reader, frozenset(invalid))


def _has_one_of(table: Table, node: MappingNode, misspelt: set[str], reader: NodeReader) -> bool:
    """Whether exactly one of the keys ``one_of`` is there; reports it if not."""
    present = [key for key, _ in node.pairs if key.text in table.one_of]
    if len(present) == 1:
        return True
    names = " or ".join(f"'{key}'" for key in table.one_of)
    if present:
        message = f"expected {names}, but both are given."
        reader.error(present[1].mark, "too-many-keys", message)
    elif not misspelt & set(table.one_of):
        reader.error(node.mark, "missing-key", f"expected {names}, but neither is given.")
    return False
