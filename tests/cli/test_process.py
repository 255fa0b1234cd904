"""A signal ends a command wherever it arrives."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")

PROGRAM = """
import os, signal, sys, time
from psoas_audio.cli.process import handle_signals

class Holder:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})
        time.sleep(0.001)

handle_signals()
try:
    holder = Holder()
    del holder
    time.sleep(20)
    print("missed")
except KeyboardInterrupt:
    print("interrupted")
except SystemExit as error:
    print("ended", error.code)
"""


@pytest.mark.parametrize(
    ("name", "told"), [("SIGINT", "interrupted\n"), ("SIGTERM", "ended 143\n")]
)
def test_a_signal_in_a_finalizer_is_not_lost(name: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(name=name)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.stdout, done.stderr) == (told, "")
