"""The settings of a render that don't change what a listener hears: files, workers, cache."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a render is written, which files come with it, and what it may use."""

    output: Path | None = None
    """A file, or a folder (one that exists, or a name without suffix); ``None`` for here."""
    overwrite: bool = False
    outputs: frozenset[str] = frozenset()
    """Which of :data:`~psoas_audio.rendering.outputs.OUTPUTS` to write beside the session."""
    format: str = "mp3"
    """One of :data:`~psoas_audio.rendering.session_formats.SESSION_FORMATS`."""
    kbps: int | None = None
    """Bit rate in kilobits per second; ``None`` for the script's, or that of the format."""
    pictures: bool = True
    """Whether an MP3 has its cover and the chapters' pictures in its tag, where they come before
    the sound."""
    producer: bool = False
    """Write stems, labels, a Reaper project and the review page too."""
    deep_check: bool = False
    """Decode the finished file from end to end, although each block is checked when encoded."""
    workers: int | None = None
    """How many threads and speech workers; ``None`` for one per core."""
    cache: Path | None = None
    """The cache's folder; ``None`` for the user's own."""
    remote: str | None = None
    """URL (``s3://…``) of a shared cache, which is used through the local one."""
