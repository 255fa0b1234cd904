"""Reads title and chapters from the tags of any sound file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutagen import File

from psoas_audio.timeline.model import Marker
from psoas_audio.units import ms_to_samples, seconds_to_samples

_MAX_CHAPTERS = 1000


def read_tags(path: Path, length: int) -> tuple[str, tuple[Marker, ...]]:
    """Title and chapters of the sound file *path*, which is *length* samples long.

    Reads ID3 (MP3, WAV), Vorbis comments (FLAC, Ogg) and MP4. What can't be read, or lies outside
    the file, is left out. A file without a title has its name.
    """
    title, starts = "", []
    with contextlib.suppress(Exception):  # mutagen raises more than its own errors
        file = File(path)
        title, starts = _title(file), sorted(_starts(file))[:_MAX_CHAPTERS]
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
    """Start (samples) and title of each chapter."""
    tags = file.tags
    if hasattr(tags, "getall"):
        for frame in tags.getall("CHAP"):
            title = frame.sub_frames.get("TIT2")
            yield ms_to_samples(frame.start_time), _line(title) if title else ""
    elif getattr(file, "chapters", None):
        for chapter in file.chapters:
            yield seconds_to_samples(chapter.start), _line(chapter.title)
    else:
        for number in range(_MAX_CHAPTERS):
            name = f"CHAPTER{number:03}"
            if name in tags:
                hours, minutes, seconds = tags[name][0].split(":")
                at = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
                yield seconds_to_samples(at), _line(tags.get(f"{name}NAME", [""])[0])


def _line(text: object) -> str:
    return " ".join(str(text).split())
