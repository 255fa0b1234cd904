"""A command in a terminal, and what a person sees there."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROWS, COLUMNS = 30, 100
_TOKEN = re.compile(r"\x1b\[(\??)([\d;]*)([A-Za-z])|([\r\n])|([^\x1b\r\n]+)")
_OTHERS = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"}
"""What the terminal that the tests run in may have told."""
_START = """import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Makes the terminal the one that Ctrl-C is pressed in."""


class Screen:
    """What a terminal shows, for the few sequences that bars are drawn with."""

    def __init__(self) -> None:
        self.lines = [""]
        self.cursor = True
        """Whether it can be seen."""
        self.styles: set[str] = set()
        """Every style that was asked for, such as ``1;32``."""
        self._row = self._column = 0
        self._rest = ""

    def feed(self, text: str) -> None:
        """Take in *text*; one that isn't understood is an error."""
        text = self._rest + text
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                break
            at = found.end()
            self._act(*found.groups())
        self._rest = text[at:]
        assert len(self._rest) < 12, f"not understood: {self._rest!r}"

    def _act(self, private: str, number: str, code: str, ends: str, words: str) -> None:
        if words:
            line = self.lines[self._row].ljust(self._column)
            self._column += len(words)
            self.lines[self._row] = line[: self._column - len(words)] + words
            self.lines[self._row] += line[self._column :]
        elif ends == "\r":
            self._column = 0
        elif ends == "\n":
            self._row += 1
            if self._row == len(self.lines):
                self.lines.append("")
        elif private:
            assert number == "25", f"not understood: ?{number}{code}"
            self.cursor = code == "h"
        elif code == "m":
            self.styles.add(number)
        elif code == "A":
            self._row = max(0, self._row - int(number or 1))
        elif code == "K" and number == "2":
            self.lines[self._row] = ""
        else:
            raise AssertionError(f"not understood: {number}{code}")


@dataclass
class Seen:
    """A command that has ended."""

    status: int
    screen: Screen
    """What stands there at the end."""
    moments: list[list[str]] = field(default_factory=list)
    """The screen's lines after each change."""
    settings: tuple[list[Any], list[Any]] = ([], [])
    """The terminal's own, before and after."""


def seen(
    *words: str,
    env: dict[str, str] | None = None,
    press: Callable[[Screen], str] = lambda screen: "",
    **streams: int,
) -> Seen:
    """``psoas-audio`` with *words*, watched to its end; *press* tells what is typed, and when.

    *streams* (``stdout``, ``stderr``) go elsewhere than to the terminal.
    """
    ours, theirs = pty.openpty()
    try:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        before = termios.tcgetattr(theirs)
        command = [sys.executable, "-m", "psoas_audio", *words]
        own = {
            k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
        }
        process = subprocess.Popen(
            [sys.executable, "-c", _START, *command],
            stdin=theirs,
            stdout=streams.get("stdout", theirs),
            stderr=streams.get("stderr", theirs),
            start_new_session=True,
            env={**own, "TERM": "xterm-256color", **(env or {})},
        )
        screen, moments = Screen(), list[list[str]]()
        decoder = codecs.getincrementaldecoder("utf-8")()
        while True:
            ended = process.poll() is not None
            while _waits(ours):
                screen.feed(decoder.decode(os.read(ours, 4096)))
                moments.append(list(screen.lines))
                if typed := press(screen):
                    os.write(ours, typed.encode())
            if ended:
                break
        return Seen(process.returncode, screen, moments, (before, termios.tcgetattr(theirs)))
    finally:
        os.close(ours)
        os.close(theirs)


def _waits(terminal: int) -> bool:
    return bool(select.select([terminal], [], [], 0.05)[0])
