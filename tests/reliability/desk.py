"""A desk to render at: a folder with a script, a cache and old files, and a way to plant faults."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = """title: Short
language: en-US
safety: none
output: mono
voice: {engine: espeak}
steps:
  - say: Rest.
  - bell: small-bell
"""

OLD = {"s.mp3": b"an old session", "s.timeline.json": b"an old timeline", "note.txt": b"a note"}
"""What a person had before, in the folder that is rendered to."""


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    status: int
    stderr: str
    trace: list[tuple[str, str]]
    """Of each counted call in order: its kind, and the folder of the desk it was about."""
    workers: list[int]
    """Processes it had when it got a signal after some time."""
    seconds: float
    """How long it took."""
    left: bool = False
    """Whether traced processes outlived it."""


class Server:
    """``planted.py`` at work."""

    def __init__(self) -> None:
        program = str(Path(__file__).with_name("planted.py"))
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def wait(self) -> None:
        """Until all modules are loaded."""
        assert self.process.stdout is not None
        assert json.loads(self.process.stdout.readline()) == "ready"

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        self.process.communicate()


@dataclass(frozen=True)
class Desk:
    """A folder of its own for one command."""

    folder: Path
    server: Server

    def __post_init__(self) -> None:
        self.out.mkdir(parents=True)
        (self.folder / "tmp").mkdir()
        (self.folder / "s.yaml").write_text(SCRIPT, encoding="utf-8")
        for name, content in OLD.items():
            (self.out / name).write_bytes(content)

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def env(self) -> dict[str, str]:
        """What the command must know to stay in the folder."""
        return {"PSOAS_AUDIO_CACHE": str(self.cache), "TMPDIR": str(self.folder / "tmp")}

    def render(
        self, *more: str, fault: dict[str, Any] | None = None, quiet: bool = True, **env: str
    ) -> Ended:
        """The session rendered over the old files, with *more* options and *fault* planted."""
        trace = self.folder / "trace"
        trace.unlink(missing_ok=True)
        words = ["render", "s.yaml", "-o", "out", "--force", "--with", "timeline", *more]
        words += ["--quiet"] * quiet
        started = time.monotonic()
        answer = self.server.ask(
            {"folder": str(self.folder), "env": self.env | env, "arguments": words, "fault": fault}
        )
        seconds = time.monotonic() - started
        lines = trace.read_text(encoding="utf-8").splitlines() if trace.exists() else []
        calls = [(kind, self._room(name)) for kind, name in (line.split("\t", 1) for line in lines)]
        stderr = self.folder / "stderr"
        told = stderr.read_text(encoding="utf-8") if stderr.exists() else ""
        return Ended(answer["status"], told, calls, answer["workers"], seconds, answer["left"])

    def _room(self, name: str) -> str:
        """``out``, ``cache``, ``tmp``, or nothing for files elsewhere."""
        path = self.folder / name
        inside = path.is_relative_to(self.folder) and path.relative_to(self.folder).parts
        return inside[0] if inside and (self.folder / inside[0]).is_dir() else ""

    def files(self) -> dict[str, bytes]:
        """Everything in the folder rendered to."""
        return {path.name: path.read_bytes() for path in self.out.iterdir()}

    def shown(self) -> dict[str, bytes]:
        """The same without temporary files."""
        return {name: data for name, data in self.files().items() if not name.startswith(".")}

    def leftovers(self, seconds: float = 3.0) -> list[str]:
        """Temporary files that stay, after some time for workers to end."""
        deadline = time.monotonic() + seconds
        while left := [*self.out.glob(".*"), *(self.folder / "tmp").iterdir()]:
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        return [path.name for path in left]


def one_sentence(told: str) -> bool:
    """Whether *told* is an error as a person should see it, and not a traceback."""
    first = told.splitlines()[0] if told else ""
    return "error: " in first and "Traceback" not in told and "unexpected error" not in told


LINUX = sys.platform == "linux" and os.path.isdir("/proc/self/task")  # noqa: PTH112
