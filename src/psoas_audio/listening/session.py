"""Transcribes a finished session line by line, at the places of its timeline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile

from psoas_audio.audio import Mono, Samples
from psoas_audio.errors import SoundError, library_reason
from psoas_audio.listening.hear import HeardLine, LineAudio, hear_lines
from psoas_audio.listening.report import WordReport, is_fault, report_lines
from psoas_audio.listening.transcriber import Transcriber
from psoas_audio.sound.read_sound import open_sound
from psoas_audio.sound.untrusted_files import SESSION_FILE
from psoas_audio.timeline.model import Take, Timeline
from psoas_audio.units import SAMPLE_RATE, ms_to_samples, seconds_to_samples

_AROUND = ms_to_samples(150)
"""Samples that are heard before and after a line, where nothing else is said."""
_LONGEST_FILE = seconds_to_samples(24 * 3600)
_BLOCK = seconds_to_samples(10)
"""Frames decoded at a time."""

OnHeard = Callable[[int, int], None]
"""Called with the number of lines heard so far, and of all lines."""


def listen_to_session(
    path: Path,
    timeline: Timeline,
    transcriber: Transcriber,
    names: Collection[str] = (),
    on_heard: OnHeard | None = None,
    read_take: Callable[[str], Samples] | None = None,
) -> WordReport:
    """The words heard in the finished file *path*, at the places of the takes in *timeline*.

    Takes and raises what :func:`hear_session` does; *on_heard* is called for each line.
    """
    total = sum(isinstance(clip.media, Take) for clip in timeline.track("voice").clips)

    def heard() -> Iterator[HeardLine]:
        lines = hear_session(path, timeline, transcriber, names, read_take)
        for done, line in enumerate(lines, 1):
            if on_heard is not None:
                on_heard(done, total)
            yield line

    return report_lines(transcriber.name, heard())


def hear_session(
    path: Path,
    timeline: Timeline,
    transcriber: Transcriber,
    names: Collection[str] = (),
    read_take: Callable[[str], Samples] | None = None,
) -> Iterator[HeardLine]:
    """Each line of the finished file *path* as it is heard.

    *names* are words besides the language's own lexicon in whose place anything may be heard.
    Silences, bells and breathing tones between the lines are not heard. *read_take* gives the
    samples of a take at 48 kHz by its media id: those of lines in which something is wrong are
    heard too, without the bed. Raises ``SoundError`` for a file that can't be decoded, and
    ``TranscriptionError`` where the transcriber lacks the language of a line.
    """
    places = _places(timeline)
    for language in {place.language for place in places}:
        transcriber.require(language)
    lines = hear_lines(transcriber, _lines(path, places), names)
    for line, place in zip(lines, places, strict=True):
        if read_take is not None and is_fault(line):
            samples = read_take(place.media)[:, 0]
            take = LineAudio(line.start, line.text, samples, SAMPLE_RATE, place.language)
            (alone,) = hear_lines(transcriber, [take], names)
            yield replace(line, covered=not alone.comparison.edits)
        else:
            yield line


class _Place(NamedTuple):
    """Where a line is in a session, in samples."""

    part: range
    """What is heard of it."""
    start: int
    media: str
    """Media id."""
    text: str
    language: str
    """BCP 47."""


def _places(timeline: Timeline) -> list[_Place]:
    """The places of all lines, sorted."""
    clips = sorted(timeline.track("voice").clips, key=lambda clip: clip.start)
    places = []
    for number, clip in enumerate(clips):
        if not isinstance(clip.media, Take):
            continue
        before = clips[number - 1].end if number else 0
        after = clips[number + 1].start if number + 1 < len(clips) else timeline.length
        first = max(clip.start - _AROUND, min(before, clip.start))
        last = min(clip.end + _AROUND, max(after, clip.end))
        take, language = clip.media, clip.media.language or timeline.language
        places.append(_Place(range(first, last), clip.start, take.id, take.text, language))
    return places


def _lines(path: Path, places: Sequence[_Place]) -> Iterator[LineAudio]:
    with open_sound(path, kind=SESSION_FILE, frames=_LONGEST_FILE) as file:
        rate = file.samplerate
        ranges = [
            range(*(end * rate // SAMPLE_RATE for end in (place.part.start, place.part.stop)))
            for place in places
        ]
        try:
            cuts = _cuts(file.onward(_BLOCK), ranges)
            for place, samples in zip(places, cuts, strict=True):
                yield LineAudio(place.start, place.text, samples, rate, place.language)
        except soundfile.SoundFileError as error:
            raise SoundError(
                f"this sound file can't be decoded: {library_reason(error)}.",
                where=str(path),
                hint="Render the session again.",
            ) from error


def _cuts(blocks: Iterable[Samples], ranges: Iterable[range]) -> Iterator[Mono]:
    """Each of *ranges* of the sound in *blocks*, in one channel; they are sorted by their start."""
    coming = iter(blocks)
    held, at = np.zeros(0, np.float32), 0
    for part in ranges:
        while True:
            passed = min(len(held), max(0, part.start - at))
            held, at = held[passed:], at + passed
            if at + len(held) >= part.stop:
                break
            block = next(coming, None)
            if block is None:
                break
            held = np.concatenate([held, block.mean(axis=1, dtype=np.float32)])
        yield held[max(0, part.start - at) : max(0, part.stop - at)]
