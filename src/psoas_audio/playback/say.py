"""One line on its own: heard, saved or explained."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import soundfile

from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.errors import SpeechError
from psoas_audio.playback.players import play_file
from psoas_audio.publication import Publication
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes
from psoas_audio.units import SAMPLE_RATE


def save(line: Line, path: Path) -> None:
    """Write the take of *line* as a WAV file, as it would enter the mix."""

    takes = Takes(Cache(default_folder()))
    takes.make([line])
    buffer = io.BytesIO()
    samples = takes.read(line.id)
    soundfile.write(buffer, samples, SAMPLE_RATE, format="WAV", subtype="PCM_16")
    with Publication(overwrite=True) as publication:
        publication.reserve(path)
        publication.write(path, buffer.getvalue())
        publication.publish()


def hear(line: Line) -> None:
    """Play the take of *line*; raises :class:`SpeechError` where nothing can play it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        save(line, path)
        if play_file(path):
            return
    raise SpeechError(
        "no sound device or player was found here.",
        hint="Save the line instead: psoas-audio say -o line.wav TEXT",
    )
