"""Publishes files atomically: either all of them get their names, or no existing file changes."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import BinaryIO

from psoas_audio.errors import OutputError, system_hint, system_reason
from psoas_audio.files import make_folder

_PREFIX = ".psoas-audio-"
_SUFFIX = ".part"
_STALE_AFTER_S = 3600.0
"""Seconds since the last write after which a temporary file can't belong to a running render."""


def name_key(path: Path) -> str:
    """A key that is equal for paths that some file system treats as the same file.

    Neither case nor the Unicode form of accents makes a difference.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(path)).casefold())


def refuse_equal_names(files: Iterable[tuple[str, Path]]) -> None:
    """Raise :class:`OutputError` if files of two makers would have the same name.

    *files* are pairs of what makes the file, for the message, and its path. The same maker may
    have the same path twice.
    """
    makers: dict[str, str] = {}
    for maker, path in files:
        first = makers.setdefault(name_key(path), maker)
        if first != maker:
            raise OutputError(
                f"{first} and {maker} would both be written to this file.",
                where=str(path),
                hint="Write them to separate folders, or rename one of them.",
            )


class Publication:
    """Files that are written under temporary names, and then renamed together.

    Leaving the context without :meth:`publish` removes them. Only the renames touch existing files.
    """

    def __init__(
        self,
        overwrite: bool,
        exists_hint: str = "Use --force to replace it, or --output to choose another name.",
    ) -> None:
        self._overwrite = overwrite
        self._exists_hint = exists_hint
        self._reserved: dict[str, Path] = {}
        self._parts: dict[Path, Path] = {}
        """Final path to temporary path."""
        self._backups: dict[Path, Path | None] = {}
        """Final path to a second name of the existing file; ``None`` if there was no file."""
        self._last_part: Path | None = None
        """The part that is renamed last: once it is gone, all files have their names."""

    def __enter__(self) -> Publication:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._clean_up()
        except BaseException:  # only the first signal interrupts us, so this one runs to its end
            self._clean_up()
            raise

    def reserve(self, path: Path) -> None:
        """Make sure that *path* may be written; raises :class:`OutputError` if it may not."""
        try:
            status = None
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
            make_folder(path.parent)
        except (OSError, ValueError) as error:
            raise _failed(path, error) from error
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise OutputError(
                "this is not a regular file, so it can't be replaced.",
                where=str(path),
                hint="Choose another --output.",
            )
        if status is not None and not self._overwrite:
            raise OutputError(
                "this file already exists.",
                where=str(path),
                hint=self._exists_hint,
            )
        first = self._reserved.setdefault(name_key(path), path)
        if first != path:
            raise OutputError(
                f"{first} would have the same name.",
                where=str(path),
                hint="On many systems upper and lower case make no difference in file names:"
                " rename one.",
            )

    @contextlib.contextmanager
    def open(self, path: Path) -> Iterator[BinaryIO]:
        """Open a temporary file that will become *path*; it is on disk when the context ends.

        If this isn't the first for *path*, the one before is removed.
        """
        if path in self._parts:
            with contextlib.suppress(OSError):
                self._parts[path].unlink()
        part = self._parts[path] = _temporary_path(path)
        try:
            with part.open("xb+") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _failed(path, error) from error

    def write(self, path: Path, data: bytes) -> None:
        """Write *data* to a temporary file that will become *path*."""
        with self.open(path) as file:
            file.write(data)

    def part(self, path: Path) -> Path:
        """The temporary path of the file that will become *path*."""
        return self._parts[path]

    @property
    def parts(self) -> Mapping[Path, Path]:
        """Final path to temporary path, of all files written so far."""
        return MappingProxyType(self._parts)

    def publish(self) -> tuple[Path, ...]:
        """Give every file its final name, in the order of writing; returns the final paths.

        Raises :class:`OutputError` if that fails; no existing file has changed then.
        """
        paths = tuple(self._parts)
        if not paths:
            return ()
        self._last_part = self._parts[paths[-1]]
        for path in paths:
            try:
                if path != paths[-1]:  # the last needs no backup: after it nothing can fail
                    self._back_up(path)
                self._parts[path].replace(path)
            except OSError as error:
                raise _failed(path, error) from error
        self._clean_up()
        for folder in {path.parent for path in paths}:
            _sync_folder(folder)
        return paths

    def _back_up(self, path: Path) -> None:
        """Give the existing file *path* a second name; raises ``OSError``."""
        if not path.exists():
            self._backups[path] = None
            return
        self._backups[path] = backup = _temporary_path(path)
        try:
            os.link(path, backup)
        except OSError:  # some file systems have no links
            incomplete = _temporary_path(path)  # renamed once it is a complete copy
            try:
                shutil.copy2(path, incomplete)
                incomplete.replace(backup)
            finally:
                incomplete.unlink(missing_ok=True)

    def _clean_up(self) -> None:
        """Restore the existing files unless all was published, and remove all temporary files."""
        published = self._last_part is not None and not self._last_part.exists()
        for path, backup in self._backups.items():
            with contextlib.suppress(OSError):
                if backup is not None and not published:
                    backup.replace(path)
                elif backup is None and not published:
                    path.unlink(missing_ok=True)
        # Renaming one link of a file to another link of it does nothing and leaves both, so backups
        # are always removed.
        for temporary in (*self._backups.values(), *self._parts.values()):
            with contextlib.suppress(OSError):
                if temporary is not None:
                    temporary.unlink(missing_ok=True)
        self._backups.clear()
        self._parts.clear()


def remove_stale_parts(folder: Path) -> int:
    """Remove the temporary files that killed renders left in *folder*; returns how many.

    Files that were written to within the last hour stay, since they may be in use. So do files
    dated up to an hour in the future: the clock may be wrong.
    """
    removed = 0
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if abs(time.time() - path.stat().st_mtime) > _STALE_AFTER_S:
                    path.unlink()
                    removed += 1
    return removed


def _temporary_path(path: Path) -> Path:
    """An unused name in the folder of *path*."""
    return path.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")


def _sync_folder(folder: Path) -> None:
    # Windows can't open folders, some file systems can't sync them; the files are safe.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(path: Path, error: OSError | ValueError) -> OutputError:
    advice = system_hint(error, "Choose another --output.")
    return OutputError(
        f"this file could not be written: {system_reason(error)}.",
        where=str(path),
        hint=f"No existing file has changed. {advice}",
    )
