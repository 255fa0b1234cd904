"""Every command line that a message tells a person to use exists, with its options."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import psoas_audio
from psoas_audio.cli.main import cli

SOURCE = Path(psoas_audio.__file__).parent
LINE = re.compile(r"psoas-audio ((?:[a-z]+|--[a-z-]+)\b[^'`(,;:]*)")
"""A command line in a text: up to the quote or the sign that ends it."""
WORDS = ("again", "and ", "rendered", "script", "timeline", "wrote")
"""What follows the program's name in sentences about it."""


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the program's source that isn't a docstring, with its file and line."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [v.value if isinstance(v, ast.Constant) else "X" for v in node.values]
                yield f"{path.name}:{node.lineno}", "".join(map(str, parts))
            elif isinstance(node, ast.Constant) and id(node) not in docs:
                words = node.value if isinstance(node.value, str) else ""
                yield f"{path.name}:{node.lineno}", words


def advice() -> list[tuple[str, str]]:
    found = ((where, match[1]) for where, text in texts() for match in LINE.finditer(text))
    return sorted({(where, line.strip()) for where, line in found if not line.startswith(WORDS)})


def fault(line: str) -> str:
    """What is wrong with the command *line*; empty if nothing is."""
    command: click.Command = cli
    context = click.Context(cli)
    words = line.split()
    while isinstance(command, click.Group):
        if not words or words[0].startswith("-"):
            return "" if words or command is not cli else "no command"
        name = words.pop(0).rstrip(".")
        found = command.get_command(context, name)
        if found is None:
            return f"there is no command {name}"
        command = found
        needs = isinstance(command, click.Group) and not command.invoke_without_command
        if needs and not words:
            return f"{name} needs a command of its own"
    options = {"--help", *(option for each in command.params for option in each.opts)}
    wrong = [word for word in words if word.startswith("--") and word.rstrip(".") not in options]
    return f"{command.name} has no option {', '.join(wrong)}" if wrong else ""


def test_there_is_advice_to_follow() -> None:
    assert len(advice()) > 40


@pytest.mark.parametrize(("where", "line"), advice())
def test_the_command_line_of_a_message_works(where: str, line: str) -> None:
    assert not fault(line), f"{where}: psoas-audio {line}"
