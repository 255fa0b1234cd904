"""``recorded``: a folder of a human's takes, one file per line."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from psoas_audio.errors import SpeechError
from psoas_audio.files import FileKind
from psoas_audio.speech.engine import Request, Speech, VoiceInfo
from psoas_audio.speech.engines._files import read_speech

SUFFIXES = (".wav", ".flac", ".aiff", ".aif", ".ogg", ".mp3")
RECORDING = FileKind(
    "recording",
    200_000_000,
    "Export it again as a WAV or FLAC file into the folder of recordings.",
    error=SpeechError,
)


class Recorded:
    """Its voice is the folder; a line's file is called by :func:`recording_id`."""

    name = "recorded"

    def fingerprint(self, request: Request) -> str:
        with RECORDING.open(_file(request), inside=Path(str(request.voice))) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rates(self, voice: str | None) -> Sequence[float]:  # noqa: ARG002
        return ()

    def voices(self) -> Sequence[VoiceInfo]:
        return []

    def speak(self, request: Request) -> Speech:
        pcm, sample_rate = read_speech(_file(request), RECORDING, Path(str(request.voice)))
        # The folder's own name: the whole path is nobody's business who gets the session.
        return Speech(pcm, sample_rate, True, Path(str(request.voice)).name)


def recording_id(text: str) -> str:
    """The name of a line's recording: its first words, and a digest of all of them.

    The case, the spaces and the signs don't matter; any other change of the words makes another
    name, so that an old recording is never taken for the new words.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]
    return "-".join([*words[:5], digest])


def find_recording(folder: Path, text: str) -> Path | None:
    """What has the name of the recording of *text*, if anything has."""
    name = recording_id(text)
    paths = [folder / (name + suffix) for suffix in SUFFIXES]
    return next((path for path in paths if os.path.lexists(path)), None)


def _file(request: Request) -> Path:
    if request.voice is None or not Path(request.voice).is_dir():
        raise SpeechError(
            f"there is no folder of recordings “{request.voice or ''}”",
            hint="The voice of the engine “recorded” is a folder.",
        )
    found = find_recording(Path(request.voice), request.written)
    if found is None:
        name = recording_id(request.written)
        raise SpeechError(f"this line is not recorded: there is no {name}.wav")
    return found
