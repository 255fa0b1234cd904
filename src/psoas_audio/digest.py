"""Digests of files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from psoas_audio.errors import PsoasError


def digest(path: Path) -> str:
    """SHA-256 of the file *path*, in hexadecimal; raises :class:`PsoasError`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PsoasError(
            f"this file can't be read any more: {(error.strerror or str(error)).lower()}.",
            where=str(path),
            hint="Leave it in its place until the render is done, and try again.",
        ) from error
