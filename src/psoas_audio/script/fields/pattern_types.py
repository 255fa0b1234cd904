"""How a script writes a breath pattern: as a name, as seconds, or phase by phase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psoas_audio.errors import Mark
from psoas_audio.library import did_you_mean
from psoas_audio.script.fields.keys import Field, FieldValues, Table, mapping
from psoas_audio.script.fields.reading import (
    INVALID,
    NodeReader,
    ValueType,
    by_shape,
    list_of,
    scalar,
    shorten,
)
from psoas_audio.script.fields.value_types import PHASE
from psoas_audio.script.model import Pattern
from psoas_audio.script.patterns import NAMED_PATTERNS, PHASE_ORDER, make_pattern, pattern_from_list
from psoas_audio.script.source.events import Node
from psoas_audio.script.times import InvalidValueError

PHASE_TABLE = Table(
    "phases",
    "The phases of one breath; one that is left out isn't there.",
    tuple(
        Field(kind, PHASE, doc, required=kind in ("in", "out"), example=example)
        for kind, doc, example in (
            ("in", "The in-breath.", "4s"),
            ("sip", "A second sip in.", "1s"),
            ("full", "The hold after the in-breath.", "0s"),
            ("out", "The out-breath.", "6s"),
            ("empty", "The hold after the out-breath.", "0s"),
        )
    ),
)


def _phases(fields: FieldValues) -> Any:
    if fields.invalid:
        return INVALID
    lengths = {kind: fields[kind] for kind in PHASE_ORDER if kind in fields}
    return _make(lambda: make_pattern("own", lengths), fields.mark, fields.reader)


def _phase_list(node: Node, reader: NodeReader) -> Any:
    lengths = list_of(PHASE, "seconds").read(node, reader)
    if lengths is INVALID or len(lengths) != len(node.items):  # type: ignore[union-attr]
        return INVALID
    return _make(lambda: pattern_from_list(list(lengths)), node.mark, reader)


def _make(make: Callable[[], Pattern], mark: Mark, reader: NodeReader) -> Any:
    try:
        return make()
    except InvalidValueError as fault:
        return reader.error(mark, "bad-pattern", fault.message, fault.hint)


def named_pattern(name: str) -> Pattern:
    """The pattern called *name*; raises ``InvalidValueError`` if there is none."""
    found: Pattern | None = NAMED_PATTERNS.get(name)
    if found is None:
        raise InvalidValueError(
            f"there is no breath pattern called '{shorten(name)}'.",
            did_you_mean(name, list(NAMED_PATTERNS))
            or f"The patterns are {', '.join(NAMED_PATTERNS)}.",
            "unknown-pattern",
        )
    return found


PATTERN = by_shape(
    "a breath pattern",
    scalar=scalar("a breath pattern", named_pattern, {"enum": list(NAMED_PATTERNS)}),
    sequence=ValueType(
        "seconds: [in, hold, out, hold]",
        _phase_list,
        {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 2, "maxItems": 4},
    ),
    mapping=mapping(PHASE_TABLE, _phases),
)
