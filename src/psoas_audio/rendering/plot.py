"""The picture of a session, drawn from a script or from a finished file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from psoas_audio.atomic_files import Publication
from psoas_audio.audio import Samples
from psoas_audio.deliver.pictures.plot import plot_picture
from psoas_audio.deliver.pictures.png import to_png
from psoas_audio.deliver.pictures.svg import Picture, to_svg
from psoas_audio.deliver.tags.read_tags import timeline_from_tags
from psoas_audio.errors import PsoasError
from psoas_audio.master.limiter import Limiter
from psoas_audio.provenance.read_provenance import read_target_lufs
from psoas_audio.qc.measure import READ_SAMPLES, measure
from psoas_audio.rendering.measurements import measure_session_file, plot_measurements
from psoas_audio.rendering.progress import Progress
from psoas_audio.rendering.session import Session
from psoas_audio.timeline.file import find_timeline, read_timeline
from psoas_audio.units import MP3_FRAME


def plot_script(session: Session, *, sound: bool = True) -> Picture:
    """The picture of *session*, spoken, mixed and mastered but not encoded.

    Without *sound* only its timeline is drawn, and nothing is spoken. Raises :class:`PsoasError`.
    """
    if not sound:
        return plot_picture(session.draft.plan().timeline)
    spoken = session.speak()
    timeline = spoken.planned.timeline
    master = Limiter(session.mixer(spoken).read, timeline.length)

    def blocks() -> Iterator[Samples]:
        for start in range(0, timeline.length, READ_SAMPLES):
            stop = min(timeline.length, start + READ_SAMPLES)
            yield master.read(start, stop)
            session.on_progress(Progress("mix", stop, timeline.length))

    measured = measure(blocks(), timeline.channels)
    return plot_picture(timeline, plot_measurements(measured, timeline, session.draft.target_lufs))


def plot_file(path: Path) -> Picture:
    """The picture of the finished session *path*, in any format that can be read.

    Its tracks come from the timeline that it carries, or the one beside it; without one, chapters
    come from its own tags.
    Raises :class:`PsoasError` if the file can't be read, or if the timeline is of another file.
    """
    measured = measure_session_file(path)
    found = find_timeline(path)
    if found is None:
        timeline = timeline_from_tags(path, measured.length, measured.channels)
        return plot_picture(timeline, plot_measurements(measured, timeline, read_target_lufs(path)))
    timeline = read_timeline(found)
    if abs(timeline.length - measured.length) > MP3_FRAME or timeline.channels != measured.channels:
        raise PsoasError(
            "its sound isn't the one that this timeline was made with.",
            where=str(found),
            hint="Render the session again, or move a timeline that belongs to another file.",
        )
    return plot_picture(timeline, plot_measurements(measured, timeline, read_target_lufs(found)))


def save_picture(picture: Picture, path: Path, overwrite: bool) -> None:
    """Write *picture* to *path*, which ends in ``.svg`` or ``.png``.

    Raises :class:`PsoasError` for another ending, or if the file can't be written.
    """
    suffix = path.suffix.lower()
    if suffix not in (".svg", ".png"):
        raise PsoasError(
            "a picture can be SVG or PNG only.",
            where=str(path),
            hint="End the file name in .svg or .png.",
        )
    with Publication(overwrite) as publication:
        publication.reserve(path)
        publication.write(path, to_png(picture) if suffix == ".png" else to_svg(picture).encode())
        publication.publish()
