"""Decode any sound file that libsndfile supports to mono 16-bit samples."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np
import soundfile

from psoas_audio.errors import SpeechError, library_reason
from psoas_audio.sound.stream import SoundStream
from psoas_audio.speech.engines._headers import UnusableSoundError, check_header

_MOST_OVER = 8.0
"""A floating-point file whose samples exceed full scale by more has another scale altogether."""


def decode(raw: BinaryIO) -> tuple[bytes, int]:
    """Little-endian 16-bit mono samples and the sample rate in Hz; raises ``SpeechError``."""
    try:
        with SoundStream(raw) as file:
            check_header(file.channels, file.samplerate, file.frames)
            rate, frames_left, pieces = file.samplerate, file.frames, []
            # In blocks, so that memory grows with the actual data, not with the header's claim.
            for block in file.onward(1 << 16):
                mono = block.mean(axis=1, dtype=np.float64) * 32768
                if not np.isfinite(mono).all():
                    raise SpeechError("the sound file contains samples that are not numbers")
                if np.abs(mono).max(initial=0.0) > _MOST_OVER * 32768:
                    raise UnusableSoundError(
                        "the sound file's samples are many times beyond full scale",
                        hint="Its floating-point samples must lie between -1 and 1.",
                    )
                pieces.append(np.clip(np.rint(mono), -32768, 32767).astype("<i2").tobytes())
                frames_left -= len(block)
    except (soundfile.SoundFileError, RuntimeError, TypeError) as error:
        raise SpeechError(f"this sound file can't be read: {library_reason(error)}") from error
    if frames_left:
        raise SpeechError("the sound file ends too early")
    return b"".join(pieces), rate
