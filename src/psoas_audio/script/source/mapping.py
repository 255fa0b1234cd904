"""Turns a script in a Python mapping into the same nodes as the text of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from psoas_audio.errors import Mark, Problem
from psoas_audio.script.source.characters import code_point, find_control_character
from psoas_audio.script.source.events import (
    MappingNode,
    Node,
    RejectedNode,
    ScalarNode,
    SequenceNode,
)
from psoas_audio.script.source.limits import MAX_NESTING, MAX_NODES, MAX_TEXT_CHARACTERS


def nodes_of(values: Mapping[str, object], path: str, problems: list[Problem]) -> Node:
    """The top node of a script in *values*: texts, numbers, booleans, lists and mappings.

    Faults are added to *problems*; their marks name *path* and the keys that lead to them.
    """
    return _Builder(path, problems).build(values)


@dataclass(slots=True)
class _Builder:
    """Builds the nodes of one script, within the limits of a file."""

    path: str
    problems: list[Problem]
    count: int = field(default=0)

    def build(self, value: object, key: str = "", depth: int = 0) -> Node:
        self.count += 1
        mark = Mark(self.path, self.count, 1, key)
        if self.count > MAX_NODES:
            if self.count == MAX_NODES + 1:
                message = f"a script has at most {MAX_NODES:,} entries."
                self.problems.append(Problem(mark, "too-large", message))
            return RejectedNode(mark)
        match value:
            case None:
                return ScalarNode("", mark)
            case bool():
                return ScalarNode("true" if value else "false", mark)
            case int() | float() | Decimal():
                return ScalarNode(str(value), mark)
            case str():
                return self._text(value, mark)
            case Mapping() | list() | tuple() if depth >= MAX_NESTING:
                return self._refuse(
                    mark, "too-deep", f"this is nested deeper than {MAX_NESTING} levels."
                )
            case Mapping():
                return self._entries(value, mark, depth)
            case list() | tuple():
                items = enumerate(value)
                return SequenceNode(
                    tuple(self.build(item, f"{key}[{n}]", depth + 1) for n, item in items), mark
                )
            case _:
                return self._refuse(
                    mark,
                    "wrong-type",
                    f"a value of type {type(value).__name__} can't be part of a script.",
                    "Use texts, numbers, True, False, lists and mappings.",
                )

    def _text(self, text: str, mark: Mark) -> Node:
        if len(text) > MAX_TEXT_CHARACTERS:
            message = (
                f"this text has {len(text):,} characters; at most {MAX_TEXT_CHARACTERS:,} are read."
            )
            return self._refuse(mark, "too-large", message, "Split it into several steps.")
        if bad := find_control_character(text):
            message = f"the text has the character {code_point(bad)}."
            return self._refuse(mark, "control-character", message)
        return ScalarNode(text, mark, quoted=True)

    def _entries(self, values: Mapping[object, object], mark: Mark, depth: int) -> MappingNode:
        pairs = []
        for key, value in values.items():
            place = f"{mark.key}.{key}" if mark.key else str(key)
            name = self.build(key, place)
            if isinstance(name, ScalarNode):
                pairs.append((name, self.build(value, place, depth + 1)))
            elif not isinstance(name, RejectedNode):
                self._refuse(name.mark, "bad-key", "a key must be a plain word.")
        return MappingNode(tuple(pairs), mark)

    def _refuse(self, mark: Mark, rule: str, message: str, hint: str = "") -> RejectedNode:
        self.problems.append(Problem(mark, rule, message, hint))
        return RejectedNode(mark)
