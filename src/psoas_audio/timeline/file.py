"""Timeline files: read from disk, and named beside the session they belong to."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.files import FileKind
from psoas_audio.timeline.model import Timeline
from psoas_audio.timeline.serialization import from_json

TIMELINE_SUFFIX = ".timeline.json"
"""What follows the session's name."""
MAX_TIMELINE_BYTES = 64 * 1024 * 1024
"""A timeline of hours has a few million bytes."""
_TIMELINE_FILE = FileKind(
    "timeline", MAX_TIMELINE_BYTES, "Give the .timeline.json file that a render wrote."
)


def read_timeline_text(path: Path) -> str:
    """The text of the timeline file *path*; raises ``PsoasError`` where it can't be read."""
    return _TIMELINE_FILE.read_text(path)


def read_timeline(path: Path) -> Timeline:
    """The timeline in the file *path*; raises ``PsoasError`` where there is none."""
    return from_json(read_timeline_text(path), str(path))


def timeline_beside(sound: Path) -> Path:
    """Where the timeline of the session *sound* lies, if it was written."""
    return sound.with_name(sound.stem + TIMELINE_SUFFIX)
