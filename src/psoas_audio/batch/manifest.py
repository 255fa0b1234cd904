"""The record of what a batch has rendered, kept in its folder so that an interrupted run can go on.

The manifest is a file of JSON lines. One is appended when a session is begun and another when it
is finished; the last line about a session counts. The process that renders a session writes its
lines, so that they survive the process that asked for it. A line that can't be read (torn by a
crash, or by two machines writing at once to a network folder) is skipped: that session is rendered
again, which is quick, since its takes and blocks are in the cache. A file counts as finished only
while its digest matches.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from psoas_audio.batch.model import ManifestRecord, exists
from psoas_audio.errors import OutputError, PsoasError, system_hint, system_reason
from psoas_audio.file_digest import digest
from psoas_audio.files import FileKind

MANIFEST_NAME = "batch.jsonl"
_MANIFEST_FILE = FileKind(
    "batch's manifest",
    256_000_000,  # a session takes some two thousand
    "Move it away, or choose another --output; what is made there is then made again.",
    error=OutputError,
)


def read_manifest(folder: Path) -> dict[str, ManifestRecord]:
    """The last record of each session in *folder*, by the name of its file.

    Empty if there is no manifest; raises :class:`OutputError` if there is one that can't be read.
    """
    path = folder / MANIFEST_NAME
    if not os.path.lexists(path):
        return {}
    lines = _MANIFEST_FILE.read(path).splitlines()
    found: dict[str, ManifestRecord] = {}
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            plain = json.loads(line)
            files = {str(name): value for name, value in plain["files"].items()}
            length = plain.get("samples")
            found[str(plain["session"])] = ManifestRecord(
                str(plain["inputs"]), files, length if isinstance(length, int) else None
            )
    return found


def append_record(folder: Path, session: str, record: ManifestRecord) -> None:
    """Append *record* of *session* to the manifest in *folder*; raises :class:`OutputError`."""
    path = folder / MANIFEST_NAME
    plain = {
        "session": session,
        "inputs": record.inputs,
        "files": dict(record.files),
        "samples": record.length,
    }
    line = json.dumps(plain, ensure_ascii=False).encode() + b"\n"
    try:
        with path.open("ab+") as file:
            if file.seek(0, os.SEEK_END) and _last_byte(file) != b"\n":
                line = b"\n" + line  # the line before was torn
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _failed("can't be written", path, error) from error


def is_finished(
    folder: Path, record: ManifestRecord | None, names: Iterable[str], inputs: str
) -> bool:
    """Whether *record* has all files *names* as made from *inputs*, and they are unharmed."""
    if record is None or record.inputs != inputs:
        return False
    return all(_matches(folder / name, record.files.get(name)) for name in names)


def may_replace(folder: Path, record: ManifestRecord | None, names: Iterable[str]) -> bool:
    """Whether each of the files *names* either belongs to the batch or doesn't exist."""
    own = record.files if record is not None else {}
    return all(name in own or not exists(folder / name) for name in names)


def _matches(path: Path, known: str | None) -> bool:
    try:
        return known is not None and digest(path) == known
    except PsoasError:
        return False


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


def _failed(what: str, path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"the batch's manifest {what}: {system_reason(error)}.",
        where=str(path),
        hint=f"{system_hint(error, '')} Run the batch again then: it will go on.".lstrip(),
    )
