"""Paths of the files for a session's producer, ``NAME.producer/…`` beside the session."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.mix import TRACKS
from psoas_audio.timeline.model import TrackName


def stem_paths(output: Path) -> dict[TrackName, Path]:
    """Track to the path of its stem, for the session *output*."""
    return {track: _folder(output) / "stems" / f"{track}.wav" for track in TRACKS}


def producer_paths(output: Path) -> tuple[Path, ...]:
    """All files in the producer's folder of the session *output*, ``NAME.producer`` beside it."""
    return (
        *stem_paths(output).values(),
        labels_path(output),
        project_path(output),
        review_path(output),
    )


def _folder(output: Path) -> Path:
    return output.with_name(f"{output.stem}.producer")


def labels_path(output: Path) -> Path:
    """Path of its labels for Audacity."""
    return _folder(output) / "labels.txt"


def project_path(output: Path) -> Path:
    """Path of its Reaper project."""
    return _folder(output) / f"{output.stem}.rpp"


def review_path(output: Path) -> Path:
    """Path of its review page."""
    return _folder(output) / "review.html"
