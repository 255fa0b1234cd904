"""One line on its own, played or saved."""

from __future__ import annotations

import io
from pathlib import Path

import soundfile

from psoas_audio.atomic_files import Publication
from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.errors import OutputError, SpeechError
from psoas_audio.playback.players import play_once
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes
from psoas_audio.units import SAMPLE_RATE


def say_line(line: Line, output: Path | None, *, overwrite: bool) -> None:
    """Play *line*, or save it where there is an *output*."""
    if output is None:
        play_line(line)
    else:
        save_line(line, output, overwrite=overwrite)


def save_line(line: Line, path: Path, *, overwrite: bool) -> None:
    """Write the take of *line* as a WAV file, as it would enter the mix.

    Raises :class:`OutputError` for a name with another ending, and if the file exists and may not
    be overwritten.
    """
    if path.suffix.lower() != ".wav":
        raise OutputError(
            "a single line is saved as WAV only.",
            where=str(path),
            hint="End the file name in .wav; a session can have other formats.",
        )
    with Publication(overwrite) as publication:
        publication.reserve(path)
        takes = Takes(Cache(default_folder()))
        takes.make([line])
        buffer = io.BytesIO()
        samples = takes.read(line.id)
        soundfile.write(buffer, samples, SAMPLE_RATE, format="WAV", subtype="PCM_16")
        publication.write(path, buffer.getvalue())
        publication.publish()


def play_line(line: Line) -> None:
    """Play the take of *line*; raises :class:`SpeechError` if nothing here can play it."""
    if play_once(lambda path: save_line(line, path, overwrite=False)):
        return
    raise SpeechError(
        "no sound device or player was found.",
        hint="Save the line instead: psoas-audio say -o line.wav TEXT",
    )
