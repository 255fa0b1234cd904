"""The shipped sessions stand as they were last agreed on; see golden_timelines.py."""

from __future__ import annotations

import pytest

from golden_timelines import FOLDER, timeline_of
from psoas_audio import library
from psoas_audio.timeline.entries import compact_text


@pytest.mark.parametrize("name", library.script_names())
def test_a_shipped_session_sounds_as_agreed(name: str) -> None:
    agreed = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert compact_text(timeline_of(name)) == agreed, (
        "If this is meant, write it anew: python tests/golden_timelines.py"
    )


def test_each_golden_file_has_its_session() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == library.script_names()
