"""One of a thing is named in the singular."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from psoas_audio.cli.main import cli
from psoas_audio.units import with_noun

ONE_OF_MANY = re.compile(r"(?<![\d.,:])1 ([a-z]+s)\b")
NO_PLURAL = {"is", "was", "has"}
SCRIPT = """title: T
safety: none
voice: {engine: espeak}
steps:
  - say: Rest.
"""


def test_a_number_has_its_noun() -> None:
    assert with_noun(1, "entry", "entries") == "1 entry"
    assert with_noun(2, "entry", "entries") == "2 entries"
    assert with_noun(0, "line") == "0 lines"
    assert with_noun(1200, "line") == "1,200 lines"


@pytest.mark.parametrize(
    "command",
    [
        "check s.yaml", "plan s.yaml", "render s.yaml -f -o s.mp3 --dry-run", "takes sheet s.yaml",
        "living s.yaml --lengths 0:09 --guidance full -f", "translate check s.yaml de",
        "publish . --base-url https://example.org/ --dry-run",
        "publish . --base-url https://example.org/", "programme render week.yaml", "cache size",
        "cache clear", "batch s.yaml -o out", "takes import s.yaml in",
    ],
)  # fmt: skip
def test_one_of_a_thing_is_in_the_singular(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    Path("s.yaml").write_text(SCRIPT, encoding="utf-8")
    Path("in").mkdir()
    if command.startswith("programme"):
        week = "title: W\nweeks:\n  - days:\n      - {day: 1, session: s}\n"
        Path("week.yaml").write_text(week, encoding="utf-8")
    if command.startswith("cache"):
        assert CliRunner().invoke(cli, "render s.yaml -o s.mp3").exit_code == 0
    done = CliRunner().invoke(cli, command)
    found = {found[1] for found in ONE_OF_MANY.finditer(done.output)} - NO_PLURAL
    assert not found, done.output


def test_no_more_lines_are_still_to_be_spoken_than_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    steps = "  - say: Let go.\n    guidance: bells\n  - rest: 10s\n  - say: Let go.\n"
    (tmp_path / "s.yaml").write_text(SCRIPT + steps, encoding="utf-8")
    command = ["render", str(tmp_path / "s.yaml"), "--guidance", "bells", "--dry-run"]
    done = CliRunner().invoke(cli, command)
    assert "2 lines, 2 of them still to be spoken" in done.output
