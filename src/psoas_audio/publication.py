"""Finished files take their names all at once, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import BinaryIO

from psoas_audio.errors import OutputError

_PREFIX = ".psoas-audio-"
_SUFFIX = ".part"
_STALE = 3600.0
"""Seconds after which a temporary file belongs to no render: one at work writes to it."""


class Publication:
    """Files written beside their targets under temporary names, then renamed together.

    Leaving the context without :meth:`publish` removes them; what stood under the
    final names is touched only by the renames.
    """

    def __init__(self, overwrite: bool) -> None:
        self._overwrite = overwrite
        self._parts: dict[Path, Path] = {}
        self._old: dict[Path, Path | None] = {}
        """What stood under a name before its rename: a second name of it, if anything did."""
        self._last: Path | None = None
        """The part that is renamed last: with it gone, all have their names."""

    def __enter__(self) -> Publication:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._tidy()
        except BaseException:  # interrupted: a signal ends us once, so that this one is undisturbed
            self._tidy()
            raise

    def reserve(self, target: Path) -> None:
        """Make sure that *target* may be written; raises :class:`OutputError` if not."""
        try:
            status = None
            with contextlib.suppress(FileNotFoundError):
                status = target.stat()
            target.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise _failed(target, error) from error
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise OutputError(
                "what has this name is no plain file.",
                where=str(target),
                hint="Choose another --output.",
            )
        if status is not None and not self._overwrite:
            raise OutputError(
                "this file is there already.",
                where=str(target),
                hint="Use --force to replace it, or --output to name another.",
            )

    @contextlib.contextmanager
    def open(self, target: Path) -> Iterator[BinaryIO]:
        """A temporary file that becomes *target*; on disk when the context ends."""
        part = self._parts[target] = _temporary(target)
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

    @property
    def parts(self) -> Mapping[Path, Path]:
        """Where everything written so far lies, by what it becomes."""
        return MappingProxyType(self._parts)

    def publish(self) -> tuple[Path, ...]:
        """Give every file its name, in the order written; returns the names.

        All of them, or what stood there before stays: raises :class:`OutputError` then.
        """
        targets = tuple(self._parts)
        if not targets:
            return ()
        self._last = self._parts[targets[-1]]
        for target in targets:
            try:
                if target != targets[-1]:  # after the last one nothing can fail any more
                    self._keep(target)
                self._parts[target].replace(target)
            except OSError as error:
                raise _failed(target, error) from error
        self._tidy()
        for folder in {target.parent for target in targets}:
            _sync(folder)
        return targets

    def _keep(self, target: Path) -> None:
        """Give what *target* is a second name; raises ``OSError``."""
        if not target.exists():
            self._old[target] = None
            return
        self._old[target] = copy = _temporary(target)
        try:
            os.link(target, copy)
        except OSError:  # some file systems have no links
            half = _temporary(target)  # which must never be taken for what it is a copy of
            try:
                shutil.copy2(target, half)
                half.replace(copy)
            finally:
                half.unlink(missing_ok=True)

    def _tidy(self) -> None:
        """Put back what was there unless all is published, and remove every temporary file."""
        published = self._last is not None and not self._last.exists()
        for target, copy in self._old.items():
            with contextlib.suppress(OSError):
                if copy is not None and not published:
                    copy.replace(target)
                elif copy is None and not published:
                    target.unlink(missing_ok=True)
        # A replace leaves both names where they were of one file, so that copies go in any case.
        for path in (*self._old.values(), *self._parts.values()):
            with contextlib.suppress(OSError):
                if path is not None:
                    path.unlink(missing_ok=True)
        self._old.clear()
        self._parts.clear()


def remove_stale_parts(folder: Path) -> int:
    """Remove temporary files that killed renders left in *folder*; returns how many.

    Those touched within the last hour, by a clock that may be wrong, may be in use.
    """
    removed = 0
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if abs(time.time() - path.stat().st_mtime) > _STALE:
                    path.unlink()
                    removed += 1
    return removed


def _temporary(target: Path) -> Path:
    """A name beside *target* that nothing has yet."""
    return target.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")


def _sync(folder: Path) -> None:
    # Windows can't open folders, and some file systems can't sync them: the files are safe anyway.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(target: Path, error: OSError | ValueError) -> OutputError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return OutputError(
        f"this file could not be written: {reason}.",
        where=str(target),
        hint="Nothing that was there is lost. Free some space or choose another --output.",
    )
