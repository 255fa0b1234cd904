"""Reads the bytes of script files, within their limit."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.files import FileKind
from psoas_audio.script.source.limits import MAX_SCRIPT_BYTES

SCRIPT_FILE = FileKind(
    "script",
    MAX_SCRIPT_BYTES,
    "Give the path of a .yaml file that exists and that you may read.",
    "Move parts of it into blocks of their own.",
)


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of the file *path*, called *shown* in messages; raises ``PsoasError``."""
    return SCRIPT_FILE.read(path, shown=shown)
