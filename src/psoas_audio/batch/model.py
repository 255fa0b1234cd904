"""What goes to a worker and what comes back: plain values that can be pickled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from psoas_audio.drafting.naming import variant
from psoas_audio.drafting.settings import Settings
from psoas_audio.planning import Choices


@dataclass(frozen=True, slots=True)
class Job:
    """One session to be made."""

    script: str
    """A file, or the name of a shipped script."""
    choices: Choices
    settings: Settings
    """Its ``output`` is a folder."""

    @property
    def folder(self) -> Path:
        """Where the session goes."""
        return self.settings.output or Path()

    @property
    def name(self) -> str:
        """The job in words, for people, where its file's name isn't known yet."""
        words = variant(self.choices)
        return f"{Path(self.script).stem} {words}" if words else Path(self.script).stem


@dataclass(frozen=True, slots=True)
class Record:
    """What the manifest tells of one session."""

    inputs: str
    """The digest of what it was made from."""
    files: Mapping[str, str | None]
    """Digest of each of its files by name; ``None`` while they are being made."""
    length: int | None = None
    """Samples; ``None`` where that isn't known."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What planning tells of a job."""

    job: Job
    files: tuple[str, ...] = ()
    """Names of the files it will make, the session first; empty where there is an error."""
    length: int | None = None
    """Samples, estimated; ``None`` where only speaking will tell."""
    inputs: str = ""
    """The digest of what it will be made from."""
    error: str = ""
    """Why it can't be made, as a user is told; empty if nothing is known against it."""
    status: int = 0
    """What a single render would exit with: 3 where the script has errors."""

    @property
    def exists(self) -> bool:
        """Whether something has its session's name already."""
        return bool(self.files) and is_there(self.job.folder / self.files[0])

    @property
    def name(self) -> str:
        """The session's file, or the job in words."""
        return self.files[0] if self.files else self.job.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job."""

    job: Job
    name: str
    """The session's file, or the job in words where it got none."""
    files: tuple[Path, ...] = ()
    """Every file of it; empty where there is an error."""
    length: int = 0
    """Samples."""
    kept: bool = False
    """Whether it was there already, as it would be made."""
    error: str = ""
    """Why it isn't there, as a user is told."""
    status: int = 0
    """What a single render would exit with: 3 where the script has errors."""
    warnings: tuple[str, ...] = field(default=())
    """What a person should know though nothing failed."""


def is_there(path: Path) -> bool:
    """Whether something has the name *path*; nothing has one that no file can have."""
    try:
        return path.exists()
    except OSError:  # too long
        return False
