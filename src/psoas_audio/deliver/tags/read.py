"""What any sound file tells of itself in its tags: its title and its chapters."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutagen import File

from psoas_audio.timeline.model import Marker
from psoas_audio.units import ms_to_samples, seconds_to_samples

_MOST = 1000
"""Chapters that are looked at."""


def told(path: Path, length: int) -> tuple[str, tuple[Marker, ...]]:
    """Title and chapters of the file *path*, *length* samples long, as its tags have them.

    ID3 (MP3, WAV), Vorbis comments (FLAC, Ogg) and MP4. Nothing in them is trusted: what
    can't be read or doesn't lie in the file is left out.
    """
    title, starts = "", []
    with contextlib.suppress(Exception):  # a stranger's file: mutagen lets out more than its own
        file = File(path)
        title, starts = _title(file), sorted(_starts(file))[:_MOST]
    starts = [(start, name) for start, name in starts if 0 <= start < length]
    ends = [start for start, _ in starts[1:]] + [length]
    markers = tuple(
        Marker(f"m{number}", name, start, end - start)
        for number, ((start, name), end) in enumerate(zip(starts, ends, strict=False))
    )
    return title or path.stem, markers


def _title(file: Any) -> str:
    for name in ("TIT2", "title", "\xa9nam"):
        with contextlib.suppress(Exception):
            if found := file.tags.get(name):
                return _line(found[0])
    return ""


def _starts(file: Any) -> Iterator[tuple[int, str]]:
    """Start and title of each chapter, in samples."""
    tags = file.tags
    if hasattr(tags, "getall"):
        for frame in tags.getall("CHAP"):
            title = frame.sub_frames.get("TIT2")
            yield ms_to_samples(frame.start_time), _line(title) if title else ""
    elif getattr(file, "chapters", None):
        for chapter in file.chapters:
            yield seconds_to_samples(chapter.start), _line(chapter.title)
    else:
        for number in range(_MOST):
            name = f"CHAPTER{number:03}"
            if name in tags:
                hours, minutes, seconds = tags[name][0].split(":")
                at = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
                yield seconds_to_samples(at), _line(tags.get(f"{name}NAME", [""])[0])


def _line(text: object) -> str:
    return " ".join(str(text).split())
