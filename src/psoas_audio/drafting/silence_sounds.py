"""What sounds in a silence: breath or tempo tones, ticks, the bed, or nothing."""

from __future__ import annotations

from typing import get_args

from psoas_audio.planning.timed_steps.hold_filling import TICK
from psoas_audio.script.model import TempoKind
from psoas_audio.sound.swell import Swell
from psoas_audio.timeline import BedSound, Breath, Gap, Sound, Timeline
from psoas_audio.timeline.foreground import front_intervals


def silence_sounds(timeline: Timeline, gap: Gap) -> tuple[str, ...]:
    """What sounds in *gap* besides words and bells, such as ``ticks`` or ``soft-rain at -10 dB``.

    Levels are relative to the voice: of a bed the level it comes up to there. ``silence`` where
    nothing sounds.
    """
    found: list[str] = []
    for clip in timeline.track("breath").clips:
        if isinstance(clip.media, Breath) and _overlap(clip.start, clip.end, gap):
            is_tempo = clip.media.kind in get_args(TempoKind)
            found.append("tempo tones" if is_tempo else "breath tones")
    for clip in timeline.track("bells").clips:
        if isinstance(clip.media, Sound) and clip.media.name == TICK:
            found += ["ticks"] * _overlap(clip.start, clip.end, gap)
    found += _beds(timeline, gap)
    return tuple(dict.fromkeys(found)) or ("silence",)


def _beds(timeline: Timeline, gap: Gap) -> list[str]:
    track = timeline.track("bed")
    beds = [(c, c.media) for c in track.clips if isinstance(c.media, BedSound)]
    highest = max((abs(media.rise) for _, media in beds), default=0.0)
    comes_up = Swell(front_intervals(timeline), highest).comes_up(gap.start, gap.end)
    return [
        f"{media.name} at {track.level + clip.level + media.rise * comes_up:g} dB"
        for clip, media in beds
        if _overlap(clip.start, clip.end, gap)
    ]


def _overlap(start: int, end: int, gap: Gap) -> bool:
    return start < gap.end and end > gap.start
