"""One line on its own, played or saved."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from psoas_audio.atomic_files import Publication
from psoas_audio.audio import Samples
from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.errors import OutputError, SpeechError
from psoas_audio.playback.players import play_once
from psoas_audio.script.texts import PAUSE_MARK, pause_length, take_out_pronunciations
from psoas_audio.script.times import InvalidValueError
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
    """Write *line* as a WAV file, as it would enter the mix; its text may have the marks of a
    script's texts: pauses, pronunciations, stress.

    Raises :class:`OutputError` for a name with another ending, and if the file exists and may not
    be overwritten; :class:`SpeechError` if there is nothing to speak.
    """
    if path.suffix.lower() != ".wav":
        raise OutputError(
            "a single line is saved as WAV only.",
            where=str(path),
            hint="End the file name in .wav; a session can have other formats.",
        )
    with Publication(overwrite) as publication:
        publication.reserve(path)
        buffer = io.BytesIO()
        samples = _samples(line)
        soundfile.write(buffer, samples, SAMPLE_RATE, format="WAV", subtype="PCM_16")
        publication.write(path, buffer.getvalue())
        publication.publish()


def _samples(line: Line) -> Samples:
    """The takes of *line*, with silence for its pauses, in one channel at 48 kHz."""
    try:
        parts = list(_parts(line))
    except InvalidValueError as fault:
        raise SpeechError(fault.message, where=line.mark, hint=fault.hint) from None
    if not any(part.text for part, _ in parts):
        raise SpeechError("there is nothing to speak.", where=line.mark, hint="Write words.")
    takes = Takes(Cache(default_folder()))
    takes.make([part for part, _ in parts if part.text])
    silent = np.zeros((0, 1), np.float32)
    return np.concatenate(
        [
            sound
            for part, pause in parts
            for sound in (
                takes.read(part.id) if part.text else silent,
                np.zeros((pause, 1), np.float32),
            )
        ]
    )


def _parts(line: Line) -> Iterator[tuple[Line, int]]:
    """*line* cut at its ``[pause …]`` marks: each part with the samples of silence after it.

    Raises ``InvalidValueError`` for a pause whose length can't be read.
    """
    cut = PAUSE_MARK.split(line.text)
    for number, (words, pause) in enumerate(zip(cut[0::2], [*cut[1::2], None], strict=True)):
        text, marked = take_out_pronunciations(" ".join(words.split()))
        length = None if pause is None else pause_length(pause)
        yield replace(line, id=f"{line.id}{number}", text=text, pronounced=marked), length or 0


def play_line(line: Line) -> None:
    """Play the take of *line*; raises :class:`SpeechError` if nothing here can play it."""
    if play_once(lambda path: save_line(line, path, overwrite=False)):
        return
    raise SpeechError(
        "no sound device or player was found.",
        hint="Save the line instead: psoas-audio say -o line.wav TEXT",
    )
