"""Opening files that a script, an option or a folder names: regular files of a bounded size.

One guarded way for every kind. A file is opened without blocking, looked at through its
descriptor, so that nothing can be put in its place meanwhile, and refused unless it is a regular
file: a pipe would be waited for, and a device never ends. Where it has to lie in a folder, links
are resolved first and may not lead out of it.
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
"""Flags that a system lacks are left out: Windows has no pipes that a path could name."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files of one kind: how large they may be, and what is said of those that can't be read."""

    noun: str
    """What a message calls one, such as ``script``."""
    max_bytes: int | None
    """``None`` for any size: then the file has to be read in pieces."""
    hint: str = "See that the file is there and that you may read it."
    too_large_hint: str = ""
    """What to do about one that is too large; ``hint`` where this is empty."""
    error: type[PsoasError] = PsoasError
    """What is raised."""

    @contextmanager
    def open(
        self, path: Path, *, inside: Path | None = None, shown: str = ""
    ) -> Iterator[io.BufferedReader[io.FileIO]]:
        """The file *path*, called *shown* in messages, open for reading in binary.

        With *inside*, it has to lie in that folder, links resolved. Raises ``error`` with a
        sentence where it is missing, unreadable, too large, outside, or no regular file.
        """
        where = shown or str(path)
        try:
            descriptor = os.open(*_resolved(path, inside))
        except _OutsideError:
            raise self.error(
                f"the {self.noun} lies outside the folder {inside}.",
                where=where,
                hint="Copy it into that folder; a link that leads out isn't followed.",
            ) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise self._unreadable(error, where) from error
        try:
            self._check(os.fstat(descriptor), where)
        except BaseException:
            os.close(descriptor)
            raise
        with io.FileIO(descriptor) as raw:
            yield io.BufferedReader(raw)

    def read(self, path: Path, *, inside: Path | None = None, shown: str = "") -> bytes:
        """All bytes of the file *path*; raises as :meth:`open` does."""
        where = shown or str(path)
        with self.open(path, inside=inside, shown=shown) as file:
            try:
                data = file.read(-1 if self.max_bytes is None else self.max_bytes + 1)
            except OSError as error:
                raise self._unreadable(error, where) from error
        if self.max_bytes is not None and len(data) > self.max_bytes:  # it grew meanwhile
            raise self._too_large(len(data), where)
        return data

    def read_text(self, path: Path, *, inside: Path | None = None, shown: str = "") -> str:
        """The file *path* as UTF-8 text; raises as :meth:`open` does, and where it is none."""
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

    def _unreadable(self, error: Exception, where: str) -> PsoasError:
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
    """A path leads out of its folder."""


def _resolved(path: Path, inside: Path | None) -> tuple[Path, int]:
    """What to open for *path*, and with which flags."""
    if inside is None:
        return path, _FLAGS
    real = path.resolve(strict=True)
    if not real.is_relative_to(inside.resolve(strict=True)):
        raise _OutsideError
    return real, _FLAGS | _NO_LINK


def user_path(text: str, name: str) -> Path:
    """The path that a user wrote as *text* in the variable or option *name*, ``~`` put in.

    Raises ``PsoasError`` where its ``~`` is nobody's home.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise PsoasError(
            f"there is no home folder for the '~' in {text!r}.",
            where=name,
            hint="Write the whole path.",
        ) from None
