"""What a person sees while a batch runs: the real command in a terminal."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from terminal import Screen, seen

SCRIPT = """title: Short
language: en-US
safety: none
output: mono
voice: {engine: espeak}
steps:
  - say: Rest.
  - breathe: {pattern: [4, 6], breaths: 11}
  - hold: 1-60s
    end: bowl
  - say: Good.
"""
BAR = re.compile(
    r"^(?P<name>\S+|s \S+) +[━╸╺ ]{24} +((-:--:--|\d+:\d\d:\d\d) *)?(?P<note>\D*|\d+ of \d+)$"
)
PHASES = {"", "planning", "speaking", "mixing", "checking", "publishing"}
LENGTHS = [f"2m{seconds}s" for seconds in (16, 17, 18, 19, 20)]


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    """A batch of five sessions, and one that can't be."""
    script = tmp_path / "s.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    lengths = [word for length in [*LENGTHS, "9s"] for word in ("--length", length)]
    return ["batch", str(script), "-o", str(tmp_path / "out"), "--workers", "2", *lengths]


def bars(lines: list[str]) -> dict[str, str]:
    """What is said behind each bar, by its name."""
    return {found["name"]: found["note"] for line in lines if (found := BAR.match(line.rstrip()))}


def test_a_bar_for_the_whole_and_one_for_each_session_under_way(words: list[str]) -> None:
    told = seen(*words)
    assert told.status == 1
    moments = [found for lines in told.moments if "sessions" in (found := bars(lines))]
    under_way = [{name: note for name, note in m.items() if name != "sessions"} for m in moments]
    assert max(map(len, under_way)) == 2
    assert {note for each in under_way for note in each.values()} <= PHASES
    assert {"mixing"} <= {note for each in under_way for note in each.values()}
    assert {name for each in under_way for name in each} <= {f"s-{each}.mp3" for each in LENGTHS}
    counts = [int(moment["sessions"].removesuffix(" of 6")) for moment in moments]
    assert counts == sorted(counts)
    assert len(set(counts)) >= 4


def test_the_summary_says_what_was_made_and_what_failed(words: list[str]) -> None:
    told = seen(*words)
    lines = [line for line in told.screen.lines if line]
    assert re.match("s 09s: .*error: the session can't be 0:09 long", lines[0])  # told first
    assert sorted(lines[1:6]) == [f"s-{each}.mp3  {each[0]}:{each[2:4]}" for each in LENGTHS]
    assert lines[6] == "s 09s:"
    assert re.match("  .*error: the session can't be 0:09 long", lines[7])
    assert lines[-1] == "5 rendered, 0 kept, 1 failed"
    assert bars(lines) == {}
    assert told.screen.cursor
    assert told.settings[0] == told.settings[1]


def test_no_color_is_honoured(words: list[str]) -> None:
    def colours(screen: Screen) -> set[str]:
        return {style for style in screen.styles if re.search(r"(^|;)[349]\d", style)}

    assert colours(seen(*words[:-6]).screen)
    plain = seen(*words, env={"NO_COLOR": "1"})
    assert colours(plain.screen) == set()
    assert any("sessions" in bars(lines) for lines in plain.moments)


def test_ctrl_c_leaves_the_terminal_clean(words: list[str], tmp_path: Path) -> None:
    # Long enough that the batch can't end before the key arrives.
    (tmp_path / "s.yaml").write_text(SCRIPT.replace("1-60s", "1s-60m"), encoding="utf-8")
    words = [word.replace("2m", "58m") for word in words]
    pressed = []

    def press(screen: Screen) -> str:
        if pressed or len(bars(screen.lines)) < 3:
            return ""
        pressed.append(True)
        return "\x03"

    told = seen(*words, press=press)
    assert told.status == 130
    assert pressed
    assert bars(told.screen.lines) == {}
    assert told.screen.cursor
    assert told.settings[0] == told.settings[1]
    last = [line for line in told.screen.lines if line][-1]
    assert last.endswith("Interrupted. Unfinished files were not published.")
    assert list((tmp_path / "out").glob(".*")) == []


def test_no_bar_where_standard_error_is_no_terminal(words: list[str], tmp_path: Path) -> None:
    with (tmp_path / "told").open("wb") as file:
        told = seen(*words, stderr=file.fileno())
    assert all(bars(lines) == {} for lines in told.moments)
    assert told.screen.styles == set()
    assert [line for line in told.screen.lines if line][-1] == "5 rendered, 0 kept, 1 failed"
    faults = (tmp_path / "told").read_text(encoding="utf-8")
    assert faults.startswith("s 09s: ")
    assert "\x1b" not in faults


def test_output_can_be_piped_while_bars_are_shown(words: list[str], tmp_path: Path) -> None:
    with (tmp_path / "made").open("wb") as file:
        told = seen(*words, stdout=file.fileno())
    assert any("sessions" in bars(lines) for lines in told.moments)
    made = (tmp_path / "made").read_text(encoding="utf-8").splitlines()
    assert len(made) == 6
    assert all(line.startswith("s-2m") for line in made[:-1])
    assert "".join(made).isprintable()


@pytest.mark.parametrize("option", ["--quiet", "--json", "--dry-run"])
def test_quiet_shows_no_bars(words: list[str], option: str) -> None:
    told = seen(*words, option)
    assert all("sessions" not in bars(lines) for lines in told.moments)
    assert told.screen.cursor
    assert told.status == 1
