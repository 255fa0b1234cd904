"""What a batch has made, kept in its folder: how a run that was cut off goes on.

A file of JSON lines, one appended when a session is begun and one when it is finished; the last
one about a session counts. Whoever makes a session writes its lines, so that none is lost with
the process that asked for it. A line that can't be read (torn by a crash, or by two machines at
once on a network folder) is passed over: what it told of is made again, quickly, from the store.
Nothing is believed without the files' own digests.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from psoas_audio.batch.model import Record, is_there
from psoas_audio.digest import digest
from psoas_audio.errors import OutputError, PsoasError

NAME = "batch.jsonl"


def read_manifest(folder: Path) -> dict[str, Record]:
    """The last record of each session in *folder*, by its file's name."""
    path = folder / NAME
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _failed("can't be read", path, error) from error
    found: dict[str, Record] = {}
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            plain = json.loads(line)
            files = {str(name): value for name, value in plain["files"].items()}
            length = plain.get("samples")
            found[str(plain["session"])] = Record(
                str(plain["inputs"]), files, length if isinstance(length, int) else None
            )
    return found


def append(folder: Path, session: str, record: Record) -> None:
    """Put *record* of *session* at the manifest's end; raises :class:`OutputError`."""
    path = folder / NAME
    plain = {
        "session": session,
        "inputs": record.inputs,
        "files": dict(record.files),
        "samples": record.length,
    }
    line = json.dumps(plain, ensure_ascii=False).encode() + b"\n"
    try:
        with path.open("ab+") as file:
            if file.seek(0, os.SEEK_END) and _last(file) != b"\n":
                line = b"\n" + line  # after a torn one
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _failed("can't be written", path, error) from error


def is_made(folder: Path, record: Record | None, names: Iterable[str], inputs: str) -> bool:
    """Whether the files *names* are there, finished, unharmed, and made from *inputs*."""
    if record is None or record.inputs != inputs:
        return False
    return all(_is_whole(folder / name, record.files.get(name)) for name in names)


def may_replace(folder: Path, record: Record | None, names: Iterable[str]) -> bool:
    """Whether each of the files *names* is a batch's own, or isn't there."""
    own = record.files if record is not None else {}
    return all(name in own or not is_there(folder / name) for name in names)


def _is_whole(path: Path, known: str | None) -> bool:
    try:
        return known is not None and digest(path) == known
    except PsoasError:
        return False


def _last(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


def _failed(what: str, path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"the batch's manifest {what}: {(error.strerror or str(error)).lower()}.",
        where=str(path),
        hint="Free some space or see to its rights, and run the batch again: it goes on.",
    )
