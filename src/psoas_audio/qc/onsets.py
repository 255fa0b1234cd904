"""Checks that each line begins when the timeline says.

Onsets are measured on the envelope of the finished file, for lines before which the voice is silent
for a while and nothing else begins or is nearly as loud.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from psoas_audio.qc.measure import BIN, Measurements
from psoas_audio.qc.report import Fault
from psoas_audio.timeline.model import Clip, Timeline
from psoas_audio.units import SAMPLES_PER_MS, seconds_to_samples

QUIET = seconds_to_samples(0.3)
"""Samples that the voice must be silent before a line that is measured."""

EARLIEST_MS, LATEST_MS = -30, 120
"""Range of the first sound after a line's start: MP3 spreads it forward, and a line may begin with
a soft consonant."""

_SEARCH = seconds_to_samples(0.15)
"""Samples before its start from which a line is searched for; before them is the background."""

_LEVEL_WINDOW = seconds_to_samples(0.6)
"""Samples of a line from which its level is taken."""

_MIN_CONTRAST = 8.0
"""How many times louder than the background (18 dB) a line must be."""

_MAX_BACKGROUND_SHARE = 0.7
"""Of the line's level (-3 dB): anything louder before the line is the line itself."""

_ONSET_OVER_BACKGROUND = 2.0
"""A line begins above so many times the background,"""

_ONSET_LEVEL_SHARE = 0.03
"""and above this share of its own level (-30 dB)."""


@dataclass(frozen=True, slots=True)
class Onset:
    """The onset of a line."""

    clip: Clip
    error: int
    """Samples by which it is late; negative if it is early."""


def measure_onsets(heard: Measurements, timeline: Timeline) -> list[Onset]:
    """The onset of every line that can be measured, in order."""
    others = [
        c for track in timeline.tracks if track.name in ("breath", "bells") for c in track.clips
    ]
    busy = sorted((clip.start - _LEVEL_WINDOW, clip.end + QUIET) for clip in others)
    measured = []
    quiet_since = next_busy = busy_until = 0
    for clip in timeline.track("voice").clips:
        while next_busy < len(busy) and busy[next_busy][0] < clip.start:
            busy_until = max(busy_until, busy[next_busy][1])
            next_busy += 1
        if clip.start - max(quiet_since + QUIET, busy_until) >= 0 and clip.length >= QUIET:
            error = _error(heard, clip)
            if error is not None:
                measured.append(Onset(clip, error))
        quiet_since = max(quiet_since, clip.end)
    return measured


def onset_faults(measured: list[Onset]) -> Iterator[Fault]:
    """A fault for each line that begins too late or too early."""
    for onset in measured:
        ms = onset.error / SAMPLES_PER_MS
        if not EARLIEST_MS <= ms <= LATEST_MS:
            when = f"{ms:.0f} ms late" if ms > 0 else f"{-ms:.0f} ms early"
            yield Fault("onset", f"a line is heard {when}.", onset.clip.start)


def _error(heard: Measurements, clip: Clip) -> int | None:
    """How late *clip* begins, in samples; ``None`` if that can't be measured."""
    start = clip.start // BIN
    before = heard.envelope[max(0, start - QUIET // BIN) : start - _SEARCH // BIN]
    here = heard.envelope[start - _SEARCH // BIN : start + min(clip.length, _LEVEL_WINDOW) // BIN]
    if not before.size or not here.size:
        return None
    level, background = float(here.max()), float(before.max())
    if background > level * _MAX_BACKGROUND_SHARE:
        return -QUIET
    if level < background * _MIN_CONTRAST or level == 0.0:
        return None
    first = int(
        np.argmax(here > max(background * _ONSET_OVER_BACKGROUND, level * _ONSET_LEVEL_SHARE))
    )
    return (start - _SEARCH // BIN + first) * BIN - clip.start
