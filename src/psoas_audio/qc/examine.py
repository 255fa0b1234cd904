"""The whole of QC for one file."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.errors import SoundError
from psoas_audio.qc.report import Fault, QcReport
from psoas_audio.qc.sides import side_faults
from psoas_audio.qc.structure import structure_faults
from psoas_audio.qc.tags import tag_faults
from psoas_audio.timeline.model import Timeline


def examine(
    mp3: Path,
    timeline: Timeline,
    *,
    target: float | None = None,
    sound: bool = True,
    deep: bool = False,
) -> QcReport:
    """Every fault of the finished file *mp3* against the *timeline* it was made from.

    Always: its frames, checksum, length and tags as they lie in the file (milliseconds). With
    *sound*, it is decoded from end to end: length, peaks, levels (the voice's against *target*
    in LUFS, if given), drop-outs, and when each line is heard. *deep* looks for clicks as well.
    A file that can't be read at all is a fault, not an error.
    """
    try:
        faults, figures = structure_faults(mp3, timeline)
        faults += [*tag_faults(mp3, timeline), *side_faults(timeline)]
        if sound or deep:
            heard, told = _hearing(mp3, timeline, target, deep)
            faults += heard
            figures |= told
    except OSError as error:
        return _unreadable(str(error))
    except SoundError as error:
        return _unreadable(error.what)
    return QcReport(_sorted(faults), figures)


def examine_sound(
    path: Path, timeline: Timeline, *, target: float | None = None, deep: bool = False
) -> QcReport:
    """Every fault that can be heard in *path*, a file of any format that soundfile reads."""
    try:
        faults, figures = _hearing(path, timeline, target, deep)
    except OSError as error:
        return _unreadable(str(error))
    except SoundError as error:
        return _unreadable(error.what)
    return QcReport(_sorted([*faults, *side_faults(timeline)]), figures)


def _hearing(
    path: Path, timeline: Timeline, target: float | None, deep: bool
) -> tuple[list[Fault], dict[str, float]]:
    from psoas_audio.qc.hearing import check_decoded  # an MP3 of inspected blocks needs no decoder

    return check_decoded(path, timeline, target, clicks=deep)


def _unreadable(reason: str) -> QcReport:
    return QcReport((Fault("unreadable", f"the file can't be read: {reason}"),), {})


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(
        sorted(faults, key=lambda f: (f.at_samples is not None, f.at_samples or 0, f.name))
    )
