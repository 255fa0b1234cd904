"""The producer's folder: stems, labels, a Reaper project and the review page."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.text.daw import audacity_labels, reaper_project
from psoas_audio.mix import TRACKS, Mixer
from psoas_audio.publication import Publication
from psoas_audio.qc.report import Report as Findings
from psoas_audio.rendering.progress import OnProgress, Progress
from psoas_audio.rendering.stems import write_stems
from psoas_audio.timeline.model import TrackName


def stem_paths(output: Path) -> dict[TrackName, Path]:
    """Track to the path of its stem, for the session *output*."""
    return {track: _folder(output) / "stems" / f"{track}.wav" for track in TRACKS}


def producer_paths(output: Path) -> tuple[Path, ...]:
    """All files in the producer's folder of the session *output*, ``NAME.producer`` beside it."""
    return (*stem_paths(output).values(), _labels(output), _project(output), _review(output))


def write_producer(
    publication: Publication,
    output: Path,
    mixer: Mixer,
    details: Details,
    findings: Findings,
    sound: tuple[str, bytes],
    on_progress: OnProgress,
) -> None:
    """Write all :func:`producer_paths`. *sound* is the session's media type and its bytes."""
    from psoas_audio.deliver.web.review import Remark, review_page  # loads a template engine

    timeline, paths = mixer.timeline, stem_paths(output)
    with ExitStack() as stack:
        files = {track: stack.enter_context(publication.open(p)) for track, p in paths.items()}
        stems = write_stems(
            mixer, files, lambda done: on_progress(Progress("stems", done, timeline.length))
        )
    publication.write(_labels(output), audacity_labels(timeline).encode())
    names: dict[str, str] = {track: f"stems/{path.name}" for track, path in paths.items()}
    project = reaper_project(timeline, names, lowered=stems.lowered)
    publication.write(_project(output), project.encode())
    page = review_page(
        timeline,
        details,
        sound,
        waveforms={track: bytes(waveform) for track, waveform in stems.waveforms.items()},
        remarks=[Remark("fault", f.name, f.message, f.at_samples) for f in findings.faults],
        figures=findings.figures,
    )
    publication.write(_review(output), page.encode())


def _folder(output: Path) -> Path:
    return output.with_name(f"{output.stem}.producer")


def _labels(output: Path) -> Path:
    return _folder(output) / "labels.txt"


def _project(output: Path) -> Path:
    return _folder(output) / f"{output.stem}.rpp"


def _review(output: Path) -> Path:
    return _folder(output) / "review.html"
