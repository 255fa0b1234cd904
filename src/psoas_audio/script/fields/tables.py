"""The keys of a mapping as data, and how a mapping is read by them, all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from psoas_audio.errors import Mark
from psoas_audio.library import did_you_mean, nearest
from psoas_audio.script.fields.reading import WRONG, Reader, ValueType, Wrong, expected, shorten
from psoas_audio.script.source.events import Broken, Entries, Node


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a mapping."""

    key: str
    form: ValueType
    doc: str
    """One sentence."""
    required: bool = False
    default: Any = None
    """The value where the key is absent or could not be read."""
    example: Any = None
    """A value as it would be written, for editors and the reference."""


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one mapping."""

    name: str
    """Names it in the schema."""
    doc: str
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    """Exactly one of these keys must be there."""

    def key_names(self) -> list[str]:
        return [each.key for each in self.fields]


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of step."""

    table: Table
    """Its keys, the verb first."""
    build: Callable[[Record], Any]
    """Gives the typed step, or :data:`WRONG`."""
    inner_tables: tuple[Table, ...] = ()
    """Keys of the mappings inside it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping that was read by its table."""

    mark: Mark
    values: Mapping[str, Any]
    """Every key of the table; the field's default where absent or wrong."""
    marks: Mapping[str, Mark]
    """The places of the values that are there."""
    reader: Reader
    wrong: frozenset[str]
    """Keys that could not be read, or that are required and missing."""

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def __contains__(self, key: str) -> bool:
        return key in self.marks


def _named(table: Table) -> str:
    keys = table.key_names()
    return f"keys such as {', '.join(keys[:4])}{' …' if len(keys) > 4 else ''}"


def mapping(table: Table, build: Callable[[Record], Any]) -> ValueType:
    """A mapping with the keys of *table*, built into a value."""

    def reads(node: Node, reader: Reader) -> Any:
        record = read_table(table, node, reader)
        return build(record) if isinstance(record, Record) else WRONG

    return ValueType(_named(table), reads, {"$ref": f"#/$defs/{table.name}"})


def read_table(table: Table, node: Node, reader: Reader) -> Record | Wrong:
    """Read the mapping *node* by *table*; keys in *allowed* are somebody else's."""
    if isinstance(node, Broken):
        return WRONG
    if not isinstance(node, Entries):
        return expected(_named(table), node, reader)
    given = {key.text: (key, value) for key, value in node.pairs}
    known = table.key_names()
    meant: set[str] = set()
    for key, _ in node.pairs:
        if key.text not in known:
            free = [each for each in known if each not in given]
            meant.add(nearest(key.text, free))
            hint = did_you_mean(key.text, free) or f"Known here: {', '.join(known)}."
            reader.error(key.mark, "unknown-key", f"unknown key '{shorten(key.text)}'.", hint)
    values: dict[str, Any] = {}
    marks: dict[str, Mark] = {}
    wrong: set[str] = set()
    for each in table.fields:
        value: Any = WRONG
        if each.key in given:
            marks[each.key] = given[each.key][1].mark
            value = each.form.read(given[each.key][1], reader)
        elif each.required and each.key not in meant:
            reader.error(
                node.mark,
                "missing-key",
                f"the key '{each.key}' is missing.",
                each.doc,
            )
        if value is WRONG:
            values[each.key] = each.default
            if each.required or each.key in given:
                wrong.add(each.key)
                reader.lost += 1
        else:
            values[each.key] = value
    present = [key for key in given if key in table.one_of]
    if table.one_of and len(present) != 1:
        names = " or ".join(f"'{key}'" for key in table.one_of)
        wrong.update(table.one_of)
        reader.lost += 1
        if present:
            reader.error(
                given[present[1]][0].mark, "too-many-keys", f"expected {names}, but both are here."
            )
        elif not meant & set(table.one_of):
            reader.error(node.mark, "missing-key", f"expected {names}; neither is here.")
    return Record(node.mark, values, marks, reader, frozenset(wrong))
