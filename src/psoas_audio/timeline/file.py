"""Reads timelines from files of their own and from MP3s, and finds the one of a session."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.files import FileKind
from psoas_audio.timeline.embedded import MAX_TIMELINE_BYTES, embedded_timeline
from psoas_audio.timeline.model import Timeline
from psoas_audio.timeline.serialization import from_json

TIMELINE_SUFFIX = ".timeline.json"
"""What the name of a timeline file ends in, after the session's name."""
SESSION_SUFFIXES = frozenset((".mp3", ".wav", ".flac", ".m4a", ".m4b", ".opus", ".ogg"))
"""Suffixes of finished sessions; any other name is a script's or a timeline's."""
_TIMELINE_FILE = FileKind(
    "timeline", MAX_TIMELINE_BYTES, "Use the .timeline.json file that a render wrote."
)


def read_timeline_text(path: Path) -> str:
    """The JSON text of the timeline *path*, a ``.timeline.json`` file or an MP3 that carries one.

    Raises ``PsoasError`` if it can't be read.
    """
    if path.suffix.lower() != ".mp3":
        return _TIMELINE_FILE.read_text(path)
    text = embedded_timeline(path)
    if text is None:
        raise PsoasError(
            "this file carries no timeline.",
            where=str(path),
            hint="Give an MP3 that psoas-audio rendered, or the .timeline.json file beside it.",
        )
    return text


def read_timeline(path: str | Path) -> Timeline:
    """The timeline *path*, as :func:`read_timeline_text`; raises ``PsoasError``."""
    return from_json(read_timeline_text(Path(path)), str(path))


def timeline_beside(sound: Path) -> Path:
    """The path that the timeline file of the session *sound* has, whether it is there or not."""
    return sound.with_name(sound.stem + TIMELINE_SUFFIX)


def find_timeline(sound: Path) -> Path | None:
    """The file with the timeline of the session *sound*: itself, if it is an MP3 that carries one,
    else the file beside it; ``None`` if there is neither."""
    if sound.suffix.lower() == ".mp3" and embedded_timeline(sound) is not None:
        return sound
    beside = timeline_beside(sound)
    return beside if beside.is_file() else None
