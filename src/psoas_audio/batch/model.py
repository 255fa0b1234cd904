"""Jobs, plans and outcomes: the plain values that are sent to workers and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from psoas_audio.drafting.file_names import variant_label
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.speech.server_costs import ServerCosts


@dataclass(frozen=True, slots=True)
class Job:
    """One session to render."""

    script: str
    """A file, or the name of a shipped script."""
    choices: Choices
    settings: Settings
    """Its ``output`` is a folder."""

    @property
    def folder(self) -> Path:
        """Where the session is written."""
        return self.settings.output or Path()

    @property
    def name(self) -> str:
        """The job's script and choices in words, for use until its file name is known."""
        words = variant_label(self.choices)
        return f"{Path(self.script).stem} {words}" if words else Path(self.script).stem


@dataclass(frozen=True, slots=True)
class ManifestRecord:
    """What the manifest says about one session."""

    inputs: str
    """The digest of everything that it was made from."""
    files: Mapping[str, str | None]
    """File name to digest; ``None`` while the file is being made."""
    length: int | None = None
    """Samples; ``None`` if unknown."""


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A job with the results of planning it."""

    job: Job
    files: tuple[str, ...] = ()
    """Names of the files it will write, the session first; empty if there is an error."""
    length: int | None = None
    """Samples, estimated; ``None`` if the lines have to be spoken first."""
    inputs: str = ""
    """The digest of everything that it will be made from."""
    costs: ServerCosts = field(default=ServerCosts())
    """What would be sent to speech servers."""
    error: str = ""
    """Why it can't be rendered, as shown to the user; empty if it can, as far as is known."""
    status: int = 0
    """The exit code that a single render would have: 3 if the script has errors."""

    @property
    def exists(self) -> bool:
        """Whether a file with the session's name exists already."""
        return bool(self.files) and exists(self.job.folder / self.files[0])

    @property
    def name(self) -> str:
        """The name of the session's file; the job in words if there is an error."""
        return self.files[0] if self.files else self.job.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended."""

    job: Job
    name: str
    """The name of the session's file; the job in words if it got none."""
    files: tuple[Path, ...] = ()
    """All its files; empty if there is an error."""
    length: int = 0
    """Samples."""
    kept: bool = False
    """Whether the session was already there and up to date."""
    error: str = ""
    """Why there is no session, as shown to the user."""
    status: int = 0
    """What a single render would exit with: 3 if the script has errors."""
    warnings: tuple[str, ...] = field(default=())
    """What the user should know although the render succeeded."""


def exists(path: Path) -> bool:
    """Whether *path* exists; false for a name that is too long for any file."""
    try:
        return path.exists()
    except OSError:
        return False
