"""What a sound file's header may claim before memory is taken for it."""

from __future__ import annotations

from psoas_audio.errors import SpeechError
from psoas_audio.units import SAMPLE_RATE

_MAX_SECONDS = 600
"""Seconds; no utterance is longer."""
_RATES = range(8_000, 192_001)
"""Samples per second."""


def check_header(channels: int, rate: int, frames: int) -> None:
    """Refuse what a header says before memory is taken for it; raises ``SpeechError``."""
    if (
        rate not in _RATES
        or not 1 <= channels <= 2
        or frames > _MAX_SECONDS * min(rate, SAMPLE_RATE)
    ):
        raise SpeechError(
            f"a sound file of {frames:,} frames at {rate:,} Hz on {channels} channels"
            " can't be an utterance"
        )
