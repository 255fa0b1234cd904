"""Loads a script as a typed :class:`~psoas_audio.script.model.Script`, with all errors at once."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, get_args

from psoas_audio import library
from psoas_audio.errors import Mark, Problem, ScriptError
from psoas_audio.library import find_script
from psoas_audio.script.block_loader import BlockLoader
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.fields.reading import NodeReader, describe_node
from psoas_audio.script.header import AuthoredScript, SafetyMode, read_authored_script
from psoas_audio.script.model import Script, VoiceSettings
from psoas_audio.script.rules.context import RuleContext
from psoas_audio.script.rules.table import RULES, find_problems
from psoas_audio.script.safety_words import (
    REQUIRED_POINTS,
    add_safety_chapters,
    full_safety_chapters,
)
from psoas_audio.script.source.events import MappingNode, Node, ScalarNode, parse_yaml
from psoas_audio.script.source.file_kinds import has_weeks
from psoas_audio.script.source.files import read_bytes
from psoas_audio.script.source.limits import MAX_SCRIPT_BYTES
from psoas_audio.script.source.mapping import nodes_of
from psoas_audio.script.steps import VERBS

PROGRAMME_RULE = "programme"
"""The rule of the problem that a file is a programme."""
STANDARD_INPUT = "-"
"""Stands for a script from standard input, whose own files lie in the working directory."""
_NO_VALUES: Mapping[str, str] = MappingProxyType({})


def load_script(path: str | Path, values: Mapping[str, str] = _NO_VALUES) -> Script:
    """The script in the file *path*, or the shipped script of that name; ``-`` is standard input.

    *values* are words for ``{values}`` of its texts, in place of its own.
    Raises ``ScriptError`` with every problem if there is an error among them, and
    ``PsoasError`` if the file can't be read at all.
    """
    return _or_raise(_read_script(path, values))


def read_script(path: str | Path) -> tuple[Script | None, tuple[Problem, ...]]:
    """As :func:`load_script`, but with the problems, sorted by place, instead of ``ScriptError``.

    The script is ``None`` if any part of it could not be read. It is there if its only errors are
    about content (a dose, a claim, a missing safety point).
    """
    return _complete(examine_script(path))


class ExaminedScript(NamedTuple):
    """As much of a script as could be read, and its problems."""

    script: Script | None
    """``None`` if not even its top level could be read."""
    complete: bool
    """Whether nothing was left out because of an error."""
    problems: tuple[Problem, ...]
    """Sorted by place."""
    voices: tuple[tuple[VoiceSettings, Mark], ...] = ()
    """Every ``voice`` with its place, to be checked against the voices that are installed."""
    sounds: tuple[tuple[str, Mark], ...] = ()
    """The name of every sound with its place."""
    allow_mark: Mark | None = None
    """The place of ``allow``."""
    allowed: frozenset[str] = frozenset()
    """The rules whose warnings were left out because of it."""


def examine_script(path: str | Path) -> ExaminedScript:
    """As :func:`read_script`, but with as much as could be read of a script with errors."""
    return _read_script(path)


Source = str | bytes | Mapping[str, object]
"""A script that isn't in a file: YAML, or a mapping with the keys that the YAML would have."""


def parse_script(
    source: Source, *, name: str = "script", folder: str | Path | None = None
) -> Script:
    """The script in *source*.

    The names of the session's files begin with *name*. The script's own blocks, sounds, recordings
    and translations are looked up in *folder*, by default the working directory. Raises
    ``ScriptError``; for a mapping, the place of each error is the keys that lead to it.
    """
    return _or_raise(examine_source(source, name, folder))


def read_source(
    source: Source, name: str = "script", folder: str | Path | None = None
) -> tuple[Script | None, tuple[Problem, ...]]:
    """As :func:`read_script`, for a script that isn't in a file."""
    return _complete(examine_source(source, name, folder))


def examine_source(
    source: Source, name: str = "script", folder: str | Path | None = None
) -> ExaminedScript:
    """As :func:`examine_script`, for a script that isn't in a file."""
    folder = Path(folder or "")
    return _examine(source, str(folder / f"{name}.yaml"), name, folder)


def _or_raise(checked: ExaminedScript) -> Script:
    script, problems = _complete(checked)
    if script is None or _any_error(problems):
        raise ScriptError(problems)
    return replace(script, warnings=problems)


def _complete(checked: ExaminedScript) -> tuple[Script | None, tuple[Problem, ...]]:
    """The script, or ``None`` if some of it could not be read, and its problems."""
    rules = {rule.name for rule in RULES}
    readable = all(p.rule in rules or p.severity == "warning" for p in checked.problems)
    return checked.script if readable else None, checked.problems


def _read_script(path: str | Path, values: Mapping[str, str] = _NO_VALUES) -> ExaminedScript:
    if str(path) == STANDARD_INPUT:
        source = sys.stdin.buffer.read(MAX_SCRIPT_BYTES + 1)
        return _examine(source, "standard input", "session", Path(), values)
    found = find_script(path)
    shown = str(path) if Path(path) == found else str(found)
    return _examine(read_bytes(found, shown), shown, found.stem, found.parent, values)


def _examine(
    source: Source,
    path: str,
    name: str,
    folder: Path,
    values: Mapping[str, str] = _NO_VALUES,
) -> ExaminedScript:
    problems: list[Problem] = []
    if isinstance(source, Mapping):
        node: Node | None = nodes_of(source, path, problems)
    else:
        node = parse_yaml(source, path, problems)
    if node is None:
        return ExaminedScript(None, False, _sorted(problems, path))
    if isinstance(node, ScalarNode) and node.text:
        hint = "To turn a page of text into a script: psoas-audio import FILE."
        what = f"expected a script, but this is {describe_node(node)}."
        problems.append(Problem(node.mark, "wrong-type", what, hint))
        return ExaminedScript(None, False, _sorted(problems, path))
    if isinstance(node, MappingNode) and has_weeks(node):
        problems.append(_programme(node, path))
        return ExaminedScript(None, False, _sorted(problems, path))
    kind = _choice_at_top(node, "kind", REQUIRED_POINTS, "relaxation")
    safety = _choice_at_top(node, "safety", get_args(SafetyMode), "auto")
    blocks = BlockLoader(kind, folder, short=safety == "short")
    reader = NodeReader(problems, blocks, verbs=VERBS, folder=folder)
    authored = read_authored_script(node, path, name, reader, values)
    if not isinstance(authored, AuthoredScript):
        return ExaminedScript(None, False, _sorted(problems, path))
    script = replace(authored.script, digest=_digest(source))
    if authored.safety != "none":
        script = add_safety_chapters(script, blocks, reader)
    if authored.safety == "short":
        full = BlockLoader(kind, folder)
        script = replace(script, shown_safety=full_safety_chapters(script, full, reader))
    complete = reader.omitted == 0
    context = RuleContext(authored, script, reader, folder, complete)
    found = [*find_problems(context, "error"), *find_problems(context, "warning")]
    includes = _library_includes(script)
    allowed = frozenset(problem.rule for problem in found if script.allows(problem))
    found = [problem for problem in found if not script.allows(problem)]
    problems.extend(replace(p, mark=includes.get(p.mark.path, p.mark)) for p in found)
    return ExaminedScript(
        script,
        complete,
        _sorted(problems, path),
        tuple(reader.voices),
        tuple(reader.sounds),
        authored.marks.get("allow"),
        allowed,
    )


def _programme(node: MappingNode, path: str) -> Problem:
    """What is told of a programme that is named in place of a script."""
    return Problem(
        node.mark,
        PROGRAMME_RULE,
        "this is a programme, and no script.",
        f"'psoas-audio programme show {shlex.quote(path)}' shows it, 'programme render' makes it.",
    )


def _library_includes(script: Script) -> dict[str, Mark]:
    """Path of each library file that *script* includes, to the place of the include.

    Problems in a library file are reported at the include: the author of the script can't change
    the library.
    """
    places: dict[str, Mark] = {}
    if Path(script.path).is_relative_to(library.root()):
        return places
    for step in (step for chapter in script.chapters for step in all_steps(chapter.steps)):
        for inner in step.inner_steps:
            if inner.mark.path != step.mark.path and Path(inner.mark.path).is_relative_to(
                library.root()
            ):
                places.setdefault(inner.mark.path, places.get(step.mark.path, step.mark))
    return places


def _digest(source: Source) -> str:
    if isinstance(source, Mapping):
        source = repr(source)
    return sha256(source.encode() if isinstance(source, str) else source).hexdigest()


def _any_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _choice_at_top(node: Node, name: str, choices: Collection[str], default: str) -> str:
    """What a script has at its top for *name*, which its safety blocks depend on.

    It is needed before the steps are read; *default* where it is none of *choices*.
    """
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            if key.text == name and isinstance(value, ScalarNode) and value.text in choices:
                return value.text
    return default


def _sorted(problems: list[Problem], path: str) -> tuple[Problem, ...]:
    """*problems* by place and without duplicates; those in the script before those in blocks."""
    return tuple(sorted(set(problems), key=lambda p: (p.mark.path != path, p.mark, p.rule)))
