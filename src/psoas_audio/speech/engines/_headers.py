"""Limits on a sound file's header, checked before memory is allocated."""

from __future__ import annotations

from psoas_audio.errors import SpeechError
from psoas_audio.units import SAMPLE_RATE

_MAX_SECONDS = 600
"""No utterance is longer."""
_SAMPLE_RATES_HZ = range(8_000, 192_001)


class UnusableSoundError(SpeechError):
    """A sound file that is whole, but that can't be an utterance."""


def check_header(channels: int, rate: int, frames: int) -> None:
    """Raise ``UnusableSoundError`` if the file can't be one utterance; *rate* is in Hz."""
    if (
        rate not in _SAMPLE_RATES_HZ
        or not 1 <= channels <= 2
        or frames > _MAX_SECONDS * min(rate, SAMPLE_RATE)
    ):
        raise UnusableSoundError(
            f"a sound file of {frames:,} frames at {rate:,} Hz on {channels} channels"
            " can't be an utterance"
        )
