"""The whole of QC for one file."""

from __future__ import annotations

from pathlib import Path

import soundfile

from psoas_audio.qc.judge import figures as sound_figures
from psoas_audio.qc.judge import judge, sides
from psoas_audio.qc.listen import listen
from psoas_audio.qc.onsets import late_or_early, onsets
from psoas_audio.qc.report import Fault, Report
from psoas_audio.qc.structure import structure
from psoas_audio.qc.tags import tags
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLES_PER_MS


def examine(
    mp3: Path,
    timeline: Timeline,
    *,
    target: float | None = None,
    sound: bool = True,
    deep: bool = False,
) -> Report:
    """Every fault of the finished file *mp3* against the *timeline* it was made from.

    Always: its frames, checksum, length and tags as they lie in the file (milliseconds). With
    *sound*, it is decoded from end to end: length, peaks, levels (the voice's against *target*
    in LUFS, if given), drop-outs, and when each line is heard. *deep* looks for clicks as well.
    A file that can't be read at all is a fault, not an error.
    """
    try:
        faults, figures = structure(mp3, timeline)
        faults += [*tags(mp3, timeline), *sides(timeline)]
        if sound or deep:
            heard, told = _heard(mp3, timeline, target, deep)
            faults += heard
            figures |= told
    except (OSError, soundfile.LibsndfileError) as error:
        return Report((Fault("unreadable", f"the file can't be read: {error}"),), {})
    return Report(_sorted(faults), figures)


def examine_sound(
    path: Path, timeline: Timeline, *, target: float | None = None, deep: bool = False
) -> Report:
    """Every fault that can be heard in *path*, a file of any format that soundfile reads."""
    try:
        faults, figures = _heard(path, timeline, target, clicks=deep)
    except (OSError, soundfile.LibsndfileError) as error:
        return Report((Fault("unreadable", f"the file can't be read: {error}"),), {})
    return Report(_sorted([*faults, *sides(timeline)]), figures)


def _heard(
    path: Path, timeline: Timeline, target: float | None, clicks: bool
) -> tuple[list[Fault], dict[str, float]]:
    heard = listen(path, clicks=clicks)
    measured = onsets(heard, timeline)
    figures = sound_figures(heard, timeline) | {"onsets_measured": len(measured)}
    if measured:
        worst = max((onset.error for onset in measured), key=abs)
        figures["onset_worst_ms"] = worst / SAMPLES_PER_MS
    return [*judge(heard, timeline, target), *late_or_early(measured)], figures


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(
        sorted(faults, key=lambda f: (f.at_samples is not None, f.at_samples or 0, f.name))
    )
