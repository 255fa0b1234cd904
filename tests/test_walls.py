"""The imports of every room are those that the table in docs/architecture.md allows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

import psoas_audio

PACKAGE = Path(psoas_audio.__file__).parent
ARCHITECTURE = Path(__file__).parents[1] / "docs" / "architecture.md"
EVERYBODYS = {"_version", "audio"}
MOST_MODULES = 20
"""In one folder, ``__init__`` not counted."""


class Room(NamedTuple):
    """A row of the table."""

    may: frozenset[str]
    """Rooms it may import from."""
    never: frozenset[str]
    """Libraries it must not know."""


@cache
def rooms() -> dict[str, Room]:
    """The table, by the room's name, from the top down."""
    found = {}
    for line in ARCHITECTURE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            name, _, may, never = (cell.strip() for cell in line.strip("|").split("|"))
            found[name.strip("`/")] = Room(_names(may), _names(never))
    return found


def _names(cell: str) -> frozenset[str]:
    return frozenset(filter(None, (name.strip() for name in cell.split(","))))


@cache
def modules() -> dict[str, Path]:
    """Every file of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("psoas_audio", *path.relative_to(PACKAGE).with_suffix("").parts)
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Each import with its module: a name from a package that is a module, as that module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node, full if full in modules() else node.module


def for_types_alone(tree: ast.AST) -> set[ast.AST]:
    """What stands under ``if TYPE_CHECKING``."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }


def test_the_table_names_each_room_once_and_no_other() -> None:
    there = {room_of(name) for name in modules()} - {"", "__main__"}
    assert set(rooms()) == there


def test_each_room_imports_from_below_only() -> None:
    floors = list(rooms())
    for name, room in rooms().items():
        assert all(floors.index(other) > floors.index(name) for other in room.may), name


@pytest.mark.parametrize("module", modules())
def test_a_room_imports_only_from_the_rooms_it_may(module: str) -> None:
    own = room_of(module)
    if own in ("", "__main__"):
        return
    room = rooms()[own]
    for _, name in imports(modules()[module]):
        if name.split(".")[0] == "psoas_audio":
            other = room_of(name)
            assert other, f"{module} imports the whole package"
            assert other in room.may | {own} | EVERYBODYS, f"{own} may not import from {other}"
        else:
            library = name.split(".")[0]
            assert library not in room.never, f"{own} must not know {library}"


def test_no_files_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for name, path in modules().items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        typing = {ast.unparse(node) for node in for_types_alone(tree)}
        graph[name] = {
            other
            for node, other in imports(path)
            if other in modules() and other != name and ast.unparse(node) not in typing
        }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' → '.join(error.args[1])}")


def test_no_folder_has_too_many_modules() -> None:
    sizes = Counter(path.parent for path in modules().values() if path.name != "__init__.py")
    assert not {str(folder): n for folder, n in sizes.items() if n > MOST_MODULES}


def test_imports_are_at_the_top_except_in_commands() -> None:
    """A command imports what carries it out when it is called; elsewhere that is the exception."""
    inside = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in modules().values()
        if "commands" not in path.parts
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert len(set(inside)) < 40, "\n".join(sorted(set(inside)))


SOUND = {"numpy", "soxr", "soundfile", "pedalboard"}
"""What speaks, and reads what was spoken."""
FINISH = {"jinja2", "PIL", "pydub", "rich"}
"""What dresses a session, or shows how far it is."""


@pytest.mark.parametrize(
    ("command", "spared"),
    [
        ("--help", {"yaml", *SOUND, *FINISH}),
        ("check supine-ball-release", SOUND | FINISH),
        ("list", SOUND | FINISH),
        ("plan about-the-psoas --engine espeak", FINISH),
    ],
)
def test_a_command_starts_without_the_heavy_libraries(
    command: str, spared: set[str], tmp_path: Path
) -> None:
    code = (
        "import contextlib, sys; from psoas_audio.cli import main\n"
        f"with contextlib.suppress(SystemExit): main.cli({command.split()})\n"
        f"print('loaded', *sorted({spared!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PSOAS_AUDIO_CACHE": str(tmp_path)},
    )
    assert done.stderr.splitlines()[-1] == "loaded"


def test_every_module_says_what_it_owns() -> None:
    for path in modules().values():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
