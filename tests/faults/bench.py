"""Commands as a person runs them, each in a folder of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from psoas_audio.cli import main, output

DEFECT = "unexpected error"
"""The word of the sentence that stands for a defect of ours."""
NOT_LOADED = "can't be loaded"
"""The same for a module that is missing, which no test takes away."""


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def run_here(words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> Done:
    """``psoas-audio`` with *words* in this process; what it prints is all in ``out``, and may hold
    a file, such as a Word document.
    """
    data = io.BytesIO()
    printed = io.TextIOWrapper(data, "utf-8", errors="psoas_audio.substitute")
    monkeypatch.setattr(sys, "argv", ["psoas-audio", *words])
    output.print_any_text()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            status = main._run(debug=False)
        except SystemExit as error:
            status = error.code if isinstance(error.code, int) else 1
    printed.flush()
    return Done(status, data.getvalue().decode(errors="replace"), "")


@dataclass(frozen=True)
class Bench:
    """A folder to work in."""

    folder: Path

    def script(self, text: str, name: str = "s.yaml") -> str:
        """Write a script that has a title and no safety words; returns its name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"title: T\nsafety: none\n{text}", encoding="utf-8")
        return name

    def run(
        self,
        *arguments: str,
        env: dict[str, str] | None = None,
        prefix: Sequence[str] = (),
        before: Callable[[], None] | None = None,
        seconds: float = 240,
    ) -> Done:
        """``psoas-audio`` with *arguments*; fails where it shows a defect or a traceback."""
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "psoas_audio", *arguments],
            cwd=self.folder,
            env={**os.environ, **(env or {})},
            capture_output=True,
            timeout=seconds,
            preexec_fn=before,
        )
        out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
        assert DEFECT not in out + err, out + err
        assert NOT_LOADED not in out + err, out + err
        assert "Traceback" not in out + err, out + err
        return Done(done.returncode, out, err)

    def render(self, script: str, *arguments: str) -> Done:
        """Render *script* as ``s.mp3`` with a fast voice and no audible extras."""
        return self.run("render", script, "--engine", "espeak", "-f", "-o", "s.mp3", *arguments)
