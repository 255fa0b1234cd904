"""The library's pages say what the scripts say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from psoas_audio import library

DOCS = Path(__file__).parents[1] / "docs"
PAGES = runpy.run_path(str(DOCS / "library.py"))


@pytest.mark.parametrize("name", PAGES["MADE"])
def test_the_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES["MADE"][name](), "run: python docs/library.py"


def test_every_session_covers_a_topic() -> None:
    covered = {name for _, names in PAGES["TOPICS"] for name in names}
    assert covered == set(library.script_names())
    assert len(PAGES["TOPICS"]) == 18
