"""Rewrites the files of scripts in place, where their text can only mean one thing."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from psoas_audio.atomic_files import Publication
from psoas_audio.errors import PsoasError
from psoas_audio.script.fixes import Fix, fix_source
from psoas_audio.script.source.files import read_bytes


@dataclass(frozen=True, slots=True)
class FixedFile:
    """What was, or would be, changed in a file."""

    fixes: tuple[Fix, ...]
    diff: str
    """As ``diff -u`` shows it; empty where nothing changes."""


def fix_file(script: str, *, dry_run: bool) -> FixedFile:
    """Fix the file *script* in place; with *dry_run* it stays as it is.

    Raises :class:`PsoasError` where there is no such file, or it can't be written.
    """
    path = Path(script)
    if not path.is_file():
        raise PsoasError(
            f"there is no file '{script}' to fix.", hint="Name the .yaml file of a script."
        )
    before = read_bytes(path, script)
    after, fixes = fix_source(before)
    if fixes and not dry_run:
        _replace(path.resolve(), after)  # a link stays a link
    texts = (data.decode("utf-8", "replace") for data in (before, after))
    old, new = (text.splitlines(keepends=True) for text in texts)
    return FixedFile(fixes, "".join(unified_diff(old, new, script, script)))


def _replace(path: Path, data: bytes) -> None:
    """Give *path* the content *data*, all at once; raises :class:`OutputError`."""
    with Publication(overwrite=True) as publication:
        publication.reserve(path)
        publication.write(path, data)
        publication.part(path).chmod(path.stat().st_mode)
        publication.publish()
