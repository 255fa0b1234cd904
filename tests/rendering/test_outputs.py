"""An output is one row, and a format is one row: everything else reads them."""

from __future__ import annotations

import importlib
import json
import runpy
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from pkgutil import resolve_name

import pytest
from click.testing import CliRunner

import psoas_audio
from psoas_audio.cli.commands.make import batch, render
from psoas_audio.cli.main import cli
from psoas_audio.errors import PsoasError
from psoas_audio.publishing.site import publish, site_of
from psoas_audio.rendering.outputs import OUTPUTS, Output
from psoas_audio.rendering.rendered_parts import RenderedParts

ROOT = Path(__file__).parents[2]
SCRIPT = "title: Short\nsafety: none\noutput: mono\nsteps: [{say: Hello.}, {hold: 2s}]\n"


def word_count(parts: RenderedParts) -> str:
    """What the added output holds."""
    return f"{len(parts.timeline.track('voice').clips)} lines\n"


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[Output]:
    """One more row; the commands' help is made anew with it."""
    row = Output(
        "count",
        ".count.txt",
        "how many lines are spoken",
        f"{__name__}:word_count",
        "text/plain",
        catalogue_key="count",
    )
    with monkeypatch.context() as patch:
        patch.setitem(OUTPUTS, row.name, row)
        for command in (render, batch):
            importlib.reload(command)
        yield row
    for command in (render, batch):
        importlib.reload(command)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "short.yaml").write_text(SCRIPT, encoding="utf-8")
    return tmp_path


def test_every_output_has_its_maker() -> None:
    for row in OUTPUTS.values():
        assert callable(resolve_name(row.maker)), row.name


def test_a_row_is_all_that_the_with_option_needs(added: Output, folder: Path) -> None:
    done = CliRunner().invoke(
        cli, ["render", str(folder / "short.yaml"), "-o", str(folder), "--with", "count", "-q"]
    )
    assert done.exit_code == 0, done.output
    assert (folder / "short.count.txt").read_text() == "1 lines\n"


@pytest.mark.parametrize("command", ["render", "batch"])
def test_a_row_is_all_that_help_needs(added: Output, command: str) -> None:
    told = " ".join(CliRunner().invoke(cli, [command, "--help"]).output.split())
    assert "or count." in told
    assert "--with OUTPUT" in told


def test_a_row_is_all_that_the_bundle_option_needs(added: Output, folder: Path) -> None:
    done = CliRunner().invoke(
        cli, ["render", str(folder / "short.yaml"), "-o", str(folder), "--bundle", "--dry-run"]
    )
    for row in OUTPUTS.values():
        assert (f"short{row.suffix}" in done.output) is row.in_bundle


def test_a_row_is_all_that_the_docs_need(added: Output) -> None:
    table = runpy.run_path(str(ROOT / "docs" / "tables.py"))["table"]
    assert "| `count` | `NAME.count.txt` | how many lines are spoken |" in table("outputs")
    assert "| `NAME.count.txt` | how many lines are spoken |" in table("output-files")


def test_a_row_is_all_that_a_site_needs(added: Output, folder: Path) -> None:
    psoas_audio.render(folder / "short.yaml", folder, outputs=["timeline"])
    (folder / "short.yaml").unlink()
    publish(folder, site_of("https://example.org/"), now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    catalogue = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
    assert catalogue["sessions"][0]["count"] == "short.count.txt"
    assert (folder / "short.count.txt").read_text() == "1 lines\n"


def test_an_unknown_output_is_named_with_those_that_exist(folder: Path) -> None:
    with pytest.raises(PsoasError, match="no output called 'poster'") as caught:
        psoas_audio.render(folder / "short.yaml", folder, outputs=["poster"])
    assert ", ".join(OUTPUTS) in caught.value.hint


def test_help_with_the_rows_in_it_loads_no_heavy_library() -> None:
    code = (
        "import sys; from psoas_audio.cli.commands.make import batch, render\n"
        "print(*{'numpy', 'yaml', 'jinja2', 'mutagen', 'soundfile'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_captions_by_word_have_the_times_that_the_engine_gives(tmp_path: Path) -> None:
    script = tmp_path / "timed.yaml"
    script.write_text(
        "title: Timed\nsafety: none\nvoice: {engine: espeak}\nsteps: [{say: Hold for 30 s now.}]\n",
        encoding="utf-8",
    )
    outputs = ["word-captions", "timeline", "page"]
    rendered = psoas_audio.render(script, tmp_path, outputs=outputs)
    (clip,) = rendered.timeline.track("voice").clips
    starts = clip.media.word_starts
    assert len(starts) == len(clip.media.text.split())
    assert list(starts) == sorted(set(starts))
    assert psoas_audio.read_timeline(tmp_path / "timed.timeline.json") == rendered.timeline
    cue = (tmp_path / "timed.words.vtt").read_text(encoding="utf-8")
    assert cue.count("<00:00:0") >= 4
    assert "for <" in cue
    again = psoas_audio.render(script, tmp_path, outputs=outputs, overwrite=True)
    assert again.timeline == rendered.timeline


def test_captions_by_word_say_what_they_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_LISTENER", str(tmp_path))
    (tmp_path / "short.yaml").write_text(SCRIPT, encoding="utf-8")
    rendered = psoas_audio.render(tmp_path / "short.yaml", tmp_path, outputs=["word-captions"])
    (told,) = [text for text in rendered.warnings if "word captions" in text]
    assert "1 line" in told
    assert "<" not in (tmp_path / "short.words.vtt").read_text(encoding="utf-8")
