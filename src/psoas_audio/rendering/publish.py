"""Finished files take their names all at once, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from psoas_audio.errors import OutputError

_PREFIX = ".psoas-audio-"
_SUFFIX = ".part"


class Publication:
    """Files written beside their targets under temporary names, then renamed together.

    Leaving the context without :meth:`publish` removes them; what stood under the
    final names is touched only by the renames.
    """

    def __init__(self, overwrite: bool) -> None:
        self._overwrite = overwrite
        self._parts: dict[Path, Path] = {}

    def __enter__(self) -> Publication:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for part in self._parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        self._parts.clear()

    def reserve(self, target: Path) -> None:
        """Make sure that *target* may be written; raises :class:`OutputError` if not."""
        if target.is_dir():
            raise OutputError("there is a folder of this name.", where=str(target))
        if target.exists() and not self._overwrite:
            raise OutputError(
                "this file is there already.",
                where=str(target),
                hint="Use --force to replace it, or --output to name another.",
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _failed(target, error) from error

    @contextlib.contextmanager
    def open(self, target: Path) -> Iterator[BinaryIO]:
        """A temporary file that becomes *target*; on disk when the context ends."""
        part = target.with_name(f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}")
        self._parts[target] = part
        try:
            with part.open("xb+") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _failed(target, error) from error

    def write(self, target: Path, data: bytes) -> None:
        """*data* as the file that becomes *target*."""
        with self.open(target) as file:
            file.write(data)

    def part(self, target: Path) -> Path:
        """Where what becomes *target* lies for now."""
        return self._parts[target]

    def publish(self) -> tuple[Path, ...]:
        """Give every file its name, in the order written; returns the names."""
        done: list[Path] = []
        for target, part in list(self._parts.items()):
            try:
                part.replace(target)
            except OSError as error:
                raise _failed(target, error) from error
            del self._parts[target]
            done.append(target)
        for folder in {target.parent for target in done}:
            _sync(folder)
        return tuple(done)


def sweep(folder: Path, older_than: float) -> int:
    """Remove temporary files that a killed render left in *folder*; returns how many.

    *older_than* is a time in seconds since the epoch: younger ones may be in use.
    """
    removed = 0
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < older_than:
                    path.unlink()
                    removed += 1
    return removed


def _sync(folder: Path) -> None:
    # Windows can't open folders, and some file systems can't sync them: the files are safe anyway.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(target: Path, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(
        f"this file could not be written: {reason}.",
        where=str(target),
        hint="Nothing that was there is lost. Free some space or choose another --output.",
    )
