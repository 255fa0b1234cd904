"""PyYAML's complaints in words that a person who writes scripts can act on."""

from __future__ import annotations

import re

import yaml

_QUOTES = 'Put the whole text in quotes: "…".'

_STARTS = {
    "\t": ("a tab can't be used to indent.", "Use spaces."),
    "@": ("a text can't begin with @ here.", _QUOTES),
    "`": ("a text can't begin with a backtick here.", _QUOTES),
    "%": ("a text can't begin with % here.", _QUOTES),
}

_SAYINGS = (
    (
        "mapping values are not allowed",
        "a colon and a space in the middle of a text look like a new key.",
        _QUOTES,
    ),
    ("while scanning an alias", "a text can't begin with * here.", _QUOTES),
    ("while scanning an anchor", "a text can't begin with & here.", _QUOTES),
    ("while scanning a quoted scalar", "a quotation mark is opened here and never closed.", ""),
    ("unknown escape character", "a backslash in double quotes needs a second one: \\\\.", ""),
    (
        "could not find expected ':'",
        "a key without a colon, or a text that isn't indented.",
        "Write 'key: value'; indent a text that goes on in the next line.",
    ),
    ("did not find expected '-' indicator", "a line in this list doesn't begin with '- '.", ""),
    ("while parsing a flow sequence", "a [ is opened here and not closed.", _QUOTES),
    ("while parsing a flow mapping", "a { is opened here and not closed.", _QUOTES),
    ("while scanning a block scalar", "a text after | or > isn't indented as it should be.", ""),
    ("while parsing a block mapping", "this line isn't indented like the ones above it.", ""),
    ("block sequence entries are not allowed", "a list can't begin here.", "Begin a new line."),
)


def explain(fault: yaml.MarkedYAMLError, source: str, line: int, column: int) -> tuple[str, str]:
    """The message and the hint for *fault* at *line* and *column* (both from 0)."""
    lines = source.splitlines()
    shown = lines[line] if line < len(lines) else ""
    said = f"{fault.context or ''} / {fault.problem or ''}"
    if re.search(r"(^|[:-] )[{\[][^\"']*[}\]] *\S", shown):
        first = "{" if re.search(r"[:-] \{", shown) else "["
        return f"a text can't begin with {first} here.", _QUOTES
    if "cannot start any token" in said and shown[column : column + 1] in _STARTS:
        return _STARTS[shown[column]]
    for part, message, hint in _SAYINGS:
        if part in said:
            return message, hint
    return f"this isn't valid YAML: {fault.problem or fault.context}.", ""
