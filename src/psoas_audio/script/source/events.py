"""Parses YAML safely into plain nodes with their places.

Only PyYAML's *events* are used. They have the text, line and column of each scalar, and avoid what
its loaders do: expand aliases without end, read ``no`` as False and ``1:30`` as 90, drop duplicate
keys, crash on deep nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from psoas_audio.errors import Mark, Problem
from psoas_audio.script.source.characters import (
    InvalidTextError,
    code_point,
    decode_text,
    find_control_character,
)
from psoas_audio.script.source.limits import MAX_NESTING, MAX_NODES, MAX_TEXT_CHARACTERS
from psoas_audio.script.source.yaml_faults import explain_yaml_error

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""As YAML counts lines."""
_TEXT_COMMENT = re.compile(r"[ \t]+(#[^\s#].*)")
"""``#3 of five``: a comment by YAML's rules, but hardly meant as one."""
_LOADER = getattr(yaml, "CLoader", yaml.Loader)  # only its events are used: nothing is constructed


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text, number or word, as written."""

    text: str
    mark: Mark
    quoted: bool = False
    end: tuple[int, int] = field(default=(0, 0), compare=False)
    """Line and column, from 1, after its last character in the file; (0, 0) where it is in none."""


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple[Node, ...]
    mark: Mark
    flow: bool = field(default=False, compare=False)
    """Whether it is written in brackets."""


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping, its keys in the order written."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    mark: Mark
    flow: bool = field(default=False, compare=False)
    """Whether it is written in braces."""


@dataclass(frozen=True, slots=True)
class RejectedNode:
    """Something that isn't accepted; the error is reported."""

    mark: Mark


Node = ScalarNode | SequenceNode | MappingNode | RejectedNode


class _Stop(Exception):  # noqa: N818 - control flow inside this module
    """Reading can't go on after the error just reported."""


def parse_yaml(text: str | bytes, path: str, problems: list[Problem]) -> Node | None:
    """The document's top node; ``None`` where it could not be read.

    Errors are added to *problems*. *path* is the file as the user named it.
    """
    tree = _Tree(path, problems)
    try:
        source = decode_text(text)
        try:
            return tree.build(source)
        except yaml.MarkedYAMLError as fault:
            line, column, message, hint = explain_yaml_error(fault, source, tree.line)
            tree.error(line, column, "yaml", message, hint)
        except _Stop:
            pass
        except Exception as fault:  # PyYAML raises more than its own errors
            tree.error(
                tree.line, 0, "yaml", f"this can't be read as YAML ({type(fault).__name__})."
            )
    except InvalidTextError as fault:
        tree.error(fault.line, fault.column, fault.rule, fault.message, fault.hint)
    return None


class _Tree:
    """Builds the nodes of one document without recursion."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.line = 0
        self.nodes = 0
        self.lines: list[str] = []
        self.stack: list[tuple[Mark, bool, bool, list[Node]]] = []
        self.top: Node | None = None

    def error(self, line: int, column: int, rule: str, message: str, hint: str = "") -> Mark:
        mark = Mark(self.path, line + 1, column + 1)
        self.problems.append(Problem(mark, rule, message, hint))
        return mark

    def build(self, source: str) -> Node | None:
        documents = 0
        self.lines = LINE_BREAK.split(source)
        for event in yaml.parse(source, Loader=_LOADER):
            place = event.start_mark
            self.line, column = (place.line, place.column) if place else (self.line, 0)
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event, column)
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self._open(event, column)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self._close()
                case yaml.AliasEvent():
                    self.error(
                        self.line,
                        column,
                        "alias",
                        f"scripts can't have YAML aliases: *{event.anchor}.",
                        "Put a text that begins with * in quotes. To say something twice, "
                        "use repeat or include.",
                    )
                    self._add(RejectedNode(self._mark(column)), column)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self.error(
                            self.line,
                            column,
                            "second-document",
                            "this line begins a second YAML document; a script is one.",
                            "Remove the line with ---.",
                        )
                        raise _Stop
                    if event.tags or event.version:
                        self.error(
                            self.line,
                            column,
                            "directive",
                            "scripts can't have YAML directives (%).",
                        )
                case _:
                    pass
        if self.top is None:
            self.error(0, 0, "empty", "there is nothing in this file.", "Begin with 'title: …'.")
        return self.top

    def _mark(self, column: int) -> Mark:
        return Mark(self.path, self.line + 1, column + 1)

    def _refuse_extras(self, event: yaml.NodeEvent, column: int) -> None:
        if event.anchor is not None:
            self.error(
                self.line,
                column,
                "anchor",
                f"scripts can't have YAML anchors: &{event.anchor}.",
                "Put a text that begins with & in quotes.",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.error(
                self.line,
                column,
                "tag",
                f"scripts can't have YAML tags: {tag.replace('tag:yaml.org,2002:', '!!')[:60]}.",
                "Put a text that begins with ! in quotes.",
            )

    def _scalar(self, event: yaml.ScalarEvent, column: int) -> None:
        self._refuse_extras(event, column)
        text = event.value
        if len(text) > MAX_TEXT_CHARACTERS:
            self.error(
                self.line,
                column,
                "too-large",
                f"this text has {len(text):,} characters;"
                f" at most {MAX_TEXT_CHARACTERS:,} are read.",
                "Split it into several steps.",
            )
            raise _Stop
        if bad := find_control_character(text):
            message = f"the text has the character {code_point(bad)}."
            self.error(self.line, column, "control-character", message)
            self._add(RejectedNode(self._mark(column)), column)
            return
        several_words = " " in text or text[:1].isupper()
        if not event.style and several_words and event.end_mark is not None:
            self._warn_of_comment(event.end_mark.line, event.end_mark.column)
        end = event.end_mark
        after = (end.line + 1, end.column + 1) if end is not None else (0, 0)
        self._add(ScalarNode(text, self._mark(column), bool(event.style), after), column)

    def _warn_of_comment(self, line: int, column: int) -> None:
        """Warn where a text ends at *line* and *column* because a comment begins there."""
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        comment = _TEXT_COMMENT.match(rest)
        if comment is not None:
            mark = Mark(self.path, line + 1, column + comment.start(1) + 1)
            shown = comment[1] if len(comment[1]) <= 40 else comment[1][:39] + "…"
            message = f"'{shown}' is a comment in YAML: it is not a part of the text."
            hint = "Put the whole text in quotes, or write '# ' with a space for a comment."
            self.problems.append(Problem(mark, "comment-in-text", message, hint, "warning"))

    def _open(self, event: yaml.CollectionStartEvent, column: int) -> None:
        self._refuse_extras(event, column)
        if len(self.stack) >= MAX_NESTING:
            self.error(
                self.line,
                column,
                "too-deep",
                f"this is nested deeper than {MAX_NESTING} levels.",
                "Move inner steps into a block of their own.",
            )
            raise _Stop
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append((self._mark(column), is_mapping, bool(event.flow_style), []))

    def _close(self) -> None:
        mark, is_mapping, flow, nodes = self.stack.pop()
        node: Node = SequenceNode(tuple(nodes), mark, flow)
        if is_mapping:
            node = self._entries(mark, nodes, flow)
        self._add(node, mark.column - 1)

    def _add(self, node: Node, column: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.error(
                self.line, column, "too-large", f"a script has at most {MAX_NODES:,} entries."
            )
            raise _Stop
        if self.stack:
            self.stack[-1][3].append(node)
        else:
            self.top = node

    def _entries(self, mark: Mark, nodes: list[Node], flow: bool) -> MappingNode:
        pairs: list[tuple[ScalarNode, Node]] = []
        first: dict[str, Mark] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                if not isinstance(key, RejectedNode):
                    self._error_at(
                        key.mark,
                        "bad-key",
                        "a key must be a plain word.",
                        "Put a text that begins with { or [ in quotes.",
                    )
            elif key.text == "<<" and not key.quoted:
                self._error_at(key.mark, "merge", "scripts can't have YAML merge keys (<<).")
            elif key.text in first:
                self._error_at(
                    key.mark,
                    "duplicate-key",
                    f"'{key.text[:60]}' appears twice: here and in line {first[key.text].line}.",
                    "Keep one of the two.",
                )
            else:
                first[key.text] = key.mark
                pairs.append((key, value))
        return MappingNode(tuple(pairs), mark, flow)

    def _error_at(self, mark: Mark, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(mark, rule, message, hint))
