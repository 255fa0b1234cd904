"""What several engines need: speech out of a sound file, and pieces of speech in a row."""

from __future__ import annotations

import wave
from pathlib import Path

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Speech
from psoas_audio.units import SAMPLE_RATE

_LONGEST = 600
"""Seconds; no utterance is longer."""
_RATES = range(8_000, 192_001)
"""Samples per second."""


def read_sound(path: Path) -> tuple[bytes, int]:
    """Mono 16-bit samples and their rate, from a WAV, AIFF or any other file libsndfile reads.

    Raises ``SpeechError`` for a file that is empty, torn or no sound.
    """
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, frames = file.getparams()[:4]
            if (channels, width) == (1, 2):
                _check(channels, rate, frames)
                pcm = file.readframes(frames)
                if len(pcm) != frames * 2:
                    raise SpeechError("the sound file breaks off")
                return pcm, rate
    except (wave.Error, EOFError):
        pass
    return _read_any(path)


def _read_any(path: Path) -> tuple[bytes, int]:
    import numpy as np  # plain files, which most engines write, do without
    import soundfile

    from psoas_audio.sound.stream import SoundStream

    try:
        with SoundStream(path) as file:
            _check(file.channels, file.samplerate, file.frames)
            rate, left, pieces = file.samplerate, file.frames, []
            # In blocks: memory follows what is there, not what is claimed.
            for block in file.onward(1 << 16):
                mono = block.mean(axis=1, dtype=np.float64) * 32768
                if not np.isfinite(mono).all():
                    raise SpeechError("the sound file holds samples that are not numbers")
                pieces.append(np.clip(np.rint(mono), -32768, 32767).astype("<i2").tobytes())
                left -= len(block)
    except (soundfile.SoundFileError, RuntimeError, TypeError) as error:
        raise SpeechError(f"the engine wrote no readable sound file: {error}") from error
    if left:
        raise SpeechError("the sound file breaks off")
    return b"".join(pieces), rate


def _check(channels: int, rate: int, frames: int) -> None:
    """Refuse what a header says before memory is taken for it; raises ``SpeechError``."""
    if rate not in _RATES or not 1 <= channels <= 2 or frames > _LONGEST * min(rate, SAMPLE_RATE):
        raise SpeechError(
            f"a sound file of {frames:,} frames at {rate:,} Hz on {channels} channels"
            " can't be an utterance"
        )


def join(pieces: list[Speech]) -> Speech:
    """*pieces* in a row; word positions are dropped when there are several."""
    if len(pieces) == 1:
        return pieces[0]
    first = pieces[0]
    return Speech(
        b"".join(piece.pcm for piece in pieces),
        first.sample_rate,
        all(piece.complete for piece in pieces),
        first.voice,
    )
