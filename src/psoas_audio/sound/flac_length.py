"""Reads the length of a shipped FLAC file from its header, without a decoder or numpy."""

from __future__ import annotations

from pathlib import Path

from mutagen import MutagenError
from mutagen.flac import FLAC

from psoas_audio.units import SAMPLE_RATE


def flac_length(path: Path) -> int | None:
    """Samples of the FLAC file *path* at 48 kHz; ``None`` for any other, or one that can't be read.

    For files that are trusted: ``check`` asks it for shipped bells.
    """
    try:
        info = FLAC(path).info
    except (MutagenError, OSError):
        return None
    length = int(info.total_samples)
    return length if info.sample_rate == SAMPLE_RATE and length else None
