"""Small scripts for tests, and what is found in them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from psoas_audio.errors import Problem
from psoas_audio.script.load import parse_script, read_source
from psoas_audio.script.model import Script
from psoas_audio.script.steps import Step

HEAD = "title: A test\nsafety: none\n"
"""Two lines: steps given to :func:`with_steps` begin in line 4, at column 3."""


def with_steps(steps: str, head: str = HEAD) -> str:
    """A script of *head* and *steps*."""
    return f"{head}steps:\n{indent(dedent(steps).strip(chr(10)), '  ')}\n"


def only_step(step: str, head: str = HEAD) -> Step:
    """The one step of a script that has no other."""
    script = parse_script(with_steps(step, head))
    (found,) = script.chapters[0].steps
    return found


def script_of(steps: str, head: str = HEAD) -> Script:
    return parse_script(with_steps(steps, head))


def problems_of(text: str | bytes, folder: Path | None = None) -> tuple[Problem, ...]:
    return read_source(text, folder=folder)[1]


def errors_of(text: str | bytes, folder: Path | None = None) -> list[tuple[int, int, str]]:
    """Line, column and rule of every error."""
    return [
        (p.mark.line, p.mark.column, p.rule)
        for p in problems_of(text, folder)
        if p.severity == "error"
    ]


def rules_of(steps: str, head: str = HEAD) -> list[str]:
    """The rules that a script breaks, in order of place; each once."""
    return list(dict.fromkeys(p.rule for p in problems_of(with_steps(steps, head))))
