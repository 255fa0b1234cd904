"""The battery's table names tests that are there."""

from __future__ import annotations

import ast

import pytest
from battery import BATTERY, TESTS

NAMES = sorted({name for _, _, names in BATTERY for name in names})
NOT_BUILT = {"batch/"}


@pytest.mark.parametrize("name", NAMES)
def test_each_name_begins_a_test(name: str) -> None:
    file, _, start = name.partition("::")
    if not (TESTS / file).exists():
        assert file in NOT_BUILT
        return
    if (TESTS / file).is_file():
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        found = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        assert [one for one in found if one.startswith(start or "test_")]


def test_there_are_twenty() -> None:
    assert [number for number, _, _ in BATTERY if number != "+"] == [str(n) for n in range(1, 21)]
