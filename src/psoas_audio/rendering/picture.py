"""The picture of a session: of a script as it would sound, or of a finished file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from psoas_audio.deliver.painting import png
from psoas_audio.deliver.plot import PARTS, Sounding, plot
from psoas_audio.deliver.shapes import Picture, svg
from psoas_audio.deliver.told import told
from psoas_audio.errors import PsoasError, SoundError
from psoas_audio.master.gain import TWICE
from psoas_audio.master.limiter import Limiter
from psoas_audio.master.loudness import Energies, loudness, moving_mean
from psoas_audio.mix import TRACKS, Samples
from psoas_audio.qc.judge import figures
from psoas_audio.qc.listen import BLOCK, Heard, decoded, hear
from psoas_audio.rendering.comparing import read_timeline
from psoas_audio.rendering.faces import FACES
from psoas_audio.rendering.like import target_of
from psoas_audio.rendering.progress import Progress
from psoas_audio.rendering.publish import Publication
from psoas_audio.rendering.session import Session
from psoas_audio.sound.files import opened
from psoas_audio.sound.stream import SoundStream
from psoas_audio.timeline import Timeline, Track
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE

SUFFIXES = frozenset((".mp3", ".wav", ".flac", ".m4a", ".m4b", ".opus", ".ogg"))
"""Of finished files; other names are scripts'."""

_LONGEST = 24 * 3600 * SAMPLE_RATE
_MOST_BYTES = 8_000_000_000
_MOMENTARY, _SHORT_TERM = 4, 30
"""Tenths of a second (EBU Tech 3341)."""


def of_script(session: Session, *, sound: bool = True) -> Picture:
    """The picture of *session*, its missing lines spoken, mixed and mastered but not encoded.

    Without *sound*, of its timeline alone: nothing is spoken then. Raises :class:`PsoasError`.
    """
    if not sound:
        return plot(session.priced().timeline)
    spoken = session.speak()
    timeline = spoken.priced.timeline
    master = Limiter(session.mixer(spoken).read, timeline.length)

    def blocks() -> Iterator[Samples]:
        for start in range(0, timeline.length, BLOCK):
            stop = min(timeline.length, start + BLOCK)
            yield master.read(start, stop)
            session.report(Progress("mix", stop, timeline.length))

    heard = hear(blocks(), timeline.channels)
    return plot(timeline, sounding(heard, timeline, session.target))


def of_file(path: Path) -> Picture:
    """The picture of the finished session in *path*, of any format that can be read.

    Lanes come from the timeline beside it; without one, chapters come from its own tags.
    Raises :class:`PsoasError` where the file can't be read or the timeline is another's.
    """
    heard = _heard(path)
    beside = path.with_name(path.stem + FACES["timeline"][0])
    if not beside.is_file():
        title, markers = told(path, heard.length)
        tracks = tuple(Track(name, ()) for name in TRACKS)
        form = Timeline(path.stem, title, "en", 1, heard.length, tracks, markers)
        timeline = replace(form, channels=2) if heard.channels == 2 else form
        return plot(timeline, sounding(heard, timeline, target_of(path)))
    timeline = read_timeline(beside)
    if abs(timeline.length - heard.length) > MP3_FRAME or timeline.channels != heard.channels:
        raise PsoasError(
            "the timeline beside this file is of another one.",
            where=str(beside),
            hint="Render the session again with '--with timeline', or move the timeline away.",
        )
    return plot(timeline, sounding(heard, timeline, target_of(beside)))


def of_part(part: Path, timeline: Timeline, target: float) -> Picture:
    """The picture of the session that was written to *part* from *timeline*."""
    return plot(timeline, sounding(_heard(part), timeline, target))


def save(picture: Picture, path: Path, overwrite: bool) -> None:
    """Write *picture* to *path*, a name that ends in ``.svg`` or ``.png``.

    Raises :class:`PsoasError` for another name, or where it can't be written.
    """
    kind = path.suffix.lower()
    if kind not in (".svg", ".png"):
        raise PsoasError(
            "a picture is written as SVG or PNG.",
            where=str(path),
            hint="Let the name end in .svg or .png.",
        )
    with Publication(overwrite) as publication:
        publication.reserve(path)
        publication.write(path, png(picture) if kind == ".png" else svg(picture).encode())
        publication.publish()


def sounding(heard: Heard, timeline: Timeline, target: float | None) -> Sounding:
    """What *heard* shows over the time of *timeline*."""
    shift = TWICE if heard.channels == 1 else 0.0
    return Sounding(
        peaks=_parts(heard.envelope),
        momentary=_loudness(heard.energies, _MOMENTARY, shift),
        short_term=_loudness(heard.energies, _SHORT_TERM, shift),
        target=target,
        figures=figures(heard, timeline),
    )


def _heard(path: Path) -> Heard:
    with opened(path, most=_MOST_BYTES, frames=_LONGEST) as file:
        return hear(_at_48k(file, path), file.channels)


def _loudness(energies: Energies, count: int, shift: float) -> list[float]:
    """The highest reading of each part in LUFS, each *count* tenths of a second wide."""
    around = np.pad(energies, (count // 2, count - 1 - count // 2))
    return [loudness(energy) + shift for energy in _parts(moving_mean(around, count))]


def _parts(values: NDArray[Any]) -> list[float]:
    """The highest of *values* in each of :data:`PARTS` equal parts of them."""
    edges = np.arange(PARTS + 1) * len(values) // PARTS
    return [
        float(values[first : max(last, first + 1)].max(initial=0))
        for first, last in pairwise(edges)
    ]


def _at_48k(file: SoundStream, path: Path) -> Iterator[Samples]:
    try:
        if file.samplerate == SAMPLE_RATE:
            yield from decoded(file)
            return
        stream = soxr.ResampleStream(file.samplerate, SAMPLE_RATE, file.channels, "float32", "HQ")
        for block in decoded(file):
            yield stream.resample_chunk(block)
        yield stream.resample_chunk(np.zeros((0, file.channels), np.float32), last=True)
    except RuntimeError as fault:  # soundfile's errors are such
        raise SoundError(
            f"reading it failed ({fault})", where=str(path), hint="Export or copy it again."
        ) from fault
