"""Reads timeline files, and finds the one of a session."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.files import FileKind
from psoas_audio.timeline.model import Timeline
from psoas_audio.timeline.serialization import from_json

TIMELINE_SUFFIX = ".timeline.json"
"""What the name of a timeline file ends in, after the session's name."""
SESSION_SUFFIXES = frozenset((".mp3", ".wav", ".flac", ".m4a", ".m4b", ".opus", ".ogg"))
"""Suffixes of finished sessions; any other name is a script's or a timeline's."""
MAX_TIMELINE_BYTES = 64 * 1024 * 1024
"""Bytes of a timeline file; that of a session of hours has a few million."""
_TIMELINE_FILE = FileKind(
    "timeline", MAX_TIMELINE_BYTES, "Use the .timeline.json file that a render wrote."
)


def read_timeline_text(path: Path) -> str:
    """The text of the timeline file *path*; raises ``PsoasError`` if it can't be read."""
    return _TIMELINE_FILE.read_text(path)


def read_timeline(path: Path) -> Timeline:
    """The timeline in the file *path*; raises ``PsoasError`` if it can't be read."""
    return from_json(read_timeline_text(path), str(path))


def timeline_beside(sound: Path) -> Path:
    """The path that the timeline file of the session *sound* has, whether it is there or not."""
    return sound.with_name(sound.stem + TIMELINE_SUFFIX)
