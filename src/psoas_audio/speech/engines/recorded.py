"""``recorded``: takes of a human narrator, one file per line in a folder."""

from __future__ import annotations

import hashlib
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
    """An engine whose voice is a folder; :func:`recording_id` names each line's file."""

    name = "recorded"

    def fingerprint(self, request: Request) -> str:
        with RECORDING.open(_file(request), inside=Path(str(request.voice))) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rates(self, voice: str | None) -> Sequence[float]:  # noqa: ARG002
        return ()

    def has_fixed_pitch(self, voice: str | None) -> bool:  # noqa: ARG002
        return True

    def voices(self) -> Sequence[VoiceInfo]:
        return []

    def speak(self, request: Request) -> Speech:
        pcm, sample_rate = read_speech(_file(request), RECORDING, Path(str(request.voice)))
        # Only the folder's name: the session's recipients shouldn't see the full path.
        return Speech(pcm, sample_rate, True, Path(str(request.voice)).name)


def recording_id(text: str) -> str:
    """The name of a line's recording: its first five words and a digest of all words.

    Case, spaces and punctuation don't matter. Any other change of the text changes the name, so
    that an outdated recording is never used.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]
    return "-".join([*words[:5], digest])


def find_recording(folder: Path, text: str) -> Path | None:
    """Path of the recording of *text* in *folder*, or ``None``."""
    name = recording_id(text)
    paths = [folder / (name + suffix) for suffix in SUFFIXES]
    return next((path for path in paths if _is_there(path)), None)


def _is_there(path: Path) -> bool:
    """Whether *path* leads to anything, or may not be looked at: it is told when it is opened."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _file(request: Request) -> Path:
    if request.voice is None or not Path(request.voice).is_dir():
        raise SpeechError(
            f"there is no folder of recordings “{request.voice or ''}”",
            hint="The voice of the engine “recorded” is a folder.",
        )
    found = find_recording(Path(request.voice), request.written)
    if found is None:
        name = recording_id(request.written)
        raise SpeechError(f"this line has no recording: {name}.wav is missing")
    return found
