"""Decodes formats that libsndfile doesn't know, with ffmpeg if it is installed.

ffmpeg would follow a playlist to other files and URLs. So it never sees the folder of
the file: it gets a copy in an empty folder, is told which of a few containers it is,
and may open nothing but files.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from psoas_audio.errors import SoundError
from psoas_audio.temporary import temporary_folder

FFMPEG_TIMEOUT_S = 120
"""For decoding one file."""
MAX_DECODED_BYTES = 180_000_000
"""Written by ffmpeg for a bed or bell: more than the longest one that is allowed."""

_CONTAINERS = (
    (4, b"ftyp", "mov"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
)
"""Offset and bytes that identify a container, and ffmpeg's name for it."""


def find_container(raw: BinaryIO) -> str | None:
    """ffmpeg's name for the container in *raw*; ``None`` if it isn't one of those allowed."""
    raw.seek(0)
    head = raw.read(16)
    for at, magic, name in _CONTAINERS:
        if head[at : at + len(magic)] == magic:
            return name
    return None


@contextmanager
def transcode_to_wav(
    raw: BinaryIO, name: str, where: str, most: int = MAX_DECODED_BYTES
) -> Iterator[Path]:
    """A temporary WAV file of the sound in *raw*, a container *name*, cut at *most* bytes.

    Raises ``SoundError`` if ffmpeg is missing or fails.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise SoundError(
            "reading this format needs ffmpeg, which is not installed",
            where=where,
            hint="Install ffmpeg, or save the sound as wav, flac, ogg or mp3.",
        )
    with temporary_folder() as folder:
        source, made = Path(folder, "in"), Path(folder, "out.wav")
        raw.seek(0)
        with source.open("wb") as copy:
            shutil.copyfileobj(raw, copy)
        command = [
            *(program, "-v", "error", "-nostdin"),
            *("-protocol_whitelist", "file", "-f", name, "-i", f"file:{source}"),
            *("-map", "0:a:0", "-map_metadata", "-1", "-fs", str(most)),
            *("-c:a", "pcm_s24le", "-f", "wav", f"file:{made}"),
        ]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=FFMPEG_TIMEOUT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise SoundError(
                "ffmpeg could not read the sound",
                where=where,
                hint="Save it as wav, flac, ogg or mp3.",
            ) from fault
        if done.returncode != 0 or not made.is_file():
            messages = done.stderr.decode(errors="replace").strip().splitlines()
            raise SoundError(
                "ffmpeg could not read the sound",
                where=where,
                hint=messages[-1].replace(folder, "") if messages else "",
            )
        yield made
