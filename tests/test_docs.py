"""The pages' commands and snippets work as written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from psoas_audio.cli.main import cli
from psoas_audio.script.load import check_text

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (
            f"{page.name}:{page.read_text(encoding='utf-8')[: match.start()].count(chr(10)) + 1}",
            match[2],
        )
        for page in PAGES
        for match in _FENCE.finditer(page.read_text(encoding="utf-8"))
        if match[1] == language
    ]


SCRIPTS = [b for b in blocks("yaml") if re.match(r"title:", b[1]) and "steps:" in b[1]]


@pytest.mark.parametrize(("place", "text"), SCRIPTS, ids=lambda value: str(value)[:30])
def test_every_whole_script_in_the_docs_has_no_error(place: str, text: str) -> None:
    _, problems = check_text(text)
    assert [str(p) for p in problems if p.severity == "error"] == []


COMMANDS = [
    line.removeprefix("$ psoas-audio ").split("  #")[0].strip()
    for _, text in blocks("console")
    for line in text.splitlines()
    if line.startswith("$ psoas-audio ")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_the_docs_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, shlex.split(command))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(("place", "code"), blocks("python"), ids=lambda value: str(value)[:30])
def test_every_python_snippet_runs(place: str, code: str) -> None:
    exec(compile(code, place, "exec"), {})


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
