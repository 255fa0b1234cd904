"""The length of a FLAC file, read without a library: ``check`` needs no more of a shipped bell."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.units import SAMPLE_RATE


def flac_length(path: Path) -> int | None:
    """Samples of the FLAC file *path* at 48 kHz; ``None`` for any other, or one that can't be read.

    As its first block, STREAMINFO, tells them (RFC 9639, 8.2). For files that are trusted.
    """
    try:
        with path.open("rb") as file:
            head = file.read(26)
    except OSError:
        return None
    if len(head) < 26 or head[:4] != b"fLaC" or head[4] & 0x7F:
        return None
    # Sample rate (20 bits), channels (3), bits per sample (5), samples (36).
    told = int.from_bytes(head[18:26])
    length = told & (1 << 36) - 1
    return length if told >> 44 == SAMPLE_RATE and length else None
