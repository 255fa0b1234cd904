"""How a session is rendered, besides what its listener hears in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a render goes and what comes with it."""

    output: Path | None = None
    """The file's name, or a folder (which exists, or whose name has no suffix); ``None``: here."""
    overwrite: bool = False
    outputs: frozenset[str] = frozenset()
    """Which of :data:`~psoas_audio.rendering.outputs.OUTPUTS` to write beside the session."""
    format: str = "mp3"
    """One of :data:`~psoas_audio.rendering.formats.SESSION_FORMATS`."""
    producer: bool = False
    """Write stems, labels, a Reaper project and the review page too."""
    deep_check: bool = False
    """Decode the finished file from end to end too, besides every block as it is encoded."""
    workers: int | None = None
    """Threads and speech workers; ``None`` takes one a core."""
    cache: Path | None = None
    """The store's folder; ``None`` takes the user's own."""
    remote: str | None = None
    """URL (``s3://…``) of a store that others share; what it gives and gets is kept here too."""
