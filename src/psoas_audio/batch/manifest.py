"""The record of what a batch has rendered, in its folder, so that an interrupted run can resume.

The manifest is a file of JSON lines. One is appended when a session is started, with the names of
its files but no digests, and another when it is finished; the last line about a session counts.
Each worker writes its own lines, so they survive if the process that started it is killed. A line
that can't be read (left incomplete by a crash, or mixed up by two machines that write to a network
folder at once) is skipped: that session is rendered again, which is quick, since its takes and
blocks are in the cache. A file counts as finished only while its digest matches.
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
    256_000_000,  # bytes; a session takes about two thousand
    "Move it away, or choose another --output; the sessions there will be rendered again.",
    error=OutputError,
)


def read_manifest(folder: Path) -> dict[str, ManifestRecord]:
    """The last record of each session in *folder*, by the name of its file.

    Empty if there is no manifest; unreadable lines are skipped. Raises :class:`OutputError` for a
    manifest that can't be opened.
    """
    path = folder / MANIFEST_NAME
    if not os.path.lexists(path):
        return {}
    lines = _MANIFEST_FILE.read(path).splitlines()
    records: dict[str, ManifestRecord] = {}
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            fields = json.loads(line)
            files = {str(name): value for name, value in fields["files"].items()}
            length = fields.get("samples")
            records[str(fields["session"])] = ManifestRecord(
                str(fields["inputs"]), files, length if isinstance(length, int) else None
            )
    return records


def append_record(folder: Path, session: str, record: ManifestRecord) -> None:
    """Append *record* of *session* to the manifest in *folder*; raises :class:`OutputError`."""
    path = folder / MANIFEST_NAME
    fields = {
        "session": session,
        "inputs": record.inputs,
        "files": dict(record.files),
        "samples": record.length,
    }
    line = json.dumps(fields, ensure_ascii=False).encode() + b"\n"
    try:
        with path.open("ab+") as file:
            if file.seek(0, os.SEEK_END) and _last_byte(file) != b"\n":
                line = b"\n" + line  # the line before is incomplete
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _cannot_write(path, error) from error


def is_finished(
    folder: Path, record: ManifestRecord | None, names: Iterable[str], inputs: str
) -> bool:
    """Whether *record* says that *names* were all made from *inputs*, and none has changed."""
    if record is None or record.inputs != inputs:
        return False
    return all(_matches(folder / name, record.files.get(name)) for name in names)


def may_replace(folder: Path, record: ManifestRecord | None, names: Iterable[str]) -> bool:
    """Whether each of the files *names* either is in the session's *record* or doesn't exist."""
    recorded = record.files if record is not None else {}
    return all(name in recorded or not exists(folder / name) for name in names)


def _matches(path: Path, expected: str | None) -> bool:
    try:
        return expected is not None and digest(path) == expected
    except PsoasError:
        return False


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"the batch's manifest can't be written: {system_reason(error)}.",
        where=str(path),
        hint=f"{system_hint(error, '')} Then run the batch again; it will resume.".lstrip(),
    )
