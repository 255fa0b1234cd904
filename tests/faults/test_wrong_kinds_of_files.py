"""A file of another kind than a command expects is answered with a sentence, whatever it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench import DEFECT, NOT_LOADED, run_here

SCRIPT = "title: T\nsafety: none\nsteps:\n  - say: Hello.\n  - bell: bowl\n"
CONTENTS = {
    "k.zip": b"PK\x03\x04" + bytes(500),
    "k.docx": b"PK\x03\x04" + bytes(500),
    "k.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "k.pdf": b"%PDF-1.7\n" + bytes(200),
    "k.gz": b"\x1f\x8b\x08\0" + bytes(200),
    "k.exe": b"MZ\x90\0" + bytes(200),
    "k.empty": b"",
    "k.txt": b"hello\n",
    "k.md": b"# Hello\n\n- say: hello\n",
    "k.utf16.yaml": SCRIPT.encode("utf-16"),
    "k.utf32.yaml": SCRIPT.encode("utf-32"),
    "k.json": b'[1, 2, {"a": null}]',
    "k.nan.json": b'{"version": NaN, "tracks": 1e999}',
    "k.deep.json": b"[" * 100_000,
    "k.number.json": b'{"a": ' + b"9" * 100_000 + b"}",
    "k.mp3": b"\xff\xfb\x90\x00" + bytes(2000),
    "k.wav": b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0w\1\0\2\0\x10\0"
    + b"data\xff\xff\xff\xff" + bytes(1000),
    "k.po": b'msgid "a"\nmsgstr',
    "k.jsonl": b'{}\n{"a": 1}\n',
    "k.toml": b"url = [",
}  # fmt: skip
OTHERS = ("k.folder", "k.pipe", "k.loop", "k.zero")
"""Made by the test: what is no regular file."""

COMMANDS = (
    "check FILE",
    "render s.yaml --like FILE --dry-run",
    "render s.yaml --voice recorded:FILE --dry-run",
    "render s.yaml --bed FILE --dry-run",
    "qc FILE",
    "qc k.mp3 --timeline FILE",
    "qc k.mp3 --words --model FILE",
    "plot FILE",
    "diff FILE s.yaml",
    "diff s.yaml FILE",
    "programme show FILE",
    "takes import s.yaml FILE",
    "publish FILE --base-url https://example.org/",
    "batch FILE -o out",
    "voices install kokoro --from FILE",
    "translate update FILE de",
    "play FILE",
    "render s.yaml -f -o FILE --engine nonsense",
    "say Hello -f -o FILE --engine nonsense",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path / "voices"))
    Path("s.yaml").write_text(SCRIPT, "utf-8")
    for name, content in CONTENTS.items():
        Path(name).write_bytes(content)
    Path("k.folder").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo("k.pipe")
        Path("k.loop").symlink_to("k.loop")
        Path("k.zero").symlink_to("/dev/zero")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_any_file_is_used_or_refused_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    faults = []
    for name in (*CONTENTS, *(OTHERS if hasattr(os, "mkfifo") else ())):
        before = {each: (folder / each).read_bytes() for each in CONTENTS}
        words = [name if word == "FILE" else word for word in command.split()]
        words = [word.replace("recorded:FILE", f"recorded:{name}") for word in words]
        done = run_here(words, monkeypatch)
        told = done.out
        if any(word in told for word in (DEFECT, NOT_LOADED, "Traceback")) or done.status not in (
            0, 1, 2, 3,
        ):  # fmt: skip
            faults.append(f"{words}: {done.status}: {told[-300:]}")
        if done.status and not told:
            faults.append(f"{words}: nothing is told")
        if {each: (folder / each).read_bytes() for each in CONTENTS} != before:
            faults.append(f"{words}: a file has changed")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("k.zip", "a ZIP archive or a document of a word processor"),
        ("k.docx", "a ZIP archive or a document of a word processor"),
        ("k.pdf", "a PDF"),
        ("k.png", "a picture"),
        ("k.gz", "a compressed file"),
        ("k.exe", "a program"),
        ("k.mp3", "a sound"),
        ("k.wav", "a sound"),
        ("k.utf16.yaml", "in UTF-16"),
        ("k.utf32.yaml", "in UTF-32"),
    ],
)
def test_check_says_what_a_file_is_instead_of_a_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: str
) -> None:
    done = run_here(["check", name], monkeypatch)
    assert done.status == 3
    assert what in done.out
    assert "UTF-8" in done.out


@pytest.mark.parametrize(
    ("text", "what", "cure"),
    [
        ("WEBVTT\n\n00:00.000 --> 00:03.000\nHello\n", "subtitles", "import FILE"),
        ("1\n00:00:00,000 --> 00:00:03,000\nHello\n", "subtitles", "import FILE"),
        ("<!DOCTYPE html>\n<html><body>x</body></html>", "a web page", "import FILE"),
        ("<speak>Hello.</speak>", "XML", "import FILE"),
        ('# Translations\nmsgid ""\nmsgstr ""\n', "a translation catalogue", "its script"),
        ("#!/bin/sh\necho hello\n", "a program", "a script of a session"),
    ],
)
def test_check_says_what_a_text_is_instead_of_a_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, what: str, cure: str
) -> None:
    (folder / "k.yaml").write_text(text, encoding="utf-8")
    done = run_here(["check", "k.yaml"], monkeypatch)
    assert done.status == 3
    assert f"the file is {what}, not a script." in done.out
    assert cure in done.out


@pytest.mark.parametrize("command", ["check", "plot", "plan"])
def test_an_output_of_a_session_is_not_taken_for_a_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    words = ["render", "s.yaml", "-f", "--engine", "espeak", "--with", "timeline", "-o", "made"]
    assert run_here([*words, "--with", "chapters"], monkeypatch).status == 0
    for name in ("s-espeak.timeline.json", "s-espeak.chapters.json"):
        done = run_here([command, f"made/{name}"], monkeypatch)
        assert done.status == 3
        assert done.out.count("error:") == 1
        assert "a timeline or a list of chapters, not a script" in done.out


def test_check_says_that_a_folder_is_a_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("k.folder", ".", "..", "/"):
        assert "is a folder" in run_here(["check", name], monkeypatch).out
