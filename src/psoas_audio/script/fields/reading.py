"""What a value may look like: how it is read, and how the JSON Schema says it.

A :class:`ValueType` turns a node into a value; a :class:`Table` lists the keys of one
mapping. Both are data: reading with all faults at once, "did you mean", the schema
and the tables of the reference come out of the same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from psoas_audio.errors import Mark, Problem
from psoas_audio.library import did_you_mean
from psoas_audio.script.model import Text, Voice
from psoas_audio.script.source.events import Broken, Entries, Items, Node, Scalar
from psoas_audio.script.times import Misread

if TYPE_CHECKING:
    from psoas_audio.script.fields.tables import Verb
    from psoas_audio.script.steps.group import Group

Schema = dict[str, Any]


class Wrong:
    """The type of :data:`WRONG`."""

    __slots__ = ()


WRONG: Final = Wrong()
"""What reading gives where a value could not be read, and that was told."""


class BlockReader(Protocol):
    """Gives the block of a name; see :mod:`psoas_audio.script.blocks`."""

    def include(
        self, name: Scalar, values: Mapping[str, str], mark: Mark, reader: Reader
    ) -> Group | Wrong: ...

    def safety(self, part: Scalar, mark: Mark, reader: Reader) -> Group | Wrong: ...


@dataclass(slots=True)
class Reader:
    """What one reading gathers beside the values; places are those of the values."""

    problems: list[Problem]
    blocks: BlockReader
    spoken: list[Text] = field(default_factory=list)
    """Every text that is spoken, as written."""
    shown: list[Text] = field(default_factory=list)
    """Titles and summaries."""
    sounds: list[tuple[str, Mark]] = field(default_factory=list)
    """Every sound asked for by name."""
    rates: list[tuple[int, Mark]] = field(default_factory=list)
    """Every rate asked for, in words per minute."""
    voices: list[tuple[Voice, Mark]] = field(default_factory=list)
    """Every wish for a voice."""
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    """The kinds of steps that the file may have, by their verbs."""
    folder: Path | None = None
    """Where the script's own files are looked for."""
    lost: int = 0
    """How many values and steps were left out because they could not be read."""

    def error(self, mark: Mark, rule: str, message: str, hint: str = "") -> Wrong:
        """Add an error."""
        self.problems.append(Problem(mark, rule, message, hint))
        return WRONG


@dataclass(frozen=True, slots=True)
class ValueType:
    """What a value may look like."""

    name: str
    """In words, with an article: ``a time, such as 45s``."""
    reads: Callable[[Node, Reader], Any]
    """Gives the value, or :data:`WRONG` after telling the reader why."""
    schema: Schema
    """JSON Schema, draft 2020-12."""

    def read(self, node: Node, reader: Reader) -> Any:
        """The value of *node*, or :data:`WRONG`."""
        return WRONG if isinstance(node, Broken) else self.reads(node, reader)


def kind_of(node: Node) -> str:
    """What a node is, for a message."""
    match node:
        case Items():
            return "a list"
        case Entries():
            return "a mapping with keys"
        case Scalar(text=""):
            return "nothing"
        case Scalar():
            return f"'{shorten(node.text)}'"
        case Broken():
            return "something refused"


def shorten(text: str, most: int = 60) -> str:
    """*text* on one line and at most *most* characters long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def expected(name: str, node: Node, reader: Reader, hint: str = "") -> Wrong:
    """Tell that *node* isn't *name*."""
    return reader.error(
        node.mark, "wrong-type", f"expected {name}, but this is {kind_of(node)}.", hint
    )


def scalar(name: str, parse: Callable[[str], Any], schema: Schema) -> ValueType:
    """A single word, number or text, read by *parse*, which raises ``Misread``."""

    def reads(node: Node, reader: Reader) -> Any:
        if not isinstance(node, Scalar):
            return expected(name, node, reader)
        try:
            return parse(node.text)
        except Misread as fault:
            return reader.error(node.mark, fault.rule, fault.message, fault.hint)

    return ValueType(name, reads, schema)


def choice(name: str, options: Sequence[str], values: Mapping[str, Any] | None = None) -> ValueType:
    """One of a few words; *values* gives what they stand for, else they stand for themselves."""

    def parse(text: str) -> Any:
        if text not in options:
            listed = ", ".join(options)
            raise Misread(
                f"'{shorten(text)}' isn't {name}.",
                did_you_mean(text, list(options)) or f"It is one of {listed}.",
                "bad-choice",
            )
        return values[text] if values is not None else text

    return scalar(name, parse, {"enum": list(options)})


def listing(item: ValueType, name: str, *, least: int = 0, lone: bool = False) -> ValueType:
    """A list; where *lone* one item may stand by itself. Items that are wrong are left out."""

    def reads(node: Node, reader: Reader) -> Any:
        if not isinstance(node, Items):
            if lone:
                value = item.read(node, reader)
                return WRONG if value is WRONG else (value,)
            return expected(name, node, reader, "Begin each line with '- '.")
        values = tuple(item.read(each, reader) for each in node.items)
        reader.lost += values.count(WRONG)
        if len(node.items) < least:
            return reader.error(node.mark, "empty-list", f"expected {name}, but the list is empty.")
        return tuple(value for value in values if value is not WRONG)

    array: Schema = {"type": "array", "items": item.schema}
    if least:
        array["minItems"] = least
    return ValueType(name, reads, {"anyOf": [item.schema, array]} if lone else array)


def free_keys(name: str, key: ValueType, value: ValueType) -> ValueType:
    """A mapping whose keys the script chooses."""

    def reads(node: Node, reader: Reader) -> Any:
        if not isinstance(node, Entries):
            return expected(name, node, reader, "Write 'word: meaning', one in each line.")
        found = {}
        for key_node, value_node in node.pairs:
            read_key, read_value = key.read(key_node, reader), value.read(value_node, reader)
            if read_key is not WRONG and read_value is not WRONG:
                found[read_key] = read_value
        return found

    return ValueType(
        name,
        reads,
        {"type": "object", "propertyNames": key.schema, "additionalProperties": value.schema},
    )


def by_shape(
    name: str,
    *,
    scalar: ValueType | None = None,
    items: ValueType | None = None,
    entries: ValueType | None = None,
) -> ValueType:
    """One form or another, told apart by what the node is."""
    by_node = {Scalar: scalar, Items: items, Entries: entries}

    def reads(node: Node, reader: Reader) -> Any:
        form = by_node.get(type(node))
        return expected(name, node, reader) if form is None else form.read(node, reader)

    return ValueType(name, reads, {"anyOf": [form.schema for form in by_node.values() if form]})
