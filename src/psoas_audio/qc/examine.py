"""The whole of QC for one file."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.errors import SoundError
from psoas_audio.qc.report import Fault, QcReport
from psoas_audio.qc.side_lengths import side_faults
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
    """All faults of the finished file *mp3*, against the *timeline* it was made from.

    Its frames, checksum, length and tags are always checked, which takes milliseconds. With
    *sound*, it is decoded from end to end: length, peaks, levels (the voice's against *target*
    in LUFS, if given), drop-outs, and when each line begins. *deep* searches for clicks too.
    A file that can't be read at all is a fault, not an error.
    """
    try:
        faults, figures = structure_faults(mp3, timeline)
        faults += [*tag_faults(mp3, timeline), *side_faults(timeline)]
        if sound or deep:
            audible, more = _check_decoded(mp3, timeline, target, deep)
            faults += audible
            figures |= more
    except OSError as error:
        return _unreadable(str(error))
    except SoundError as error:
        return _unreadable(error.what)
    return QcReport(_sorted(faults), figures)


def examine_sound(
    path: Path, timeline: Timeline, *, target: float | None = None, deep: bool = False
) -> QcReport:
    """All audible faults of *path*, a file of any format that soundfile reads."""
    try:
        faults, figures = _check_decoded(path, timeline, target, deep)
    except OSError as error:
        return _unreadable(str(error))
    except SoundError as error:
        return _unreadable(error.what)
    return QcReport(_sorted([*faults, *side_faults(timeline)]), figures)


def _check_decoded(
    path: Path, timeline: Timeline, target: float | None, deep: bool
) -> tuple[list[Fault], dict[str, float]]:
    from psoas_audio.qc.decoded import check_decoded  # an MP3 of inspected blocks needs no decoder

    return check_decoded(path, timeline, target, clicks=deep)


def _unreadable(reason: str) -> QcReport:
    return QcReport((Fault("unreadable", f"the file can't be read: {reason}"),), {})


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(
        sorted(faults, key=lambda f: (f.at_samples is not None, f.at_samples or 0, f.name))
    )
