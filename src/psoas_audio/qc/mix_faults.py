"""Finds the faults that a mix has before it is encoded, and that no codec caused."""

from __future__ import annotations

from psoas_audio.audio import Reader
from psoas_audio.qc.measure import READ_SAMPLES, measure
from psoas_audio.qc.onsets import measure_onsets, onset_faults
from psoas_audio.qc.sound_faults import find_faults
from psoas_audio.timeline.model import Timeline


def mix_fault_names(read: Reader, timeline: Timeline, target: float | None) -> frozenset[str]:
    """The kinds of faults in the samples that *read* gives, such as ``voice-level``.

    They come from the script and its sounds: a recording of very high peaks, say, which the
    limiter lowers, doesn't reach the *target* (LUFS). What a codec can always be given room for is
    never among them.
    """
    length = timeline.length
    starts = range(0, length, READ_SAMPLES)
    blocks = (read(start, min(start + READ_SAMPLES, length)) for start in starts)
    heard = measure(blocks, timeline.channels)
    faults = [*find_faults(heard, timeline, target), *onset_faults(measure_onsets(heard, timeline))]
    return frozenset(fault.name for fault in faults) - {"true-peak", "clipping"}
