"""How the values of a file are read: a type knows what it accepts, and its JSON Schema.

A :class:`ValueType` turns a YAML node into a value, and a
:class:`~psoas_audio.script.fields.keys.Table` lists the keys of a mapping. Reading, its error
messages, the schema and the tables of the reference all come out of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from psoas_audio.errors import Mark, Problem
from psoas_audio.library import did_you_mean
from psoas_audio.script.model import Text, VoiceSettings
from psoas_audio.script.source.events import (
    MappingNode,
    Node,
    RejectedNode,
    ScalarNode,
    SequenceNode,
)
from psoas_audio.script.times import InvalidValueError

if TYPE_CHECKING:
    from psoas_audio.script.fields.keys import Verb
    from psoas_audio.script.steps.group import Group

Schema = dict[str, Any]

_NO_SYNONYMS: Mapping[str, str] = MappingProxyType({})


class Invalid:
    """The type of :data:`INVALID`."""

    __slots__ = ()


INVALID: Final = Invalid()
"""The value of a key that could not be read; the error was reported."""


class BlockReader(Protocol):
    """Finds blocks by name; see :class:`~psoas_audio.script.block_loader.BlockLoader`."""

    def include(
        self, name: ScalarNode, values: Mapping[str, str], mark: Mark, reader: NodeReader
    ) -> Group | Invalid: ...

    def safety(self, part: ScalarNode, mark: Mark, reader: NodeReader) -> Group | Invalid: ...


@dataclass(slots=True)
class NodeReader:
    """What is found while the nodes of a file are read, beside their values.

    Each mark is that of the value it comes with.
    """

    problems: list[Problem]
    blocks: BlockReader
    spoken: list[Text] = field(default_factory=list)
    """Every text that is spoken, as written."""
    displayed: list[Text] = field(default_factory=list)
    """Titles and summaries."""
    sounds: list[tuple[str, Mark]] = field(default_factory=list)
    """Every name of a sound."""
    rates: list[tuple[int, Mark]] = field(default_factory=list)
    """Every rate of speech, in words per minute."""
    voices: list[tuple[VoiceSettings, Mark]] = field(default_factory=list)
    """Every ``voice`` setting."""
    speakers: frozenset[str] = frozenset()
    """The keys of the script's speakers, each of which is a step too: ``friend: words``."""
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    """The kinds of steps that the file may have, by their verbs."""
    folder: Path | None = None
    """The folder that the files a script names lie in."""
    omitted: int = 0
    """How many values and steps were left out because they could not be read."""

    def error(self, mark: Mark, rule: str, message: str, hint: str = "") -> Invalid:
        """Report an error in the file."""
        self.problems.append(Problem(mark, rule, message, hint))
        return INVALID

    def warning(self, mark: Mark, rule: str, message: str, hint: str = "") -> None:
        """Report something in the file that is unlikely to be meant."""
        self.problems.append(Problem(mark, rule, message, hint, "warning"))


class ValueType(NamedTuple):
    """A type of values, such as times or colours."""

    name: str
    """For messages, with an article: ``a time, such as 45s``."""
    convert: Callable[[Node, NodeReader], Any]
    """Gives the value, or :data:`INVALID` after telling the reader why."""
    schema: Schema
    """JSON Schema, draft 2020-12."""

    def read(self, node: Node, reader: NodeReader) -> Any:
        """The value of *node*, or :data:`INVALID`."""
        return INVALID if isinstance(node, RejectedNode) else self.convert(node, reader)


def describe_node(node: Node) -> str:
    """What *node* is, in words for a message."""
    match node:
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "a mapping with keys"
        case ScalarNode() if not node.text.strip():
            return "nothing"
        case ScalarNode():
            return f"'{shorten(node.text)}'"
        case RejectedNode():
            return "something that isn't accepted"


def shorten(text: str, max_characters: int = 60) -> str:
    """*text* on one line, cut to *max_characters*."""
    line = " ".join(text.split())
    return line if len(line) <= max_characters else line[: max_characters - 1] + "…"


def report_wrong_type(name: str, node: Node, reader: NodeReader, hint: str = "") -> Invalid:
    """Report that *node* isn't *name*."""
    return reader.error(
        node.mark, "wrong-type", f"expected {name}, but this is {describe_node(node)}.", hint
    )


def scalar(name: str, parse: Callable[[str], Any], schema: Schema) -> ValueType:
    """A text without keys or items, read by *parse*, which raises
    ``InvalidValueError``."""

    def convert(node: Node, reader: NodeReader) -> Any:
        if not isinstance(node, ScalarNode):
            return report_wrong_type(name, node, reader)
        if not node.text.strip():
            return report_wrong_type(name, node, reader)
        try:
            return parse(node.text)
        except InvalidValueError as fault:
            return reader.error(node.mark, fault.rule, fault.message, fault.hint)

    return ValueType(name, convert, schema)


def choice(
    name: str,
    options: Sequence[str],
    values: Mapping[str, Any] | None = None,
    synonyms: Mapping[str, str] = _NO_SYNONYMS,
) -> ValueType:
    """One of a few words; *values* gives what they stand for, else they stand for themselves."""

    def parse(text: str) -> Any:
        if text not in options:
            listed = ", ".join(options)
            raise InvalidValueError(
                f"'{shorten(text)}' isn't {name}.",
                (f"Did you mean '{synonyms[text.lower()]}'?" if text.lower() in synonyms else "")
                or did_you_mean(text, list(options))
                or (f"It is one of {listed}." if len(options) > 1 else f"Write {listed}."),
                "bad-choice",
            )
        return values[text] if values is not None else text

    return scalar(name, parse, {"enum": list(options)})


def list_of(
    item: ValueType, name: str, *, min_items: int = 0, or_single: bool = False
) -> ValueType:
    """A list of *item*. Invalid items are left out.

    With *or_single*, one item needs no list around it.
    """

    def convert(node: Node, reader: NodeReader) -> Any:
        if not isinstance(node, SequenceNode):
            if or_single:
                value = item.read(node, reader)
                return INVALID if value is INVALID else (value,)
            return report_wrong_type(name, node, reader, "Begin each line with '- '.")
        values = tuple(item.read(each, reader) for each in node.items)
        reader.omitted += values.count(INVALID)
        if len(node.items) < min_items:
            return reader.error(node.mark, "empty-list", f"expected {name}, but the list is empty.")
        valid = tuple(value for value in values if value is not INVALID)
        return valid if len(valid) >= min(min_items, 1) else INVALID

    array: Schema = {"type": "array", "items": item.schema}
    if min_items:
        array["minItems"] = min_items
    return ValueType(name, convert, {"anyOf": [item.schema, array]} if or_single else array)


def mapping_of(name: str, key: ValueType, value: ValueType) -> ValueType:
    """A mapping with any keys of the type *key* and values of the type *value*."""

    def convert(node: Node, reader: NodeReader) -> Any:
        if not isinstance(node, MappingNode):
            return report_wrong_type(name, node, reader, "Write 'word: meaning', one in each line.")
        found = {}
        for key_node, value_node in node.pairs:
            read_key, read_value = key.read(key_node, reader), value.read(value_node, reader)
            if read_key is not INVALID and read_value is not INVALID:
                found[read_key] = read_value
        return found

    return ValueType(
        name,
        convert,
        {"type": "object", "propertyNames": key.schema, "additionalProperties": value.schema},
    )


def by_shape(
    name: str,
    *,
    scalar: ValueType | None = None,
    sequence: ValueType | None = None,
    mapping: ValueType | None = None,
) -> ValueType:
    """A type for each shape that a value can have: a scalar, a list or a mapping."""
    by_node = {ScalarNode: scalar, SequenceNode: sequence, MappingNode: mapping}

    def convert(node: Node, reader: NodeReader) -> Any:
        value_type = by_node.get(type(node))
        if value_type is None:
            return report_wrong_type(name, node, reader)
        return value_type.read(node, reader)

    return ValueType(name, convert, {"anyOf": [each.schema for each in by_node.values() if each]})
