"""What several engines need: speech out of a sound file, and pieces of speech in a row."""

from __future__ import annotations

import wave
from pathlib import Path

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Speech
from psoas_audio.speech.engines._headers import check_header


def read_sound(path: Path) -> tuple[bytes, int]:
    """Mono 16-bit samples and their rate, from a WAV, AIFF or any other file libsndfile reads.

    Raises ``SpeechError`` for a file that is empty, torn or no sound.
    """
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, frames = file.getparams()[:4]
            if (channels, width) == (1, 2):
                check_header(channels, rate, frames)
                pcm = file.readframes(frames)
                if len(pcm) != frames * 2:
                    raise SpeechError("the sound file breaks off")
                return pcm, rate
    except (wave.Error, EOFError):
        pass
    from psoas_audio.speech.engines._decoding import decode  # loads numpy

    return decode(path)


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
