"""The shipped sessions are read as they were last agreed on; see golden_readings.py."""

from __future__ import annotations

import pytest

from golden_readings import FOLDER, readings
from psoas_audio.locale.languages import language_tags


@pytest.mark.parametrize("language", language_tags())
def test_every_line_is_read_as_agreed(language: str) -> None:
    agreed = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    assert readings(language) == agreed, (
        "If this is meant, write it anew: python tests/golden_readings.py"
    )
