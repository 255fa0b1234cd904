"""QC of a file that is decoded from end to end."""

from __future__ import annotations

from pathlib import Path

import soundfile

from psoas_audio.qc.measure import measure_decoded
from psoas_audio.qc.onsets import measure_onsets, onset_faults
from psoas_audio.qc.report import Fault
from psoas_audio.qc.sound_faults import find_faults, sound_figures
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLES_PER_MS


def check_decoded(
    path: Path, timeline: Timeline, target: float | None, *, clicks: bool
) -> tuple[list[Fault], dict[str, float]]:
    """Faults and figures of the sound in *path*; raises ``OSError`` if it can't be decoded."""
    try:
        heard = measure_decoded(path, clicks=clicks)
    except soundfile.LibsndfileError as error:
        raise OSError(str(error)) from error
    measured = measure_onsets(heard, timeline)
    figures = sound_figures(heard, timeline) | {"onsets_measured": len(measured)}
    if measured:
        worst = max((onset.error for onset in measured), key=abs)
        figures["onset_worst_ms"] = worst / SAMPLES_PER_MS
    return [*find_faults(heard, timeline, target), *onset_faults(measured)], figures
