"""Helpers shared by engines: read speech from a sound file, and concatenate speech."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import BinaryIO

from psoas_audio.errors import SpeechError
from psoas_audio.files import FileKind
from psoas_audio.sound.untrusted_files import open_raw
from psoas_audio.speech.engine import Speech
from psoas_audio.speech.engines._headers import check_header

_SPEECH_FILE = FileKind(
    "engine's sound file", 200_000_000, "Choose another voice.", error=SpeechError
)


def read_speech(
    path: Path, kind: FileKind = _SPEECH_FILE, inside: Path | None = None
) -> tuple[bytes, int]:
    """Mono 16-bit samples and the sample rate in Hz, from any file that libsndfile supports.

    With *inside*, the file must be in that folder, with links resolved. Raises ``SpeechError``
    for a file that is empty, cut short, or not a sound file.
    """
    with open_raw(path, inside, kind) as raw:
        return _read_wav(raw) or _decoded(raw)


def _read_wav(raw: BinaryIO) -> tuple[bytes, int] | None:
    """Like :func:`read_speech`, for mono 16-bit WAV only; ``None`` for any other file."""
    try:
        with wave.open(raw) as file:
            channels, width, rate, frames = file.getparams()[:4]
            if (channels, width) == (1, 2):
                check_header(channels, rate, frames)
                pcm = file.readframes(frames)
                if len(pcm) != frames * 2:
                    raise SpeechError("the sound file ends too early")
                return pcm, rate
    except (wave.Error, EOFError, RuntimeError):  # RuntimeError: a chunk's size exceeds the file's
        pass
    return None


def _decoded(raw: BinaryIO) -> tuple[bytes, int]:
    from psoas_audio.speech.engines._decoding import decode  # loads numpy

    raw.seek(0)
    return decode(raw)


def join(pieces: list[Speech]) -> Speech:
    """*pieces* joined into one; word times are dropped if there are several."""
    if len(pieces) == 1:
        return pieces[0]
    first = pieces[0]
    return Speech(
        b"".join(piece.pcm for piece in pieces),
        first.sample_rate,
        all(piece.complete for piece in pieces),
        first.voice,
        silence_after=pieces[-1].silence_after,
        faults=tuple(fault for piece in pieces for fault in piece.faults),
    )
