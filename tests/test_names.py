"""One word, one meaning: no two modules define one public name, no two test files have one."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import psoas_audio

PACKAGE = Path(psoas_audio.__file__).parent
SHARED = {
    "main",  # what a module does when it is run
    "SCHEMA",  # goes up when what a module makes of the same parts changes
    "T",  # a type variable
    "VERB",  # the kind of step that a file in script/steps/ defines
    "KEYS",  # its keys
}


def definitions(path: Path) -> set[str]:
    """Public names that the module *path* defines at its top: classes, functions, values."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=targets):
                found |= {t.id for t in targets if isinstance(t, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return {name for name in found if not name.startswith("_")} - SHARED


def test_no_public_name_is_defined_by_two_modules() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        # Commands are reached by what a user types, such as `programme check`, not by these names.
        if "commands" not in path.parts:
            for name in definitions(path):
                homes[name].append(path.relative_to(PACKAGE).as_posix())
    twice = {name: places for name, places in homes.items() if len(places) > 1}
    assert not twice, "\n".join(f"{name}: {', '.join(p)}" for name, p in sorted(twice.items()))


def test_no_two_files_of_tests_have_one_name() -> None:
    """Run together, one of them would be taken for the other."""
    names = [path.name for path in Path(__file__).parent.rglob("*.py")]
    assert {name for name in names if names.count(name) > 1} <= {"conftest.py"}
