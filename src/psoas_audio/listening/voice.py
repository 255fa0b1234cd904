"""Checks a voice: it says the lines of its language file, and they are transcribed."""

from __future__ import annotations

from collections.abc import Iterator

from psoas_audio.cache.local import Cache, default_folder
from psoas_audio.errors import Mark, TranscriptionError
from psoas_audio.listening.hear import LineAudio, hear_lines
from psoas_audio.listening.report import WordReport, report_lines
from psoas_audio.listening.transcriber import Transcriber
from psoas_audio.locale.languages import find_language
from psoas_audio.speech.engine import VoiceInfo
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes
from psoas_audio.units import SAMPLE_RATE


def listen_to_voice(voice: VoiceInfo, rate: int, transcriber: Transcriber) -> WordReport:
    """The words heard of *voice* at *rate* effective words per minute.

    Its faults are placed as if the lines were spoken one right after the other. Raises
    ``SpeechError`` where it can't speak, and ``TranscriptionError`` where the transcriber, or this
    program, lacks its language.
    """
    known = find_language(voice.language)
    if known is None:
        raise TranscriptionError(
            f"there are no lines in the language '{voice.language}' to try a voice with.",
            hint="Render a session with it, and check that: psoas-audio qc --words FILE",
        )
    transcriber.require(voice.language)
    lines = [
        Line(text, text, voice.engine, voice.name, rate, 50, voice.language, Mark("check", row, 1))
        for row, text in enumerate(known.listening.lines, 1)
    ]
    takes = Takes(Cache(default_folder()))
    takes.make(lines)

    def spoken() -> Iterator[LineAudio]:
        start = 0
        for line in lines:
            samples = takes.read(line.id)[:, 0]
            yield LineAudio(start, line.text, samples, SAMPLE_RATE, line.language)
            start += len(samples)

    return report_lines(transcriber.name, hear_lines(transcriber, spoken()))
