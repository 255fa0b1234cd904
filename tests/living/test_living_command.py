"""``psoas-audio living``: one page, and the form for other apps."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from living_example import SCRIPT
from node_scripts import needs_node

import psoas_audio
from psoas_audio.cli.main import cli
from psoas_audio.encode.mp3_frames import id3v2_size
from psoas_audio.errors import PsoasError
from psoas_audio.living.lengths import offered_lengths
from psoas_audio.units import SAMPLE_RATE

DOCS = Path(__file__).parents[2] / "docs" / "living.md"
ROWS = 2 * 2 * 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page and all that can come with it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "ball.yaml").write_text(SCRIPT, encoding="utf-8")
    words = ["living", str(folder / "ball.yaml"), "-o", str(folder / "ball.html"), "--json"]
    words += ["--lengths", "6m,7m", "--guidance", "full", "--guidance", "reminder", "--data"]
    words += ["--bed", "soft-rain", "--dump-row", "0", str(folder / "row0.mp3")]
    words += ["--dump-row", str(ROWS - 1), str(folder / "last.mp3")]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    (folder / "printed.json").write_text(result.stdout)
    return folder


def test_the_command_prints_what_it_wrote(made: Path) -> None:
    printed = json.loads((made / "printed.json").read_text())
    page, pool = made / "ball.html", made / "ball.living.bin"
    assert printed["output"] == str(page)
    assert printed["rows"] == ROWS
    assert printed["pool_bytes"] == pool.stat().st_size
    assert printed["page_bytes"] == page.stat().st_size <= 1.5 * pool.stat().st_size
    assert {Path(path).name for path in printed["files"]} == {
        "ball.html", "ball.living.json", "ball.living.bin", "row0.mp3", "last.mp3"
    }  # fmt: skip


def test_a_dumped_row_is_the_render_of_its_choices(made: Path, tmp_path: Path) -> None:
    document = json.loads((made / "ball.living.json").read_text(encoding="utf-8"))
    for number, name in ((0, "row0.mp3"), (ROWS - 1, "last.mp3")):
        row = document["rows"][number]
        rendered = psoas_audio.render(
            made / "ball.yaml",
            tmp_path / name,
            length=row["length"],
            guidance=row["guidance"],
            start_side=row["side"],
            bed="apart",
        )
        mp3 = rendered.output.read_bytes()
        assert (made / name).read_bytes() == mp3[id3v2_size(mp3) :]


def code_in_docs(language: str) -> str:
    text = DOCS.read_text(encoding="utf-8")
    found = re.search(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_reader_in_python_in_the_docs_reads_the_form_for_apps(made: Path) -> None:
    code = code_in_docs("python")
    assert code.count("\n") <= 70
    (made / "reader.py").write_text(code, encoding="utf-8")
    words = [sys.executable, "reader.py", "ball", str(ROWS - 1), "read.mp3"]
    subprocess.run(words, cwd=made, check=True)
    assert (made / "read.mp3").read_bytes() == (made / "last.mp3").read_bytes()


@needs_node
def test_the_reader_in_javascript_in_the_docs_reads_the_form_for_apps(made: Path) -> None:
    (made / "reader.js").write_text(code_in_docs("javascript"), encoding="utf-8")
    words = ["node", "reader.js", "ball", str(ROWS - 1), "read-js.mp3"]
    subprocess.run(words, cwd=made, check=True)
    assert (made / "read-js.mp3").read_bytes() == (made / "last.mp3").read_bytes()


def test_the_docs_name_every_key_of_the_document(made: Path) -> None:
    document = json.loads((made / "ball.living.json").read_text(encoding="utf-8"))
    text = DOCS.read_text(encoding="utf-8")
    own = {*document, *document["rows"][0], *document["pieces"][0], *document["form"]}
    own |= {*document["beds"][0], *document["offer"]}
    assert not {key for key in own if f"`{key}`" not in text}


def test_the_pool_comes_last_and_the_policy_allows_no_network(made: Path) -> None:
    page = (made / "ball.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["media-src"] == "'self' data: blob:"
    assert "connect-src" not in rules
    assert page.index('id="session"') < page.index('id="beds"') < page.index('id="pool"')
    assert page.rstrip().endswith("</html>")
    assert "</script>" in page[-40:]


def test_existing_files_are_kept(made: Path) -> None:
    words = ["living", str(made / "ball.yaml"), "-o", str(made / "ball.html"), "--lengths", "6m"]
    result = CliRunner().invoke(cli, words)
    assert isinstance(result.exception, PsoasError)
    assert "already exists" in result.exception.what


def test_a_row_that_does_not_exist_is_named(made: Path, tmp_path: Path) -> None:
    words = ["living", str(made / "ball.yaml"), "-o", str(tmp_path / "p.html"), "--lengths", "6m"]
    words += ["--guidance", "full", "--dump-row", "9", str(tmp_path / "x.mp3")]
    result = CliRunner().invoke(cli, words)
    assert isinstance(result.exception, PsoasError)
    assert "there is no version 9" in result.exception.what
    assert not list(tmp_path.glob("*.html"))


def minutes(text: str, shortest: float = 8, longest: float = 25) -> list[float]:
    minute = 60 * SAMPLE_RATE
    found = offered_lengths(text, round(shortest * minute), round(longest * minute))
    return [length / minute for length in found]


def test_lengths_as_people_write_them() -> None:
    assert minutes("") == [*range(8, 26)]
    assert minutes("8m-10m") == [8, 9, 10]
    assert minutes("every 30s", 8, 9.5) == [8, 8.5, 9, 9.5]
    assert minutes("10m-12m every 1m") == [10, 11, 12]
    assert minutes("20m,8m,12m") == [8, 12, 20]
    assert minutes("12m") == [12]
    assert minutes("8m to 9m") == [8, 9]
    assert minutes("", 7.5, 9.9) == [8, 9]


@pytest.mark.parametrize(
    "text", ["nonsense", "9m-8m", "1m-2m-3m", "every 0s", "every 1ms", "-", "0m"]
)
def test_lengths_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(PsoasError, match="--lengths"):
        minutes(text)
