"""Whatever name an output is given: the right file is there, or an error says why not."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from bench import Bench, run_here

STEPS = "steps:\n  - bell: tick\n"

GOOD = [
    "s.mp3", "S.MP3", "x.Mp3", "x.mp3.mp3", ".hidden.mp3", "a\nb.mp3", "\x1b[31m.mp3", "-x.mp3",
    "%s%n{0}.mp3", "🧘.mp3", "a b .mp3", "con.mp3", "a:b.mp3", "$(id).mp3", "'\".mp3", "é.mp3",
    unicodedata.normalize("NFD", "é") + ".mp3", "n" * 240 + ".mp3", "new/and/deep/s.mp3",
    "missing/../s.mp3", "d/" * 1500 + "s.mp3",
]  # fmt: skip
BAD = {
    "s.ogg": "a format",
    "s.wave": "a format",
    "s.mp3 ": "a format",
    "s.yaml": "a format",
    "s.yaml/s.mp3": "not a directory",
    "loop.mp3": "symbolic links",
    "pipe.mp3": "not a regular file",
    "full.mp3": "not a regular file",
    "/dev/null": "not a directory",
    "/proc/s.mp3": "no such file",
    "n" * 300 + ".mp3": "name too long",
    "d" * 5000 + "/s.mp3": "name too long",
    "": "is empty",
}
POSIX = pytest.mark.skipif(os.name != "posix", reason="names of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(f"title: T\nsafety: none\n{STEPS}", "utf-8")
    if os.name == "posix":
        os.mkfifo("pipe.mp3")
        Path("loop.mp3").symlink_to("loop.mp3")
        Path("full.mp3").symlink_to("/dev/full")
    return tmp_path


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


@POSIX
@pytest.mark.parametrize("name", GOOD, ids=lambda name: repr(name)[:30])
def test_a_session_gets_the_name_it_is_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    done = run_here(["render", "s.yaml", f"--output={name}"], monkeypatch)
    assert done.status == 0, done.out
    assert Path(name).read_bytes()[:3] == b"ID3"
    if name.count("/") > 1000:
        subprocess.run(["rm", "-rf", "d"], check=True)  # too deep for Python, and so for pytest


@POSIX
@pytest.mark.parametrize("name", BAD, ids=lambda name: repr(name)[:30])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_name_that_no_session_can_have_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, force: tuple[str, ...]
) -> None:
    before = names()
    done = run_here(["render", "s.yaml", "-o", name, *force], monkeypatch)
    assert done.status in (1, 2)
    assert BAD[name] in done.out.lower()
    assert names() == before
    assert Path("s.yaml").read_text("utf-8").startswith("title: T")


@pytest.mark.parametrize("name", ["x.mp3", "x", "x.flac", "s.yaml", "x.wav.txt"])
@pytest.mark.parametrize("command", ["say Hello --engine espeak", "voices try espeak:en-us"])
def test_a_line_is_saved_as_wav_or_not_at_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    done = run_here([*command.split(), "-f", "-o", name], monkeypatch)
    assert done.status == 1
    assert ".wav" in done.out
    assert Path("s.yaml").read_text("utf-8").startswith("title: T")
    assert name == "s.yaml" or not Path(name).exists()


@pytest.mark.parametrize("name", ["", " ", ".", "..", "dir/", "a/b/"])
def test_a_new_script_needs_a_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = names()
    done = run_here(["new", name], monkeypatch)
    assert done.status in (1, 2)
    assert "is empty" in done.out or "is a folder" in done.out
    assert names() == before


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "s.yaml", "--voice", ""],
        ["plan", "s.yaml", "--engine="],
        ["plan", "s.yaml", "--length", ""],
        ["plan", "s.yaml", "--language", " "],
        ["plan", "s.yaml", "--bed", ""],
        ["plan", "s.yaml", "--breath="],
        ["render", "s.yaml", "-o", ""],
        ["check", ""],
        ["say", "Hello", "--voice", ""],
    ],
    ids=" ".join,
)
def test_an_empty_value_is_reported_and_not_ignored(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    done = run_here(words, monkeypatch)
    assert done.status == 1
    assert "is empty" in done.out
    assert "variable" in done.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["help"], "psoas-audio --help"),
        (["rendr", "s.yaml"], "Did you mean 'render'"),
        (["plank"], "Did you mean 'render plank'"),
        (["s.yaml"], "Did you mean 'render s.yaml'"),
        (["xyzzy"], "psoas-audio --help lists them"),
        (["plan", "s.yaml", "--with", "page"], "--with"),
        (["render", "s.yaml", "--dry-run", "--with", "page,cover"], "once for each"),
        (["render", "s.yaml", "--dry-run", "--with", "all"], "--bundle"),
    ],
    ids=str,
)
def test_an_unknown_command_or_option_is_answered_with_a_known_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    done = run_here(words, monkeypatch)
    assert done.status in (1, 2)
    assert told in done.out


def test_words_to_choose_from_may_be_written_in_capitals(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run_here(
        ["render", "s.yaml", "--dry-run", "--format", "WAV", "--guidance", "Bells"], monkeypatch
    )
    assert done.status == 0
    assert "s-bells.wav" in done.out


@pytest.mark.parametrize(
    "words",
    [
        ["render", "A.yaml", "./A.yaml", "-o", "out"],
        ["batch", "A.yaml", "A.yaml", "-o", "out", "--engine", "espeak"],
        ["batch", "A.yaml", "--voice", "en-us", "--voice", "en-us", "-o", "out"],
        ["batch", "B.yaml", "--length", "20s", "--length", "0:20", "-o", "out"],
    ],
    ids=" ".join,
)
def test_what_is_asked_for_twice_is_made_once_or_refused(bench: Bench, words: list[str]) -> None:
    bench.script(STEPS, "A.yaml")
    bench.script("steps:\n  - rest: 5-60s\n  - bell: tick\n", "B.yaml")
    done = bench.run(*words)
    assert done.status in (0, 1)
    made = list((bench.folder / "out").glob("*.mp3")) if (bench.folder / "out").exists() else []
    assert len(made) == (done.status == 0), done.text


@pytest.mark.parametrize(
    "command",
    ["render w.yaml -f --bundle --producer -o out/w.mp3", "batch w.yaml -o out --force",
     "plan w.yaml", "plot w.yaml --no-sound", "takes sheet w.yaml", "takes import w.yaml out",
     "translate update w.yaml de", "qc out/w.mp3", "diff out/w.mp3 w.yaml",
     "publish out --base-url https://example.org/",
     "render w.yaml -f --guidance bells -o out/w.mp3"],
)  # fmt: skip
def test_a_session_without_a_word_works_everywhere(bench: Bench, command: str) -> None:
    bench.script("steps:\n  - hold: 10s\n  - bell: tick\n", "w.yaml")
    assert bench.run("render", "w.yaml", "-o", "out/w.mp3", "--with", "timeline").status == 0
    done = bench.run(*command.split())
    if command.startswith("takes"):
        assert done.status == 1
        assert "there is no line to record" in done.text
    else:
        assert done.status == 0, done.text
