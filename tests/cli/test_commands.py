"""The command line as a user meets it: its output, its exit codes, its habits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SHORT = """title: Short
language: en-US
safety: none
steps:
  - say: Let the right knee soften.
  - hold: 2-6s
  - bell: bowl
"""

WRONG = """title: Wrong
langauge: en-US
kind: masage
position: supine
length: {default: 1:75}
steps:
  - say: Press beside the throat and {who} knows.
  - hold: 60-30s
  - brethe: box
  - bell: gongg
  - pause: soon
  - include: nowhere
  - hold: 10s
    during: [{at: 30s, say: Late.}]
"""


def run(*words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "psoas_audio", *words],
        cwd=cwd, capture_output=True, text=True, env={**os.environ, **env}, timeout=120,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    return tmp_path


def test_render_prints_data_on_stdout_and_nothing_else(folder: Path) -> None:
    done = run("render", "short.yaml", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["output"] == "short.mp3"
    assert (folder / "short.mp3").is_file()
    again = run("render", "short.yaml", cwd=folder)
    assert again.returncode == 1
    assert "already exists" in again.stderr
    assert "--force" in again.stderr
    assert run("render", "short.yaml", "-f", "-q", cwd=folder).stdout == ""


def test_a_variant_is_named_in_its_file(folder: Path) -> None:
    done = run("render", "short.yaml", "--length", "20s", "--guidance", "bells", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "short-20s-bells.mp3").is_file()


def test_check_names_ten_mistakes_of_ten_kinds_at_once(folder: Path) -> None:
    done = run("check", "wrong.yaml", "--json", cwd=folder)
    assert done.returncode == 3
    problems = [p for p in json.loads(done.stdout) if p["severity"] == "error"]
    assert {p["line"] for p in problems} >= {2, 3, 5, 8, 9, 10, 11, 12, 14}
    assert all(p["file"] == "wrong.yaml" and p["column"] >= 1 for p in problems)
    places = [(p["line"], p["column"]) for p in problems]
    assert places == sorted(places)
    assert "Traceback" not in done.stderr


def test_a_script_with_errors_is_not_rendered(folder: Path) -> None:
    done = run("render", "wrong.yaml", cwd=folder)
    assert done.returncode == 3
    assert "wrong.yaml:2:1: error:" in done.stderr
    assert "language" in done.stderr  # did you mean
    assert not list(folder.glob("*.mp3"))


def test_one_script_s_fault_does_not_stop_the_others(folder: Path) -> None:
    done = run("render", "wrong.yaml", "short.yaml", "-o", "out/", cwd=folder)
    assert done.returncode == 3
    assert (folder / "out" / "short.mp3").is_file()


def test_usage_errors_exit_with_2_and_unknown_scripts_with_a_hint(folder: Path) -> None:
    assert run("render", cwd=folder).returncode == 2
    assert run("render", "short.yaml", "--rate", "9", cwd=folder).returncode == 2
    done = run("render", "supine-bal-release", cwd=folder)
    assert done.returncode == 1
    assert "supine-ball-release" in done.stderr


def test_an_impossible_length_names_the_possible_ones(folder: Path) -> None:
    done = run("plan", "short.yaml", "--length", "1h", cwd=folder)
    assert done.returncode == 1
    assert "It can be from" in done.stderr


def test_plan_prints_json_of_what_will_be_heard(folder: Path) -> None:
    told = json.loads(run("plan", "short.yaml", "--json", cwd=folder).stdout)
    assert told["shortest"] < told["samples"] < told["longest"]
    assert [u["text"] for u in told["utterances"]] == ["Let the right knee soften."]
    assert {"id", "text", "start", "length"} <= set(told["utterances"][0])
    assert all(silence["sounds"] for silence in told["silences"])


def test_list_prints_json_of_the_library(folder: Path) -> None:
    told = json.loads(run("list", "--json", cwd=folder).stdout)
    ball = next(s for s in told if s["name"] == "supine-ball-release")
    assert ball["length"] == {"default": 720, "shortest": 480, "longest": 1500}
    assert ball["equipment"] == ["mat", "soft ball"]
    assert ball["level"] == "some experience"


def test_say_saves_the_take_without_its_silence(folder: Path) -> None:
    import numpy as np
    import soundfile

    done = run("say", "-o", "line.wav", "Soften the belly.", cwd=folder)
    assert done.returncode == 0, done.stderr
    samples, rate = soundfile.read(folder / "line.wav")
    assert rate == 48_000
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert loud[0] < rate * 0.06
    assert len(samples) - loud[-1] < rate * 0.12


def test_new_writes_a_script_that_has_no_fault(folder: Path) -> None:
    assert run("new", "my-session", cwd=folder).returncode == 0
    done = run("check", "my-session.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert run("new", "my-session", cwd=folder).returncode == 1


def test_qc_passes_a_rendered_file_and_fails_a_truncated_one(folder: Path) -> None:
    run("render", "short.yaml", "--with", "timeline", cwd=folder)
    assert run("qc", "short.mp3", cwd=folder).returncode == 0
    whole = (folder / "short.mp3").read_bytes()
    (folder / "short.mp3").write_bytes(whole[:-2000])
    done = run("qc", "short.mp3", cwd=folder)
    assert done.returncode == 1
    assert "fault" in done.stdout


def test_cache_shows_its_size_and_can_be_cleared_and_verified(folder: Path) -> None:
    store = {"PSOAS_AUDIO_CACHE": str(folder / "store")}
    run("say", "-o", "line.wav", "One.", cwd=folder, **store)
    assert json.loads(run("cache", "size", "--json", cwd=folder, **store).stdout)["entries"] > 0
    assert run("cache", "verify", cwd=folder, **store).returncode == 0
    run("cache", "clear", cwd=folder, **store)
    assert json.loads(run("cache", "size", "--json", cwd=folder, **store).stdout)["entries"] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_render_leaves_nothing(folder: Path, number: int, status: int) -> None:
    env = {**os.environ, "PSOAS_AUDIO_CACHE": str(folder / "store")}
    process = subprocess.Popen(
        [sys.executable, "-m", "psoas_audio", "render", "supine-ball-release", "-o", "out"],
        cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (folder / "store").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == status
    assert "Traceback" not in told
    assert not [p for p in (folder / "out").glob("*") if p.is_file()]


def test_a_programme_beside_the_scripts_does_not_disturb_publish(tmp_path: Path) -> None:
    (tmp_path / "week.yaml").write_text(
        "title: A week\nweeks:\n  - days:\n      - {day: 1, session: still}\n", encoding="utf-8"
    )
    (tmp_path / "still.yaml").write_text(
        "title: Still\nsafety: none\noutput: mono\nsteps:\n  - hold: 2s\n  - bell: bowl\n",
        encoding="utf-8",
    )
    done = run("publish", ".", "--base-url", "https://example.org/", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 session, 1 rendered" in done.stdout
