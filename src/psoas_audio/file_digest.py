"""Digests of files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from psoas_audio.files import FileKind

_ANY_FILE = FileKind("file", None, "Leave it in its place until the render is done, and try again.")


def digest(path: Path) -> str:
    """SHA-256 of the file *path*, in hexadecimal; raises ``PsoasError``."""
    with _ANY_FILE.open(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
