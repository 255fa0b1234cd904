"""Some quickly made sessions, and a command that makes them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

SCRIPT = """title: Short
language: en-US
safety: none
output: mono
voice: {engine: espeak}
steps:
  - say: Rest.
  - hold: 1-60s
  - say: Good.
  - bell: bowl
"""
"""It can have from 13 s to more than a minute."""


def written(folder: Path, name: str = "s", text: str = SCRIPT) -> str:
    """The path of a script in *folder*, written at once: a batch may be reading it."""
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".new").write_text(text, encoding="utf-8")
    path.with_suffix(".new").replace(path)
    return str(path)


def lengths(count: int) -> list[str]:
    """So many lengths that the script can have."""
    return [f"{20 + number}s" for number in range(count)]


def command(script: str, out: Path, count: int, *options: str) -> subprocess.Popen[str]:
    """``psoas-audio batch`` at work on *count* lengths of *script*."""
    wishes = [word for length in lengths(count) for word in ("--length", length)]
    # A shell's background job ignores SIGINT, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [sys.executable, "-m", "psoas_audio", "batch", script, "-o", str(out), *wishes, *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def sessions(out: Path) -> list[str]:
    """Names of the sessions in *out*."""
    return sorted(path.name for path in out.glob("*.mp3"))


def kill(pid: int) -> None:
    """End *pid* as a crash does."""
    os.kill(pid, signal.SIGKILL)
