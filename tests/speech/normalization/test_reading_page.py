"""The examples of docs/reading.md are true, and its table names every step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from psoas_audio.speech.normalization.normalize import normalize_text, reading_steps

PAGE = (Path(__file__).parents[3] / "docs" / "reading.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([\w-]+)` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("language", "written", "read"), ROWS)
def test_an_example_is_read_so(language: str, written: str, read: str) -> None:
    assert normalize_text(written, language) == read


def test_every_step_is_named_in_order() -> None:
    table = PAGE.partition("| step |")[2].partition("## Examples")[0]
    first = re.findall(r"^\| ([a-z, ]+) \|", table, re.MULTILINE)
    named = [name for cell in first for name in cell.split(", ")]
    assert named == [step.name for step in reading_steps("de-DE")]
