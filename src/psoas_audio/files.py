"""Opens files safely that a script, an option or a user names: regular files of limited size.

A file is opened without blocking and checked through its descriptor, so that it can't be swapped in
between. Everything but a regular file is rejected: a pipe could block, a device might never end.
If the file must be in a certain folder, links are resolved first and may not lead out of it.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psoas_audio.errors import PsoasError

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
"""Flags that the system lacks are left out; on Windows no path opens a pipe that blocks."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its size limit, and the messages for files that can't be read."""

    noun: str
    """What messages call it, such as ``script``."""
    max_bytes: int | None
    """``None`` for no limit; such a file must be read in blocks."""
    hint: str = "Check that the file exists and that you may read it."
    too_large_hint: str = ""
    """Hint for a file that is too large; ``hint`` if it is empty."""
    error: type[PsoasError] = PsoasError
    """The exception to raise."""

    @contextmanager
    def open(
        self, path: Path, *, inside: Path | None = None, shown: str = ""
    ) -> Iterator[io.BufferedReader[io.FileIO]]:
        """Open the file *path*, called *shown* in messages, for reading in binary.

        With *inside*, the file must be in that folder, with links resolved. Raises ``error`` if
        it is missing, unreadable, too large, outside the folder, or not a regular file.
        """
        where = shown or str(path)
        try:
            descriptor = os.open(*_resolved(path, inside))
        except _OutsideError:
            raise self.error(
                f"the {self.noun} is outside the folder {inside}.",
                where=where,
                hint="Copy it into that folder; links that lead out of it aren't followed.",
            ) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise self.unreadable(error, where) from error
        try:
            self._check(os.fstat(descriptor), where)
        except BaseException:
            os.close(descriptor)
            raise
        with io.FileIO(descriptor) as raw:
            yield io.BufferedReader(raw)

    def read(self, path: Path, *, inside: Path | None = None, shown: str = "") -> bytes:
        """All bytes of the file *path*; raises like :meth:`open`."""
        where = shown or str(path)
        with self.open(path, inside=inside, shown=shown) as file:
            try:
                data = file.read(-1 if self.max_bytes is None else self.max_bytes + 1)
            except OSError as error:
                raise self.unreadable(error, where) from error
        if self.max_bytes is not None and len(data) > self.max_bytes:  # it has grown since
            raise self._too_large(len(data), where)
        return data

    def read_text(self, path: Path, *, inside: Path | None = None, shown: str = "") -> str:
        """The file *path* as UTF-8 text; raises like :meth:`open`, and if it isn't UTF-8."""
        try:
            return self.read(path, inside=inside, shown=shown).decode("utf-8")
        except UnicodeDecodeError as error:
            raise self.error(
                f"the {self.noun} can't be read: it isn't UTF-8 text.",
                where=shown or str(path),
                hint=self.hint,
            ) from error

    def _check(self, status: os.stat_result, where: str) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise self.error(f"the {self.noun} isn't a file.", where=where, hint=self.hint)
        if self.max_bytes is not None and status.st_size > self.max_bytes:
            raise self._too_large(status.st_size, where)

    def unreadable(self, error: Exception, where: str) -> PsoasError:
        """What to raise for *error* of the system about the file *where*."""
        reason = getattr(error, "strerror", None) or "its name can't be used"
        return self.error(
            f"the {self.noun} can't be read: {reason.lower()}.", where=where, hint=self.hint
        )

    def _too_large(self, size: int, where: str) -> PsoasError:
        return self.error(
            f"the {self.noun} has {size:,} bytes; at most {self.max_bytes:,} are read.",
            where=where,
            hint=self.too_large_hint or self.hint,
        )


class _OutsideError(Exception):
    """A path leads out of the required folder."""


def _resolved(path: Path, inside: Path | None) -> tuple[Path, int]:
    """The real path of *path*, and the flags to open it with."""
    if inside is None:
        return path, _FLAGS
    real = path.resolve(strict=True)
    if not real.is_relative_to(inside.resolve(strict=True)):
        raise _OutsideError
    return real, _FLAGS | _NO_LINK


def make_folder(path: Path) -> None:
    """Make the folder *path* and those above it, however many; raises ``OSError``."""
    missing = [path]
    while missing:
        try:
            missing[-1].mkdir(exist_ok=True)
        except FileNotFoundError:
            if missing[-1].parent.is_dir():  # it takes no folders, as /proc doesn't
                raise
            missing.append(missing[-1].parent)
        else:
            missing.pop()


def user_path(text: str, name: str) -> Path:
    """The path *text* from the variable or option *name*, with ``~`` expanded.

    Raises ``PsoasError`` if there is no home folder for the ``~``.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise PsoasError(
            f"there is no home folder for the '~' in {text!r}.",
            where=name,
            hint="Write the whole path.",
        ) from None
