"""PyYAML's error messages in words that a person who writes scripts can act on."""

from __future__ import annotations

import re

import yaml

_VALUE = re.compile(r"(?:^\s*(?:- )?\w+:|^\s*-)\s+(\S.*?)\s*$")
"""The text of a line, after its key or its hyphen."""

Explained = tuple[int, int, str, str]
"""Line and column from 0, what is wrong, and what to do."""

_QUOTES = 'Put the whole text in quotes: "…".'
_INDENT = "Indent it like the lines above it."

_STARTS = {
    "\t": ("a tab can't be used to indent.", "Use spaces."),
    "@": ("a text can't begin with @ here.", _QUOTES),
    "`": ("a text can't begin with a backtick here.", _QUOTES),
    "%": ("a text can't begin with % here.", _QUOTES),
}
"""First characters that a YAML text can't have, to the message and the hint."""

_UNCLOSED = (
    ("while scanning a quoted scalar", "a quotation mark is opened here and never closed."),
    ("while parsing a flow sequence", "a [ is opened here and not closed."),
    ("while parsing a flow mapping", "a { is opened here and not closed."),
)
"""PyYAML's message and ours, reported where the thing begins."""

_MESSAGES = (
    (
        "mapping values are not allowed",
        "a colon and a space in the middle of a text look like a new key.",
        _QUOTES,
    ),
    ("while scanning an alias", "a text can't begin with * here.", _QUOTES),
    ("while scanning an anchor", "a text can't begin with & here.", _QUOTES),
    ("unknown escape character", "a backslash in double quotes needs a second one: \\\\.", ""),
    (
        "could not find expected ':'",
        "a key without a colon, or a text that isn't indented.",
        "Write 'key: value'; indent a text that goes on in the next line.",
    ),
    (
        "did not find expected '-' indicator",
        "this line isn't indented like the list it belongs to, or its '- ' is missing.",
        _INDENT,
    ),
    ("while scanning a block scalar", "a text after | or > isn't indented as it should be.", ""),
    ("while parsing a block mapping", "this line isn't indented like the ones above it.", _INDENT),
    ("block sequence entries are not allowed", "a list can't begin here.", "Begin a new line."),
)


def explain_yaml_error(fault: yaml.MarkedYAMLError, source: str, last_line: int) -> Explained:
    """The place and the message of *fault* in *source*; *last_line* is the line read last."""
    place = fault.problem_mark or fault.context_mark
    line, column = (place.line, place.column) if place else (last_line, 0)
    lines = source.splitlines()
    shown = lines[line] if line < len(lines) else ""
    context, problem = fault.context or "", fault.problem or ""
    if "cannot start any token" in problem and shown[column : column + 1] in _STARTS:
        return line, column, *_STARTS[shown[column]]
    if context.startswith("while parsing a flow"):
        if re.search(r"\{\w+\}", shown):
            return line, column, "a text with {…} within [ ] or { } needs quotes.", _QUOTES
    elif context.startswith("while parsing a block"):
        before = shown[:column].rstrip()
        if before.endswith(("}", "]")) and (begun := re.search(r"[:-] +([{\[])", before)):
            return line, begun.start(1), f"a text can't begin with {begun[1]} here.", _QUOTES
        if before.endswith(('"', "'")):
            hint = "Use the other kind of quotation marks around the text."
            value = _VALUE.search(shown)
            if value and value[1][0] in "\"'" and {"'": '"', '"': "'"}[value[1][0]] not in value[1]:
                other = {"'": '"', '"': "'"}[value[1][0]]
                hint = f"Put the whole text in the other kind: {other}{value[1]}{other}."
            return line, column, "a quotation mark ends the text before this.", hint
    for part, message in _UNCLOSED:
        if context.startswith(part) and fault.context_mark:
            return fault.context_mark.line, fault.context_mark.column, message, _QUOTES
    for part, message, hint in _MESSAGES:
        if part in f"{context} / {problem}":
            return line, column, message, hint
    return line, column, f"this isn't valid YAML: {problem or context}.", ""
