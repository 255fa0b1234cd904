"""The pages' commands and snippets work as written."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import psoas_audio
from psoas_audio.cli.main import cli
from psoas_audio.planning import choices_json
from psoas_audio.planning.pauses import BELL_PAUSE
from psoas_audio.planning.timed_steps.hold_filling import MAX_SILENT_HOLD, TICK_INTERVAL
from psoas_audio.units import SAMPLE_RATE

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
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
def test_check_finds_nothing_wrong_with_any_whole_script_in_the_docs(place: str, text: str) -> None:
    assert [str(problem) for problem in psoas_audio.check_source(text)] == []


@pytest.mark.parametrize(("place", "text"), SCRIPTS, ids=lambda value: str(value)[:30])
def test_every_whole_script_in_the_docs_can_be_rendered(
    place: str, text: str, tmp_path: Path, fake_engine: str
) -> None:
    rendered = psoas_audio.render(psoas_audio.parse_script(text), tmp_path, engine=fake_engine)
    assert rendered.warnings == ()


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


def tables(page: str) -> list[set[str]]:
    """The keys that each table of a page names, in the page's order."""
    found: list[set[str]] = []
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [row for row in table.splitlines() if row.startswith("| `")]
        found.append({key for row in rows for key in re.findall(r"`(\w+)`", row.split("|")[1])})
    return found


def test_the_timeline_page_has_every_key_that_is_written_and_no_other(tmp_path: Path) -> None:
    script = psoas_audio.parse_script(
        "title: T\nsafety: none\nbed: surf\nvoice: {engine: espeak}\n"
        "steps: [Hello., {breathe: coherent for 20s}, {bell: bowl}]\n"
    )
    files = psoas_audio.render(script, tmp_path, outputs=["timeline"]).files
    written = json.loads(files[-1].read_text(encoding="utf-8"))
    tracks, made = written["tracks"], written["made"]
    media = {clip["media"]["type"]: clip["media"] for t in tracks for clip in t["clips"]}
    assert tables("timeline.md") == [
        set(written),
        set(tracks[0]),
        set(tracks[0]["clips"][0]),
        *(set(media[kind]) for kind in ("take", "sound", "bed", "breath")),
        set(tracks[0]["gaps"][0]),
        set(written["markers"][0]),
        set(made),
        set(choices_json._READERS),
        set(made["about"]),
    ]


def test_the_script_language_page_has_the_right_figures() -> None:
    text = " ".join((ROOT / "docs" / "script-language.md").read_text(encoding="utf-8").split())
    assert f"a soft tick every {TICK_INTERVAL / SAMPLE_RATE:g} seconds" in text
    assert f"up to {MAX_SILENT_HOLD / SAMPLE_RATE:g} seconds are silent" in text
    assert BELL_PAUSE == 3 * SAMPLE_RATE
    assert "`end:` comes after the hold and adds three seconds" in text
    assert "The voice continues three seconds after a bell begins" in text


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        # What begins with a slash is IPA beside its word.
        for target in re.findall(r"\]\(([^)#:/][^)#:]*)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
