"""When each word of a line is heard, by a transcriber, if the voice's engine doesn't say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from psoas_audio.listening.hear import LineAudio
from psoas_audio.listening.transcriber import Transcriber
from psoas_audio.speech.engine import Word
from psoas_audio.speech.written_words import written_starts

_LATE_S = 0.12
"""Seconds by which Whisper tells words later than they are heard (median of 151 onsets)."""


def heard_word_starts(
    transcriber: Transcriber, lines: Iterable[LineAudio]
) -> Iterator[tuple[int, ...]]:
    """For each of *lines*, the sample at which each of its words is heard, at the line's rate.

    Words are divided at white space. Empty where nothing is heard. The transcriber must know the
    lines' languages.
    """

    def hear(line: LineAudio) -> tuple[int, ...]:
        text, words = "", []
        for word, second in transcriber.hear_words(line.samples, line.rate, line.language):
            start = max(0, round((second - _LATE_S) * line.rate))
            words.append(Word(len(text), len(word), start))
            text += word + " "
        return written_starts(line.text, text, words)

    with ThreadPoolExecutor(transcriber.workers, thread_name_prefix="listen") as threads:
        yield from threads.map(hear, lines)
