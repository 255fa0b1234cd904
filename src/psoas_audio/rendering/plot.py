"""The picture of a session: of a script as it would sound, or of a finished file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from psoas_audio.audio import Samples
from psoas_audio.deliver.pictures.plot import plot_picture
from psoas_audio.deliver.pictures.png import to_png
from psoas_audio.deliver.pictures.svg import Picture, to_svg
from psoas_audio.deliver.tags.read import read_tags
from psoas_audio.errors import PsoasError
from psoas_audio.master.limiter import Limiter
from psoas_audio.mix import TRACKS
from psoas_audio.provenance.made_of import target_of
from psoas_audio.publication import Publication
from psoas_audio.qc.listen import BLOCK, hear
from psoas_audio.rendering.formats import SESSION_FORMATS
from psoas_audio.rendering.progress import Progress
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.sounding import listen_to, sounding
from psoas_audio.timeline import Timeline, Track
from psoas_audio.timeline.file import read_timeline, timeline_beside
from psoas_audio.units import MP3_FRAME

SOUND_SUFFIXES = frozenset((".ogg", *(f".{name}" for name in SESSION_FORMATS)))
"""Suffixes of finished sessions; any other name is a script's."""


def of_script(session: Session, *, sound: bool = True) -> Picture:
    """The picture of *session*, its missing lines spoken, mixed and mastered but not encoded.

    Without *sound*, of its timeline alone: nothing is spoken then. Raises :class:`PsoasError`.
    """
    if not sound:
        return plot_picture(session.draft.plan().timeline)
    spoken = session.speak()
    timeline = spoken.planned.timeline
    master = Limiter(session.mixer(spoken).read, timeline.length)

    def blocks() -> Iterator[Samples]:
        for start in range(0, timeline.length, BLOCK):
            stop = min(timeline.length, start + BLOCK)
            yield master.read(start, stop)
            session.report(Progress("mix", stop, timeline.length))

    heard = hear(blocks(), timeline.channels)
    return plot_picture(timeline, sounding(heard, timeline, session.draft.target_lufs))


def of_file(path: Path) -> Picture:
    """The picture of the finished session in *path*, of any format that can be read.

    Lanes come from the timeline beside it; without one, chapters come from its own tags.
    Raises :class:`PsoasError` where the file can't be read or the timeline is another's.
    """
    heard = listen_to(path)
    beside = timeline_beside(path)
    if not beside.is_file():
        title, markers = read_tags(path, heard.length)
        tracks = tuple(Track(name, ()) for name in TRACKS)
        form = Timeline(path.stem, title, "en", 1, heard.length, tracks, markers)
        timeline = replace(form, channels=2) if heard.channels == 2 else form
        return plot_picture(timeline, sounding(heard, timeline, target_of(path)))
    timeline = read_timeline(beside)
    if abs(timeline.length - heard.length) > MP3_FRAME or timeline.channels != heard.channels:
        raise PsoasError(
            "the timeline beside this file is of another one.",
            where=str(beside),
            hint="Render the session again with '--with timeline', or move the timeline away.",
        )
    return plot_picture(timeline, sounding(heard, timeline, target_of(beside)))


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
        publication.write(path, to_png(picture) if kind == ".png" else to_svg(picture).encode())
        publication.publish()
