"""Output streams of any encoding, names of any kind, folders of any place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench import DEFECT, Bench

ENCODINGS = ["cp437", "latin-1", "gbk", "ascii"]
PRINTING = [
    ("plan", "s.yaml"),
    ("plan", "s.yaml", "--json"),
    ("programme", "show", "first-week", "--language", "es"),
    ("say", "--explain", "坐 – 30–60 s, ½"),
    ("check", "坐.yaml"),
    ("--help",),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
def test_every_command_prints_in_any_encoding(
    bench: Bench, command: tuple[str, ...], encoding: str
) -> None:
    (bench.folder / "s.yaml").write_text(
        "title: 坐禅 – Ruhe\nsafety: none\nsteps:\n  - say: Écoute… “Hallo”.\n  - hold: '30'\n"
        "    label: ½ Ω\n  - bell: bowl\n",
        encoding="utf-8",
    )
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "psoas_audio", *command],
        cwd=bench.folder,
        env=env,
        capture_output=True,
        timeout=60,
    )
    out = done.stdout.decode(encoding)
    err = done.stderr.decode(encoding)
    assert DEFECT not in out + err
    assert "Traceback" not in out + err
    assert done.returncode in (0, 1)
    if "--json" in command:
        assert json.loads(out)["chapters"][0]["title"] == "坐禅 – Ruhe"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [("list",), ("schema",), ("plan", "plank"), ("--help",)])
def test_a_full_device_is_a_clear_error(bench: Bench, command: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "psoas_audio", *command],
            cwd=bench.folder, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60,
        )  # fmt: skip
    assert DEFECT not in done.stderr
    assert "no space left" in done.stderr.lower()
    assert done.returncode == 1


@pytest.mark.parametrize("command", ["list", "schema", "plan plank", "voices"])
def test_a_closed_pipe_is_no_error(bench: Bench, command: str) -> None:
    line = f"{sys.executable} -m psoas_audio {command} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=bench.folder, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "0"
    assert done.stderr == ""


LONG = "x" * 300


@pytest.mark.parametrize(
    "command",
    [
        ("render", "s.yaml", "-o", f"{LONG}.mp3"),
        ("render", "s.yaml", "-o", f"{LONG}/s.mp3"),
        ("say", "Hello.", "-o", f"{LONG}.wav"),
        ("voices", "try", "en-us", "-o", f"{LONG}.wav"),
        ("plot", "s.yaml", "--no-sound", "-o", f"{LONG}.svg"),
        ("new", LONG),
        ("publish", LONG, "--base-url", "https://example.org/"),
        ("publish", ".", "--base-url", "https://example.org/", "-o", LONG),
        ("programme", "render", "first-week", "-o", LONG, "--engine", "espeak"),
        ("programme", "show", LONG),
        ("batch", "s.yaml", "-o", LONG, "--engine", "espeak"),
        ("figures", "-o", LONG),
        ("check", LONG),
        ("plan", f"{LONG}.yaml"),
        ("diff", f"{LONG}.timeline.json", "plank"),
        ("qc", f"{LONG}.mp3"),
        ("render", "s.yaml", "--voice", f"recorded:{LONG}"),
        ("render", "s.yaml", "--bed", LONG),
        ("takes", "import", "s.yaml", ".", "-o", LONG),
        ("translate", "extract", "s.yaml", LONG),
        ("check", "a\0b"[:1] + "\udcff"),
    ],
    ids=lambda c: " ".join(c)[:40],
)
def test_names_no_file_can_have_are_reported(bench: Bench, command: tuple[str, ...]) -> None:
    bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    done = bench.run(*command, env={"PSOAS_AUDIO_CACHE": str(bench.folder / "cache")})
    assert done.status in (1, 2, 3), done.text
    assert done.err


@pytest.mark.parametrize("folder", ["~nouser/x", LONG, "/dev/null/x", "/proc/x", "a\\b:*?"])
@pytest.mark.parametrize("command", ["render s.yaml --engine espeak -f", "doctor", "cache size"])
def test_any_cache_folder_works_or_is_reported(bench: Bench, folder: str, command: str) -> None:
    bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    done = bench.run(*command.split(), env={"PSOAS_AUDIO_CACHE": folder})
    assert done.status in (0, 1), done.text


@pytest.mark.parametrize("start", ["9999-12-31", "9999-12-25", "0001-01-01"])
def test_a_programme_after_the_last_year_is_a_clear_error(bench: Bench, start: str) -> None:
    bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    days = "      - {day: 1, session: s}\n      - {day: 7, session: s}\n"
    (bench.folder / "p.yaml").write_text(f"title: P\nweeks:\n  - days:\n{days}", "utf-8")
    done = bench.run("programme", "render", "p.yaml", "--start", start, "--engine", "espeak")
    assert done.status == (start > "9000")
    if done.status:
        assert "--start" in done.text


@pytest.mark.parametrize(
    "where",
    ["reference://x", "tar://x::file:///etc/passwd", "zip://a::http://x/", "ftp://x/y",
     "gopher://x", "simplecache::file:///etc", "://", "s3://"],
)  # fmt: skip
def test_a_shared_cache_of_another_kind_is_refused_by_name(bench: Bench, where: str) -> None:
    bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    done = bench.run("batch", "s.yaml", "-o", "d", "--engine", "espeak", "--cache", where)
    assert done.status in (1, 2)
    assert where in done.text


@pytest.mark.parametrize("where", ["tls://h:1", "ucx://h:1", "nonsense", "tcp://", "ws://h"])
def test_a_scheduler_of_another_kind_is_refused_by_name(bench: Bench, where: str) -> None:
    bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    done = bench.run("batch", "s.yaml", "-o", "d", "--engine", "espeak", "--scheduler", where)
    assert done.status in (1, 2)


def test_links_of_a_programme_are_percent_encoded(bench: Bench) -> None:
    for name in ("#1 sit", "p%41 q?"):
        bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n", f"{name}.yaml")
    (bench.folder / "p.yaml").write_text(
        "title: P\nweeks:\n  - days:\n      - {day: 1, session: '#1 sit'}\n"
        "      - {day: 2, session: 'p%41 q?'}\n",
        "utf-8",
    )
    done = bench.run("programme", "render", "p.yaml", "-o", "out", "--engine", "espeak")
    assert done.status == 0, done.text
    page = (bench.folder / "out" / "p.html").read_text("utf-8")
    assert "%231%20sit" in page
    assert "p%2541%20q%3F" in page
