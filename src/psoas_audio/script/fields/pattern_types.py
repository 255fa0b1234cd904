"""How a script writes a breath pattern: by name, as seconds, or by its phases."""

from __future__ import annotations

from typing import Any

from psoas_audio.errors import Mark
from psoas_audio.library import did_you_mean
from psoas_audio.script.fields.reading import (
    WRONG,
    Reader,
    ValueType,
    by_shape,
    listing,
    scalar,
    shorten,
)
from psoas_audio.script.fields.tables import Field, Record, Table, mapping
from psoas_audio.script.fields.value_types import PHASE
from psoas_audio.script.model import Pattern
from psoas_audio.script.patterns import NAMED, PHASES, from_list, pattern
from psoas_audio.script.source.events import Node
from psoas_audio.script.times import Misread

PHASE_TABLE = Table(
    "phases",
    "The phases of one breath; what is left out isn't there.",
    tuple(
        Field(kind, PHASE, doc, required=kind in ("in", "out"), example=example)
        for kind, doc, example in (
            ("in", "The in-breath.", "4s"),
            ("sip", "A second sip in.", "1s"),
            ("full", "The stay after the in-breath.", "0s"),
            ("out", "The out-breath.", "6s"),
            ("empty", "The stay after the out-breath.", "0s"),
        )
    ),
)


def _phases(record: Record) -> Any:
    if record.wrong:
        return WRONG
    lengths = {kind: record[kind] for kind in PHASES if kind in record}
    return _own(lambda: pattern("own", lengths), record.mark, record.reader)


def _phase_list(node: Node, reader: Reader) -> Any:
    lengths = listing(PHASE, "seconds").read(node, reader)
    if lengths is WRONG or len(lengths) != len(node.items):  # type: ignore[union-attr]
        return WRONG
    return _own(lambda: from_list(list(lengths)), node.mark, reader)


def _own(make: Any, mark: Mark, reader: Reader) -> Any:
    try:
        return make()
    except Misread as fault:
        return reader.error(mark, "bad-pattern", fault.message, fault.hint)


def named_pattern(name: str) -> Pattern:
    """The named pattern; raises ``Misread``."""
    found: Pattern | None = NAMED.get(name)
    if found is None:
        raise Misread(
            f"there is no breath pattern called '{shorten(name)}'.",
            did_you_mean(name, list(NAMED)) or f"The named ones are {', '.join(NAMED)}.",
            "unknown-pattern",
        )
    return found


PATTERN = by_shape(
    "a breath pattern",
    scalar=scalar("a breath pattern", named_pattern, {"enum": list(NAMED)}),
    items=ValueType(
        "seconds: [in, hold, out, hold]",
        _phase_list,
        {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 2, "maxItems": 4},
    ),
    entries=mapping(PHASE_TABLE, _phases),
)
