"""Transcribes lines of speech, several at a time, and compares each with its words.

A transcriber takes as long for one word as for 30 seconds, and understands a word best among
others. So neighbouring lines are transcribed together. Lines in which something is wrong are
transcribed again, each on its own, and the better result counts: a word that is really missing is
missing in both.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple, TypeVar

import numpy as np

from psoas_audio.audio import Mono
from psoas_audio.listening.compare import Comparison, compare_lines
from psoas_audio.listening.transcriber import TRANSCRIBED_SECONDS, Transcriber
from psoas_audio.listening.words import known_names

_T = TypeVar("_T")
_R = TypeVar("_R")

_SILENCE_S = 0.6
"""Seconds of silence before, between and after lines that are heard together."""
_TOGETHER_S = TRANSCRIBED_SECONDS - 5
"""Seconds of lines and silences that are heard together at most."""
_LOOP_WORDS = 10
"""A transcriber repeats itself if it writes more than twice as many words as a line has, and this
many more."""


class LineAudio(NamedTuple):
    """A line to be heard."""

    start: int
    """Its place, in samples at 48 kHz."""
    text: str
    """Its words as they are written."""
    samples: Mono
    rate: int
    """Samples per second of ``samples``."""
    language: str
    """BCP 47."""


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A line that was heard."""

    start: int
    """Its place, in samples at 48 kHz."""
    text: str
    """Its words as they are written."""
    comparison: Comparison
    covered: bool = False
    """Whether the take on its own was heard correctly: something else in the session covers it."""

    @property
    def looped(self) -> bool:
        """Whether the transcriber repeated itself, as it sometimes does where it understands
        nothing: what it wrote then says little about the line."""
        said, heard = len(self.comparison.said), len(self.comparison.heard)
        return heard > 2 * said + _LOOP_WORDS


def hear_lines(
    transcriber: Transcriber, lines: Iterable[LineAudio], names: Collection[str] = ()
) -> Iterator[HeardLine]:
    """Each of *lines* as it was heard, in order. Memory doesn't grow with their number.

    The transcriber must know their languages. *names* are words besides those of the languages' own
    lexicons in whose place anything may be heard.
    """

    def hear(window: Sequence[LineAudio]) -> list[HeardLine]:
        return _hear_twice(transcriber, window, frozenset(names))

    with ThreadPoolExecutor(transcriber.workers, thread_name_prefix="listen") as threads:
        yield from chain.from_iterable(
            _each_in_order(threads, hear, _together(lines), transcriber.workers + 1)
        )


def _hear_twice(
    transcriber: Transcriber, window: Sequence[LineAudio], names: frozenset[str]
) -> list[HeardLine]:
    """The lines of *window* heard together; those with differences once more, each alone.

    So are their neighbours: where two lines meet, a word too many could be either's. Of each such
    run of lines, the hearing with fewer wrong words counts.
    """
    heard = _hear_together(transcriber, window, names)
    if len(window) == 1:
        return heard
    for run in _unsure_runs([bool(line.comparison.edits) for line in heard]):
        alone = [
            line for number in run for line in _hear_together(transcriber, [window[number]], names)
        ]
        if _wrong_words(alone) <= _wrong_words(heard[run.start : run.stop]):
            heard[run.start : run.stop] = alone
    return heard


def _unsure_runs(edited: Sequence[bool]) -> Iterator[range]:
    """Runs of neighbouring lines that are *edited*, or beside one that is."""
    unsure = [any(edited[max(0, number - 1) : number + 2]) for number in range(len(edited))]
    start = 0
    for is_unsure, run in groupby(unsure):
        stop = start + len(list(run))
        if is_unsure:
            yield range(start, stop)
        start = stop


def _wrong_words(lines: Iterable[HeardLine]) -> int:
    return sum(line.comparison.wrong_words for line in lines)


def _hear_together(
    transcriber: Transcriber, window: Sequence[LineAudio], names: frozenset[str]
) -> list[HeardLine]:
    rate, language = window[0].rate, window[0].language
    silence = np.zeros(round(_SILENCE_S * rate), np.float32)
    parts = chain([silence], *((line.samples, silence) for line in window))
    heard = transcriber.hear(np.concatenate(list(parts)), rate, language)
    compared = compare_lines(
        [line.text for line in window], heard, language, names | known_names(language)
    )
    return [
        HeardLine(line.start, line.text, comparison)
        for line, comparison in zip(window, compared, strict=True)
    ]


def _together(lines: Iterable[LineAudio]) -> Iterator[list[LineAudio]]:
    """*lines* in groups that a transcriber hears at once: of one language, and not too long."""
    group: list[LineAudio] = []
    seconds = _SILENCE_S
    for line in lines:
        more = len(line.samples) / line.rate + _SILENCE_S
        alike = not group or (line.rate, line.language) == (group[0].rate, group[0].language)
        if group and not (alike and seconds + more <= _TOGETHER_S):
            yield group
            group, seconds = [], _SILENCE_S
        group.append(line)
        seconds += more
    if group:
        yield group


def _each_in_order(
    threads: ThreadPoolExecutor, work: Callable[[_T], _R], items: Iterable[_T], ahead: int
) -> Iterator[_R]:
    """*work* of each of *items*, in order, at most *ahead* of them taken before they are used."""
    waiting: deque[Future[_R]] = deque()
    for item in items:
        waiting.append(threads.submit(work, item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
