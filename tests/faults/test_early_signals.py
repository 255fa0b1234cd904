"""A command that is interrupted while it starts says at most that it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench import Bench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")

BEGIN = """
import os, signal, sys

def first(number, handler):
    signal.signal = set_handler
    set_handler(number, handler)
    assert not {"typing", "psoas_audio.cli"} & set(sys.modules)
    os.write(1, b"x")

signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
set_handler, signal.signal = signal.signal, first
from psoas_audio.__main__ import main
main()
"""
"""The command; it tells when it has set its first handler, before it loads anything else."""
TOLD = {"", "Interrupted. Unfinished files were not published."}
COMMANDS = {
    "render": ("render", "s.yaml", "-f", "-o", "s.mp3"),
    "batch": ("batch", "s.yaml", "-o", "out", "--workers", "2"),
    "check": ("check", "s.yaml"),
}


def interrupted(folder: Path, name: str, number: int, delay: float) -> tuple[int, str]:
    """The status of a command that got a signal after *delay* seconds, and what it printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN, *COMMANDS[name]],
        cwd=folder,
        env={**os.environ, "PSOAS_AUDIO_CACHE": str(folder / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
    )
    assert process.stdout is not None
    assert process.stdout.read(1) == b"x"
    time.sleep(delay)
    if number == signal.SIGINT:  # as a terminal sends it: to all processes
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, told = process.communicate(timeout=60)
    return process.returncode, told.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_interrupted_while_it_starts_is_quiet(
    bench: Bench, name: str, number: signal.Signals
) -> None:
    bench.script("voice: {engine: espeak}\nsteps:\n  - say: Rest.\n  - bell: bowl\n")
    for delay in (0, 0.01, 0.03, 0.06, 0.12, 0.25, 0.4, 0.7):
        status, told = interrupted(bench.folder, name, number, delay)
        assert "Traceback" not in told, delay
        assert status == 0 or told.strip() in TOLD, (delay, told)
        assert status in (-number, 128 + number, 0), (delay, told)
    # What kill -9 leaves behind is taken away an hour later.
    assert number == signal.SIGKILL or not list(bench.folder.glob(".*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_a_command_ends_changes_nothing(number: signal.Signals) -> None:
    done = subprocess.run(
        [sys.executable, "-c",
         "import atexit, os, signal, sys\n"
         "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
         f"atexit.register(lambda: os.kill(os.getpid(), {int(number)}))\n"
         "sys.argv[1:] = ['cache', 'path']\n"
         "from psoas_audio.__main__ import main\nmain()"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == ""
