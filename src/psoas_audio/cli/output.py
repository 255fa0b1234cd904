"""Prints text so that any stream can show it, and JSON so that it stays valid."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import select
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import click

from psoas_audio.errors import Problem, ScriptError

_SUBSTITUTES = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    "…": "...",
    "•": "*",
    "→": "->",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "ß": "ss",
    "½": "1/2",
    **dict.fromkeys("\u00a0\u2009\u202f", " "),
}
"""What is printed for characters that a stream can't show; others lose their accent, or are ?."""
_HANDLER = "psoas_audio.substitute"
_ASCII = "psoas_audio_ascii"


def print_any_text() -> None:
    """Have standard output and error print all text, whatever their encoding can show."""
    codecs.register_error(_HANDLER, _substitute)
    codecs.register(_ascii_by_another_name)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not where a program has put in one of its own
            with contextlib.suppress(OSError):  # a stream that is broken is told of when it is used
                is_ascii = codecs.lookup(stream.encoding).name == "ascii"
                stream.reconfigure(encoding=_ASCII if is_ascii else None, errors=_HANDLER)


def _ascii_by_another_name(name: str) -> codecs.CodecInfo | None:
    """ASCII as :data:`_ASCII`: click takes a stream in ASCII for a mistake, and writes UTF-8."""
    if name != _ASCII:
        return None
    plain = codecs.lookup("ascii")
    return codecs.CodecInfo(
        name=_ASCII,
        encode=plain.encode,
        decode=plain.decode,
        incrementalencoder=plain.incrementalencoder,
        incrementaldecoder=plain.incrementaldecoder,
        streamwriter=plain.streamwriter,
        streamreader=plain.streamreader,
    )


def print_json(value: object, indent: int | None = None) -> None:
    """Print *value* as JSON, with escapes for what standard output can't show."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeError:
        text = json.dumps(value, indent=indent)
    click.echo(text)


def print_problems(error: ScriptError) -> None:
    """Print the problems of a script as JSON instead of the result."""
    print_json({"problems": [problem_as_json(problem) for problem in error.problems]})


def print_warnings(warnings: Iterable[str]) -> None:
    """Print *warnings* on standard error."""
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)


@contextlib.contextmanager
def json_problems(as_json: bool) -> Iterator[None]:
    """With *as_json*, end the command with the problems of a script that has errors as JSON."""
    try:
        yield
    except ScriptError as error:
        if not as_json:
            raise
        print_problems(error)
        raise click.exceptions.Exit(error.exit_code) from error


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """*problem* as the object that ``check --json`` prints."""
    return {
        "severity": problem.severity,
        "file": problem.mark.path,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }


_MAX_NAMES = 5


def list_names(names: Iterable[str]) -> str:
    """*names* on one line; of many only the first, and how many more there are."""
    found = list(names)
    more = len(found) - _MAX_NAMES
    return ", ".join(found[:_MAX_NAMES]) + (f" and {more} more" if more > 0 else "")


def print_error(text: str) -> None:
    """Print *text* on standard error, if that can be written."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)


def flush_output() -> None:
    """Write what is buffered for standard output; raises ``OSError`` where it can't be."""
    if sys.__stdout__ is not None:  # not what click puts in its place, which hides a closed pipe
        sys.__stdout__.flush()


def reader_has_gone() -> bool:
    """Whether the reader of standard output has closed it (``| head``); drops what is left then."""
    stream = sys.__stdout__
    if stream is None:
        return False
    if hasattr(select, "poll"):  # not on Windows
        poll = select.poll()
        poll.register(stream, select.POLLOUT)
        if not any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0)):
            return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return True


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unprintable = error.object[error.start : error.end]
    return "".join(map(_ascii, unprintable)), error.end


def _ascii(character: str) -> str:
    if character in _SUBSTITUTES:
        return _SUBSTITUTES[character]
    plain: Any = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or "?"
