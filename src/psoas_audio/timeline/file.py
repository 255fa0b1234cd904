"""Timeline files: read from disk, and named beside the session they belong to."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.timeline.model import Timeline
from psoas_audio.timeline.serialization import from_json

TIMELINE_SUFFIX = ".timeline.json"
"""What follows the session's name."""
MAX_TIMELINE_BYTES = 64 * 1024 * 1024
"""A timeline of hours has a few million bytes."""


def read_timeline_text(path: Path) -> str:
    """The text of the timeline file *path*; raises :class:`PsoasError` where it can't be read."""
    try:
        if path.stat().st_size > MAX_TIMELINE_BYTES:
            raise PsoasError(
                "this file is too large for a timeline.",
                where=str(path),
                hint="Give the .timeline.json file that a render wrote.",
            )
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise PsoasError(
            f"this timeline can't be read: {(reason or str(error)).lower()}.",
            where=str(path),
            hint="Give the .timeline.json file that a render wrote.",
        ) from error


def read_timeline(path: Path) -> Timeline:
    """The timeline in the file *path*; raises :class:`PsoasError` where there is none."""
    return from_json(read_timeline_text(path), str(path))


def timeline_beside(sound: Path) -> Path:
    """Where the timeline of the session *sound* lies, if it was written."""
    return sound.with_name(sound.stem + TIMELINE_SUFFIX)
