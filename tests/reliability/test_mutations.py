"""Test 8 of the battery: files of every kind, changed at random, are read or refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mutations import COUNTS

MOST_MB = 200


def try_mutations(kind: str, count: int, seed: int) -> None:
    """Read *count* mutations of *kind* in a process of its own."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("mutations.py"), kind, str(count), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # decoders print notes
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert told["slow"] == []
    assert told["read"] + told["refused"] == count
    assert told["read"] > 0
    if sys.platform == "linux":
        assert told["MB"] < MOST_MB


@pytest.mark.parametrize("kind", COUNTS)
def test_a_mutated_file_is_read_or_refused(
    kind: str, record_property: Callable[[str, object], None]
) -> None:
    count = COUNTS[kind] // 200
    record_property("cases", count)
    try_mutations(kind, count, 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", COUNTS)
def test_many_mutated_files_are_read_or_refused(
    kind: str, record_property: Callable[[str, object], None]
) -> None:
    record_property("cases", COUNTS[kind])
    try_mutations(kind, COUNTS[kind], 2)
