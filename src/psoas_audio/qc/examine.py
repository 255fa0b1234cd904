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
            heard = listen(mp3, clicks=deep)
            measured = onsets(heard, timeline)
            faults += judge(heard, timeline, target)
            faults += late_or_early(measured)
            figures |= sound_figures(heard, timeline)
            figures["onsets_measured"] = len(measured)
            if measured:
                worst = max((onset.error for onset in measured), key=abs)
                figures["onset_worst_ms"] = worst / SAMPLES_PER_MS
    except (OSError, soundfile.LibsndfileError) as error:
        return Report((Fault("unreadable", f"the file can't be read: {error}"),), {})
    faults.sort(key=lambda fault: (fault.at_samples is not None, fault.at_samples or 0, fault.name))
    return Report(tuple(faults), figures)
