"""The producer's folder: stems, labels, a Reaper project and the review page."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from psoas_audio.atomic_files import Publication
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.text.daw import audacity_labels, reaper_project
from psoas_audio.deliver.web.review import Remark, review_page
from psoas_audio.mix import Mixer
from psoas_audio.qc.report import QcReport as Findings
from psoas_audio.rendering.producer_paths import labels_path, project_path, review_path, stem_paths
from psoas_audio.rendering.progress import OnProgress, Progress
from psoas_audio.rendering.stems import write_stems


def write_producer(
    publication: Publication,
    output: Path,
    mixer: Mixer,
    details: Details,
    findings: Findings,
    sound: tuple[str, bytes],
    on_progress: OnProgress,
) -> None:
    """Write all ``producer_paths``. *sound* is the session's media type and its bytes."""
    timeline, paths = mixer.timeline, stem_paths(output)
    with ExitStack() as stack:
        files = {track: stack.enter_context(publication.open(p)) for track, p in paths.items()}
        stems = write_stems(
            mixer, files, lambda done: on_progress(Progress("stems", done, timeline.length))
        )
    publication.write(labels_path(output), audacity_labels(timeline).encode())
    names: dict[str, str] = {track: f"stems/{path.name}" for track, path in paths.items()}
    project = reaper_project(timeline, names, lowered=stems.lowered)
    publication.write(project_path(output), project.encode())
    page = review_page(
        timeline,
        details,
        sound,
        waveforms={track: bytes(waveform) for track, waveform in stems.waveforms.items()},
        remarks=[Remark("fault", f.name, f.message, f.at_samples) for f in findings.faults],
        figures=findings.figures,
    )
    publication.write(review_path(output), page.encode())
