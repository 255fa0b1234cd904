"""Reads title and chapters from the tags of any sound file."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, get_args

from mutagen.flac import FLAC
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from psoas_audio.files import FileKind
from psoas_audio.id3_reader import read_id3
from psoas_audio.timeline.model import Marker, Timeline, Track, TrackName
from psoas_audio.units import ms_to_samples, seconds_to_samples

_MAX_CHAPTERS = 1000
_SOUND_FILE = FileKind("sound file", None)
_MAX_READ_BYTES = 8_000_000
_MAX_READS = 20_000
"""What mutagen may read of a file: the memory that it takes is in proportion."""


def read_tags(path: Path, length: int) -> tuple[str, tuple[Marker, ...]]:
    """Title and chapters of the sound file *path*, which is *length* samples long.

    Reads ID3 (MP3, WAV), Vorbis comments (FLAC, Ogg) and MP4. What can't be read, or lies outside
    the file, is left out. A file without a title has its name.
    """
    title = ""
    starts: list[tuple[int, str]] = []
    # Of a stranger's file, mutagen raises more than its own errors.
    with contextlib.suppress(Exception), _SOUND_FILE.open(path) as file:
        title, starts = _read(_Bounded(file.detach()))
    starts = sorted((start, name) for start, name in starts if 0 <= start < length)
    starts = starts[:_MAX_CHAPTERS]
    ends = [start for start, _ in starts[1:]] + [length]
    markers = tuple(
        Marker(f"m{number}", name, start, end - start)
        for number, ((start, name), end) in enumerate(zip(starts, ends, strict=False))
    )
    return title or path.stem, markers


def timeline_from_tags(path: Path, length: int, channels: int) -> Timeline:
    """A timeline with only the title and the chapters of the sound file *path*, without clips.

    *length* is in samples.
    """
    title, markers = read_tags(path, length)
    tracks = tuple(Track(name, ()) for name in get_args(TrackName))
    return Timeline(path.stem, title, "en", 2 if channels == 2 else 1, length, tracks, markers)


class _Bounded(io.BufferedReader):
    """A file that can't be read for ever: raises ``OSError`` beyond what a tag needs."""

    bytes_left = _MAX_READ_BYTES
    reads_left = _MAX_READS

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self.bytes_left + 1 if size is None or size < 0 else size
        self.bytes_left -= wanted
        self.reads_left -= 1
        if min(self.bytes_left, self.reads_left) < 0:
            raise OSError("its tags are too large")
        return super().read(wanted)


def _read(file: _Bounded) -> tuple[str, list[tuple[int, str]]]:
    """Title, and start (samples) and title of each chapter."""
    with file:
        head = file.read(64)
        file.seek(0)
        if head.startswith(b"RIFF"):
            _seek_wav_tag(file)
        if head.startswith((b"ID3", b"RIFF")):
            tag = read_id3(file)
            starts = [(ms_to_samples(each.start_ms), _line(each.title)) for each in tag.chapters]
            return _line(tag.title), starts
        if head.startswith(b"fLaC"):
            tags: Any = FLAC(file)
        elif head.startswith(b"OggS"):
            tags = (OggOpus if b"OpusHead" in head else OggVorbis)(file)
        else:
            tags = MP4(file)
        return _title(tags), list(_starts(tags))


def _seek_wav_tag(file: BinaryIO) -> None:
    """Go to the ID3 tag of a WAV file; raises ``ValueError`` where there is none."""
    file.seek(12)
    while len(head := file.read(8)) == 8:
        if head[:4].lower() == b"id3 ":
            return
        size = int.from_bytes(head[4:], "little")
        file.seek(size + size % 2, io.SEEK_CUR)
    raise ValueError("no tag")


def _title(file: Any) -> str:
    for name in ("title", "\xa9nam"):
        with contextlib.suppress(Exception):
            if found := file.tags.get(name):
                return _line(found[0])
    return ""


def _starts(file: Any) -> Iterator[tuple[int, str]]:
    """Start and title of each chapter, in samples."""
    tags = file.tags
    if getattr(file, "chapters", None):
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
