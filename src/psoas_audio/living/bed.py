"""The bed of a living session: the frames of its loop, once, and what its level follows.

The page repeats the frames and sets the gain of each (``templates/bed.js``): so a bed of any
length, at any level, with its fades and swells, takes the room of one minute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import soxr

from psoas_audio.drafting.draft import Draft
from psoas_audio.encode.lame import encode_stream
from psoas_audio.encode.mp3_formats import FORMATS_BY_RATE, Mp3Format
from psoas_audio.mix import Media
from psoas_audio.rendering.track_levels import track_levels
from psoas_audio.timeline import BedSound, Timeline
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE, db_to_gain, samples_to_ms

BED_FORMATS = {
    1: Mp3Format(1, 64, bytes.fromhex("fffb54c4"), 16_500, 0.95),
    2: FORMATS_BY_RATE[2, 96],
}
"""By number of channels: two thirds of a session's usual rate, since noise under a voice needs no
more. Up to its cut-off, rain is within 1.1 dB in every octave."""

_SETTLING = 50
"""Frames before and after a period in which the encoder comes to rest."""
_STRETCHED = 10 * SAMPLE_RATE
"""Samples in which a loop may become half a frame longer or shorter: by two cents at most."""


@dataclass(frozen=True, slots=True)
class LivingBed:
    """A bed that can be played under every row."""

    name: str
    frames: bytes
    """One period of its loop in MP3 frames, as loud as it ever is in the script."""
    fade_in: int
    """Milliseconds."""
    fade_out: int
    """Milliseconds."""
    before: int
    """Milliseconds before the session's end at which it ends."""
    top: float
    """The level in dB at which the frames sound, relative to the voice."""
    level: float
    """dB under words, relative to the voice."""
    rise: float
    """dB by which it comes up where nothing is in front of it."""
    chapters: tuple[tuple[float, float], ...]
    """Level and rise in each chapter of the script's own session."""

    def as_json(self, numbers: Sequence[int], first: int, size: int) -> dict[str, Any]:
        """What the page needs; *numbers* are those of the chapters, and the frames, of *size*
        bytes, begin with number *first* of the pool of beds."""
        own = {
            number: list(levels)
            for number, levels in zip(numbers, self.chapters, strict=True)
            if levels != (self.level, self.rise)
        }
        return {
            "name": self.name,
            "first": first,
            "frames": len(self.frames) // size,
            "fadeIn": self.fade_in,
            "fadeOut": self.fade_out,
            "before": self.before,
            "top": self.top,
            "level": self.level,
            "rise": self.rise,
            "chapters": own,
        }


def living_bed(draft: Draft, timeline: Timeline, media: Media) -> LivingBed:
    """The bed of *timeline*, a session of *draft* that has one."""
    clips = timeline.track("bed").clips
    sounds = [clip.media for clip in clips if isinstance(clip.media, BedSound)]
    first, last, base = sounds[0], sounds[-1], timeline.track("bed").level
    levels = [(base + clip.level, sound.rise) for clip, sound in zip(clips, sounds, strict=True)]
    top = max(level + max(0.0, rise) for level, rise in levels)
    gain = track_levels(timeline, media, {}, draft.target_lufs).bed + top - base
    starts = [clip.start for clip in clips]
    at = [max(0, int(np.searchsorted(starts, m.start, side="right")) - 1) for m in timeline.markers]
    return LivingBed(
        first.name,
        _loop_frames(media, first.name, gain, BED_FORMATS[timeline.channels]),
        samples_to_ms(first.fade_in),
        samples_to_ms(last.fade_out),
        samples_to_ms(timeline.length - clips[-1].end),
        top,
        *levels[0],
        tuple(levels[number] for number in at),
    )


def _loop_frames(media: Media, name: str, gain: float, form: Mp3Format) -> bytes:
    """One period of the loop *name* at *gain* dB, as frames that may follow each other for ever.

    A loop that isn't a whole number of frames becomes one by playing up to 0.12 % faster or slower.
    """
    loop = media.loop(name)
    period = loop.period
    if period % MP3_FRAME:
        period *= ceil(_STRETCHED / period)
    frames = round(period / MP3_FRAME)
    edge = _SETTLING * MP3_FRAME
    samples = loop.read(-edge, period + edge)
    if period % MP3_FRAME:
        samples = soxr.resample(samples, period, frames * MP3_FRAME, quality="HQ")
    encoded = encode_stream(samples * np.float32(db_to_gain(gain) / form.scale), form)
    first = 1 + _SETTLING
    return encoded[first * form.size : (first + frames) * form.size]


def joined_beds(beds: Sequence[LivingBed]) -> bytes:
    """The pool of *beds*: their frames, one bed after the other."""
    return b"".join(bed.frames for bed in beds)


def beds_as_json(
    beds: Sequence[LivingBed], numbers: Mapping[str, Sequence[int]], size: int
) -> list[dict[str, Any]]:
    """*beds* with the chapter *numbers* of the session of each, by its name."""
    found, first = [], 0
    for bed in beds:
        found.append(bed.as_json(numbers[bed.name], first, size))
        first += len(bed.frames) // size
    return found
