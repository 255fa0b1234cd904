"""Commands of a person who isn't root, and who may not do everything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from bench import Bench

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are POSIX's")

GROUP = 65_534
STEPS = "voice: {engine: espeak}\nsteps:\n  - say: Rest.\n  - bell: bowl\n"


NUMBERS = count(20_000 + os.getpid() % 1000 * 40)
"""User numbers: one for each person, as the system counts the processes of a user together, also
those of tests that run at the same time."""


def as_user(number: int) -> tuple[str, ...]:
    """Words before a command that take from root every right but that to read, or skip the test."""
    kept = "-all,+dac_read_search"
    words = ["setpriv", f"--reuid={number}", f"--regid={GROUP}", "--clear-groups"]
    words += [f"--inh-caps={kept}", f"--ambient-caps={kept}"]
    if shutil.which("setpriv") is None or subprocess.run([*words, "true"]).returncode:
        pytest.skip("root's rights can't be taken away here")
    return tuple(words)


class Person:
    """Someone at a bench who owns its folder, and nothing else."""

    def __init__(self, bench: Bench, reads_all: bool = True) -> None:
        if os.geteuid() == 0 and not reads_all:
            pytest.skip("root may read everything")
        self.prefix: tuple[str, ...] = ()
        self.bench = bench
        bench.script(STEPS)
        self.env = {"PSOAS_AUDIO_CACHE": "cache", "HOME": str(bench.folder)}
        if os.geteuid() == 0:
            number = next(NUMBERS)
            self.prefix = as_user(number)
            os.chown(bench.folder, number, GROUP)

    def forbid(self, name: str, mode: int, content: str = "") -> Path:
        """A folder, or a file with *content*, that belongs to someone else or has *mode*."""
        path = self.bench.folder / name
        if content:
            path.write_text(content, "utf-8")
        else:
            path.mkdir()
        path.chmod(mode)
        return path

    def run(self, command: str, **env: str) -> tuple[int, str]:
        done = self.bench.run(*command.split(), env=self.env | env, prefix=self.prefix)
        return done.status, done.text


@pytest.mark.parametrize(
    "command",
    [
        "render s.yaml -o mine/s.mp3",
        "render s.yaml -o mine",
        "say Hello --engine espeak -o mine/s.wav",
        "new mine/fresh",
        "plot s.yaml --no-sound -o mine/s.svg",
        "figures -o mine",
        "batch s.yaml -o mine",
        "batch s.yaml -o mine/below",
    ],
)
def test_a_folder_that_may_not_be_written_is_reported(bench: Bench, command: str) -> None:
    person = Person(bench)
    folder = person.forbid("mine", 0o555)
    status, told = person.run(command)
    assert status == 1
    assert "permission denied" in told
    assert "mine" in told
    assert "space" not in told
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", ["s.yaml", "own.wav", "words.pls", "s.mp3", "s.timeline.json"])
def test_a_file_that_may_not_be_read_is_reported(bench: Bench, name: str) -> None:
    person = Person(bench, reads_all=False)
    bench.script(f"lexicon: words.pls\n{STEPS}  - bell: own.wav\n", "all.yaml")
    person.forbid(name, 0, "x")
    command = {
        "s.yaml": "check s.yaml",
        "own.wav": "check all.yaml",
        "words.pls": "check all.yaml",
        "s.mp3": "qc s.mp3",
        "s.timeline.json": "diff s.timeline.json plank",
    }[name]
    status, told = person.run(command)
    assert status in (1, 2, 3)
    assert "permission denied" in told or "not readable" in told
    assert name in told or name == "words.pls"


@pytest.mark.parametrize("command", ["check {}/s.yaml", "render s.yaml --voice recorded:{} -f"])
def test_a_folder_that_may_not_be_listed_is_not_called_empty(bench: Bench, command: str) -> None:
    person = Person(bench, reads_all=False)
    person.forbid("mine", 0)
    status, told = person.run(command.format("mine"))
    assert status == 1
    assert "permission denied" in told


@pytest.mark.parametrize("mode", [0o000, 0o555])
@pytest.mark.parametrize("variable", ["PSOAS_AUDIO_CACHE", "HOME", "XDG_CACHE_HOME", "TMPDIR"])
def test_a_render_works_without_permission_to_use_the_cache(
    bench: Bench, variable: str, mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    person = Person(bench, reads_all=mode != 0)
    if variable != "TMPDIR":
        person.env["PSOAS_AUDIO_CACHE"] = ""
    folder = person.forbid("mine", mode)
    status, told = person.run("render s.yaml -f -o s.mp3", **{variable: str(folder)})
    assert status == 0, told
    assert (bench.folder / "s.mp3").exists()
    if variable != "TMPDIR":
        assert "can't be written: permission denied" in told


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processes differ")
@pytest.mark.parametrize("threads", [1, 3, 5, 8])
def test_too_few_threads_are_a_clear_error(bench: Bench, threads: int) -> None:
    person = Person(bench)
    if shutil.which("prlimit") is None:
        pytest.skip("needs prlimit")
    person.prefix = ("prlimit", f"--nproc={threads}", *person.prefix)
    for command in ("render s.yaml -f -o s.mp3", "batch s.yaml -o out", "voices"):
        status, told = person.run(command)
        assert status in (0, 1), told
        assert status == 0 or "error: " in told
        assert "crashed" not in told
        assert status == 0 or "more processes and threads" in told or "no workers are left" in told
    assert not list(bench.folder.rglob(".psoas*"))
