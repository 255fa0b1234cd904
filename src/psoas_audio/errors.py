"""The base error and its kinds: what is wrong, where, and what to do.

The command line prints :meth:`PsoasError.report` and exits with
:attr:`PsoasError.exit_code`. A user sees no other exception's text.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a script."""

    path: str
    """The file as the user named it."""
    line: int
    """Line, from 1; for a script in a mapping, the number of the value."""
    column: int
    """Column, from 1."""
    key: str = ""
    """The keys that lead there, as ``chapters[0].steps[2]``, in a mapping; empty in a text."""

    def __str__(self) -> str:
        if self.key:
            return f"{self.path}: {self.key}"
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a script, with its place."""

    mark: Mark
    """Where it is."""
    rule: str
    """The rule's short name, such as ``unknown-key``."""
    message: str
    """What is wrong, in one sentence."""
    hint: str = ""
    """What to do about it; may be empty."""
    severity: Severity = "error"
    """``error`` stops a render, ``warning`` does not."""

    @property
    def sentence(self) -> str:
        """Its place, message and hint, without its severity and rule."""
        return f"{self.mark}: {self.message} {self.hint}".rstrip()

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.mark}: {self.severity}: {self.message}{hint} [{self.rule}]"


class PsoasError(Exception):
    """An error that a user can do something about."""

    exit_code = 1

    def __init__(self, what: str, *, where: Mark | str | None = None, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        """One sentence."""
        self.where = where
        """A place in a script, or a file's name."""
        self.hint = hint
        """What to do about it; may be empty."""

    def report(self) -> str:
        """The lines shown to a user."""
        place = f"{self.where}: " if self.where is not None else ""
        return f"{place}error: {self.what}" + (f"\n  {self.hint}" if self.hint else "")

    def __str__(self) -> str:
        return self.report()


class ScriptError(PsoasError):
    """A script that can't be rendered: all its problems at once, sorted by place."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.mark, p.rule)))
        """Every problem found, errors and warnings, sorted by place."""
        errors = sum(p.severity == "error" for p in self.problems)
        super().__init__(f"the script has {errors} error{'s' * (errors != 1)}")

    def report(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class LengthError(PsoasError):
    """A length that the script can't have."""


class SpeechError(PsoasError):
    """A line that could not be spoken, or an engine that can't be used."""


class TranscriptionError(PsoasError):
    """A speech recognition model that is missing, or that doesn't know a language."""


class SoundError(PsoasError):
    """A sound file that is missing, unusable or broken."""


class CacheError(PsoasError):
    """The cache on disk can't be read or written."""


class EncodeError(PsoasError):
    """The encoder failed."""


class OutputError(PsoasError):
    """A file that could not be written, or that may not be overwritten."""


class QcError(PsoasError):
    """The finished file has faults and was not published."""


class OvershootError(QcError):
    """The peaks of an encoded file are above the limit."""

    def __init__(self, what: str, over_db: float, *, hint: str) -> None:
        super().__init__(what, hint=hint)
        self.over_db = over_db
        """By how many dB."""


def system_reason(error: Exception) -> str:
    """The reason for *error* in the words of the operating system: ``permission denied``."""
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()


def library_reason(error: Exception) -> str:
    """The reason in the message of a library, which may begin with names of its own.

    ``Error opening <_Reader name=3>: Format not recognised.`` becomes ``format not recognised``.
    """
    return str(error).rstrip(".: ").rpartition(": ")[2].lower() or type(error).__name__


def system_hint(error: Exception, default: str) -> str:
    """What to do about *error* of the operating system; *default* if nothing is known of it."""
    return _SYSTEM_HINTS.get(getattr(error, "errno", None) or 0, default)


def report_of(error: Exception, debug_command: str = "psoas-audio --debug …") -> str:
    """The lines that a user sees for any *error*; an unexpected one is reported as a bug."""
    match error:
        case PsoasError():
            return error.report()
        case FileNotFoundError() if error.filename is None:  # as os.getcwd() raises it
            what = "the current folder no longer exists."
            return PsoasError(what, hint="Change to another folder and try again.").report()
        case OSError():
            where = str(error.filename) if error.filename else None
            hint = system_hint(error, "Check that it exists and that you may use it.")
            what = f"the operating system reported an error: {system_reason(error)}."
            return PsoasError(what, where=where, hint=hint).report()
        case MemoryError():
            what = "there is not enough memory."
            return PsoasError(what, hint="Close other programs, or use fewer --workers.").report()
        case ImportError() | LookupError() if _is_not_loadable(error):
            what = f"a part of the program can't be loaded: {error}."
            hint = f"Install psoas-audio again. If that doesn't help, report '{debug_command}'."
            return PsoasError(what, hint=hint).report()
        case RuntimeError() if "start new thread" in str(error):
            what = "the system doesn't allow this user any more threads."
            return PsoasError(what, hint=_SYSTEM_HINTS[errno.EAGAIN]).report()
    what = str(error).partition("\n")[0]
    return (
        f"error: an unexpected error occurred ({type(error).__name__}: {what}).\n"
        f"  Run the command again with '{debug_command}' and report the output."
    )


def _is_not_loadable(error: Exception) -> bool:
    """Whether *error* means that a file of Python or of a package could not be read."""
    return isinstance(error, ImportError) or str(error).startswith("unknown encoding")


_SYSTEM_HINTS = {
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "Check that you may read and write there, or choose another place.",
    ),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "Free some space, or choose another place."),
    **dict.fromkeys(
        (errno.EMFILE, errno.ENFILE), "Close other programs, or allow more open files (ulimit -n)."
    ),
    **dict.fromkeys(
        (errno.EAGAIN, errno.ENOMEM),
        "Close other programs, or allow more processes and threads (ulimit -u).",
    ),
    errno.ENAMETOOLONG: "Choose a shorter name.",
}
"""What to do, by the number of the system's error."""
