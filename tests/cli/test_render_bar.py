"""What a person sees while a session is rendered: the real command in a terminal."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from terminal import seen

LINES = (
    "Rest.",
    "Let the right knee soften, and fall a little to the side; wait there.",
    "Go.",
)
BAR = re.compile(r"^s\.yaml  (?P<phase>\w+) +[━╸╺ ]{24} +(-:--:--|\d+:\d\d:\d\d) *(?P<note>.*)$")


def test_the_bar_says_which_line_is_spoken(tmp_path: Path) -> None:
    steps = "".join(f"  - {line}\n" for line in LINES)
    script = tmp_path / "s.yaml"
    script.write_text(f"title: Short\nsafety: none\nvoice: {{engine: espeak}}\nsteps:\n{steps}")
    env = {"PSOAS_AUDIO_CACHE": str(tmp_path / "cache")}
    told = seen("render", str(script), "-o", str(tmp_path / "s.mp3"), "--workers", "1", env=env)
    assert told.status == 0
    bars = [found for lines in told.moments for line in lines if (found := BAR.match(line))]
    assert {found["note"].rstrip() for found in bars if found["phase"] != "speaking"} == {""}
    notes = [found["note"].rstrip() for found in bars if found["phase"] == "speaking"]
    shown = list(dict.fromkeys(filter(None, notes)))
    assert len(shown) == 3
    whole, cut = {LINES[0], LINES[2]}, next(note for note in shown if note.endswith("…"))
    assert set(shown) == {*whole, cut}  # one line of the terminal, however long the words
    assert LINES[1].startswith(cut.removesuffix("…"))
    assert len(cut) > 30
