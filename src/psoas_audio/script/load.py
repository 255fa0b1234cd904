"""A script's file to a typed :class:`~psoas_audio.script.model.Script`, all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from psoas_audio.errors import Mark, Problem, ScriptError
from psoas_audio.library import find_script
from psoas_audio.script.blocks import BlockLoader
from psoas_audio.script.fields.reading import NodeReader
from psoas_audio.script.header import AuthoredScript, read_authored_script
from psoas_audio.script.model import Script, VoiceSettings
from psoas_audio.script.rules.context import RuleContext
from psoas_audio.script.rules.table import RULES, find_problems
from psoas_audio.script.safety import REQUIRED_POINTS, add_safety_chapters
from psoas_audio.script.source.events import MappingNode, Node, ScalarNode, parse_yaml
from psoas_audio.script.source.files import read_bytes
from psoas_audio.script.source.mapping import nodes_of
from psoas_audio.script.steps import VERBS


def load_script(path: str | Path) -> Script:
    """The script in the file *path*, or the shipped script of that name.

    Raises ``ScriptError`` with every problem if there is an error among them, and
    ``PsoasError`` if the file can't be read at all.
    """
    return _or_raise(_read_script(path))


def check_script(path: str | Path) -> tuple[Script | None, tuple[Problem, ...]]:
    """The script of :func:`load_script` and its problems, sorted by place.

    The script is ``None`` where it could not be made out; with errors of content alone
    (a dose, a claim, a missing safety point) it is there.
    """
    return _kept(examine_script(path))


@dataclass(frozen=True, slots=True)
class Examined:
    """As much of a script as could be made out, and what is wrong with it."""

    script: Script | None
    """``None`` where not even its top level could be read."""
    complete: bool
    """Whether nothing of it was left out because of an error."""
    problems: tuple[Problem, ...]
    """Sorted by place."""
    voices: tuple[tuple[VoiceSettings, Mark], ...] = ()
    """Every wish for a voice with its place, for those who know which voices there are."""


def examine_script(path: str | Path) -> Examined:
    """As :func:`check_script`, but with the part of a faulty script that could be read."""
    return _read_script(path)


Source = str | bytes | Mapping[str, object]
"""A script that is in no file: YAML, or a mapping with the keys that the YAML would have."""


def parse_script(source: Source, *, name: str = "script", folder: Path | None = None) -> Script:
    """The script in *source*.

    *name* names the session's files; *folder* is where the script's own blocks, sounds,
    recordings and translations are looked for, by default the working directory. Raises
    ``ScriptError``; in a mapping its marks name the keys that lead to each fault.
    """
    return _or_raise(_examine(source, _path(name, folder), name, folder))


def check_text(
    source: Source, name: str = "script", folder: Path | None = None
) -> tuple[Script | None, tuple[Problem, ...]]:
    """As :func:`check_script`, for a script that is in no file."""
    return _kept(examine_source(source, name, folder))


def examine_source(source: Source, name: str = "script", folder: Path | None = None) -> Examined:
    """As :func:`examine_script`, for a script that is in no file."""
    return _examine(source, _path(name, folder), name, folder)


def _path(name: str, folder: Path | None) -> str:
    """Where the file of a script that has none would be."""
    return f"{name}.yaml" if folder is None else str(folder / f"{name}.yaml")


def _or_raise(examined: Examined) -> Script:
    script, problems = _kept(examined)
    if script is None or _any_error(problems):
        raise ScriptError(problems)
    return replace(script, warnings=problems)


def _kept(examined: Examined) -> tuple[Script | None, tuple[Problem, ...]]:
    """Without a script that something was left out of, or that has unknown keys."""
    rules = {rule.name for rule in RULES}
    shaped = all(p.rule in rules or p.severity == "warning" for p in examined.problems)
    return examined.script if shaped else None, examined.problems


def _read_script(path: str | Path) -> Examined:
    found = find_script(path)
    shown = str(path) if Path(path) == found else str(found)
    return _examine(read_bytes(found, shown), shown, found.stem, found.parent)


def _examine(source: Source, path: str, name: str, folder: Path | None) -> Examined:
    problems: list[Problem] = []
    if isinstance(source, Mapping):
        node: Node | None = nodes_of(source, path, problems)
    else:
        node = parse_yaml(source, path, problems)
    if node is None:
        return Examined(None, False, _sorted(problems, path))
    blocks = BlockLoader(_kind(node), folder)
    reader = NodeReader(problems, blocks, verbs=VERBS, folder=folder)
    header = read_authored_script(node, path, name, reader)
    if not isinstance(header, AuthoredScript):
        return Examined(None, False, _sorted(problems, path))
    script = replace(header.script, digest=_digest(source))
    if header.safety == "auto":
        script = add_safety_chapters(script, blocks, reader)
    complete = reader.omitted == 0
    case = RuleContext(header, script, reader, folder, complete)
    problems.extend(find_problems(case, "error"))
    problems.extend(find_problems(case, "warning"))
    return Examined(script, complete, _sorted(problems, path), tuple(reader.voices))


def _digest(source: Source) -> str:
    if isinstance(source, Mapping):
        source = repr(source)
    return sha256(source.encode() if isinstance(source, str) else source).hexdigest()


def _any_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _kind(node: Node) -> str:
    """The kind, needed before the steps are read: their safety blocks depend on it."""
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            if (
                key.text == "kind"
                and isinstance(value, ScalarNode)
                and value.text in REQUIRED_POINTS
            ):
                return value.text
    return "relaxation"


def _sorted(problems: list[Problem], path: str) -> tuple[Problem, ...]:
    """*problems* by place, those of the script before those of its blocks, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.mark.path != path, p.mark, p.rule)))
