"""Tags of formats without ID3: Vorbis comments, and metadata for ffmpeg."""

from __future__ import annotations

import re
from collections.abc import Iterator

from psoas_audio.deliver.details import Details
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import samples_to_ms, timestamp


def common_tags(details: Details) -> dict[str, str]:
    """The tags that Vorbis comments and MP4 have in common, by ffmpeg's names; none is empty."""
    tags = {
        "title": details.title,
        "artist": details.artist,
        "album": details.album,
        "album_artist": details.author,
        "publisher": details.author,
        "date": str(details.year or ""),
        "track": str(details.track or ""),
        "genre": details.genre,
        "comment": details.comment,
        "description": details.summary,
        "language": details.language,
        "encoder": f"psoas-audio {details.version}".strip(),
    }
    return {name: " ".join(text.split()) for name, text in tags.items() if text}


_VORBIS_NAMES = {
    "album_artist": "ALBUMARTIST",
    "publisher": "ORGANIZATION",
    "track": "TRACKNUMBER",
}


def vorbis_comments(timeline: Timeline, details: Details) -> Iterator[tuple[str, str]]:
    """Name and text of each comment; chapters are ``CHAPTER000`` and ``CHAPTER000NAME``."""
    for name, text in common_tags(details).items():
        yield _VORBIS_NAMES.get(name, name.upper()), text
    for name, text in (
        ("SCRIPT-DIGEST", details.digest),
        ("VARIANT", details.variant),
        ("DIGITAL-SOURCE-TYPE", details.digital_source),
    ):
        if text:
            yield name, text
    if details.made:
        yield "MADE", details.made
    for number, marker in enumerate(timeline.markers):
        yield f"CHAPTER{number:03}", timestamp(marker.start)
        yield f"CHAPTER{number:03}NAME", " ".join(marker.title.split())


def ffmetadata(timeline: Timeline, details: Details) -> str:
    """The same tags as a metadata file for ffmpeg, with chapters in milliseconds."""
    lines = [";FFMETADATA1"]
    lines += [f"{name}={_escaped(text)}" for name, text in common_tags(details).items()]
    for marker in timeline.markers:
        start, end = samples_to_ms(marker.start), samples_to_ms(marker.end)
        title = _escaped(" ".join(marker.title.split()))
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={end}", f"title={title}"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return re.sub(r"([=;#\\])", r"\\\1", text.replace("\0", ""))
