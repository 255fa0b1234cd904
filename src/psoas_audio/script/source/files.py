"""Files that a script is read from."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.files import FileKind
from psoas_audio.script.source.characters import MAX_SCRIPT_BYTES

SCRIPT_FILE = FileKind(
    "script",
    MAX_SCRIPT_BYTES,
    "Write the name of a .yaml file that is there and that you may read.",
    "Move parts of it into blocks of their own.",
)


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of the file *path*, called *shown* in messages; raises ``PsoasError``."""
    return SCRIPT_FILE.read(path, shown=shown)
