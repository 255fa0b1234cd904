"""The file formats a session can be written in: one row each.

This module stays cheap to import, since ``psoas-audio render --help`` reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from psoas_audio.errors import PsoasError
from psoas_audio.units import BIT_RATES


class SessionFormat(NamedTuple):
    """A format of sound files."""

    name: str
    """What ``--format`` takes, and the file's suffix without the dot."""
    media_type: str
    sound: str
    """How the sound is coded, for the docs."""
    texts: str
    """How chapters and texts are carried, for the docs."""
    podcast_type: str = ""
    """The media type that podcast directories know it by; empty if they don't take it."""
    needs_ffmpeg: bool = False

    @property
    def has_bit_rate(self) -> bool:
        """Whether its sound is coded at a bit rate, and so loses something."""
        return self.name not in ("wav", "flac")


SESSION_FORMATS: dict[str, SessionFormat] = {
    row.name: row
    for row in (
        SessionFormat(
            "mp3",
            "audio/mpeg",
            "LAME; 96 kb/s mono, 128 kb/s stereo",
            "ID3v2.3, cover",
            podcast_type="audio/mpeg",
        ),
        SessionFormat("wav", "audio/wav", "24 bit", "ID3v2.3 in a chunk of its own, cover"),
        SessionFormat("flac", "audio/flac", "24 bit", "Vorbis comments, cover"),
        SessionFormat(
            "m4a",
            "audio/mp4",
            "AAC; 96 kb/s mono, 160 kb/s stereo",
            "MP4 chapters, cover",
            podcast_type="audio/x-m4a",
            needs_ffmpeg=True,
        ),
        SessionFormat(
            "m4b",
            "audio/mp4",
            "AAC; 96 kb/s mono, 160 kb/s stereo",
            "MP4 chapters, cover",
            podcast_type="audio/x-m4a",
            needs_ffmpeg=True,
        ),
        SessionFormat(
            "opus",
            "audio/ogg",
            "Opus; 64 kb/s mono, 112 kb/s stereo",
            "Vorbis comments; no cover",
            needs_ffmpeg=True,
        ),
    )
}
"""Every format by its name, in the order in which they are listed."""


def bit_rate(kbps: int | None, format_name: str) -> int | None:
    """*kbps*, or ``None``; raises :class:`PsoasError` if *format_name* isn't encoded at it."""
    if kbps is not None and not SESSION_FORMATS[format_name].has_bit_rate:
        raise PsoasError(
            f"{format_name} files have no bit rate to choose.",
            hint="Leave out --bitrate, or choose mp3.",
        )
    if kbps is not None and kbps not in BIT_RATES:
        raise PsoasError(
            f"{kbps} isn't a bit rate that sessions are encoded at.",
            hint=f"The bit rates are {', '.join(map(str, BIT_RATES))} kb/s.",
        )
    return kbps


def format_of(name: str | None, output: Path | None) -> str:
    """The format's name: *name*, else what the suffix of *output* says, else ``mp3``.

    Raises :class:`PsoasError` for an unknown format, or if the two contradict each other.
    """
    suffix = "" if output is None or output.is_dir() else output.suffix[1:].lower()
    chosen = name or (suffix if suffix in SESSION_FORMATS else "mp3")
    if chosen not in SESSION_FORMATS:
        raise PsoasError(
            f"there is no format called {chosen!r}.",
            hint=f"The formats are {', '.join(SESSION_FORMATS)}.",
        )
    if suffix and suffix not in SESSION_FORMATS:
        raise PsoasError(
            f"'.{suffix}' isn't a format: {', '.join(SESSION_FORMATS)}.",
            where=str(output),
            hint="End the file name in one of these; a folder with this name must exist already.",
        )
    if suffix in SESSION_FORMATS and suffix != chosen:
        raise PsoasError(
            f"the file name ends in .{suffix}, but --format is {chosen}.",
            where=str(output),
            hint="Leave out --format, or change the ending of the file name.",
        )
    return chosen
