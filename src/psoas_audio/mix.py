"""The mix: what the session sounds like between any two samples.

A pure function of position: the same samples come back whatever the blocks they
are asked in, so blocks can be mixed side by side, out of order, or from anywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

import numpy as np
import numpy.typing as npt

from psoas_audio.sound import bed, breath
from psoas_audio.timeline import Breath, Clip, Sound, Take, Timeline, Track
from psoas_audio.timeline.model import TrackName
from psoas_audio.units import db_to_gain, seconds_to_samples

Samples = npt.NDArray[np.float32]

TRACKS: tuple[TrackName, ...] = ("voice", "breath", "bells", "bed")

BED_FADE_IN = seconds_to_samples(3)
BED_FADE_OUT = seconds_to_samples(5)
BELL_FADE_OUT = seconds_to_samples(1)
"""What a bell cut off by the session's end gets."""


class Media(Protocol):
    """Hands out what the clips refer to."""

    def take(self, name: str) -> Samples:
        """The take with that media id, shape ``(frames, 1)``."""

    def bell(self, name: str) -> Samples:
        """The sound of that name, shape ``(frames, channels)`` of the session."""

    def loop(self, name: str) -> bed.Loop:
        """The sound of that name as a loop, in the session's channels."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The gain of each track, in dB on its media's own samples."""

    voice: float
    breath: float
    bells: float
    bed: float


class Mixer:
    """Mixes a timeline; safe to use from several threads when its media are."""

    def __init__(self, timeline: Timeline, media: Media, levels: Levels) -> None:
        self.timeline = timeline
        self._media = media
        self._gains = {name: db_to_gain(getattr(levels, name)) for name in TRACKS}
        self._lanes = {track.name: _Lane(track) for track in timeline.tracks}
        self._spoken = [(clip.start, clip.end) for clip in timeline.track("voice").clips]

    def read(self, start: int, stop: int, tracks: Collection[str] = TRACKS) -> Samples:
        """Samples *start* to *stop* of *tracks*, float32 of shape ``(stop - start, channels)``."""
        out = np.zeros((stop - start, self.timeline.channels), np.float32)
        for name in TRACKS:
            if name in tracks:
                for clip in self._lanes[name].between(start, stop):
                    self._add(out, clip, start, stop, self._gains[name])
        return out

    def _add(self, out: Samples, clip: Clip, start: int, stop: int, gain: float) -> None:
        first, last = max(start, clip.start), min(stop, clip.end)
        gain *= db_to_gain(clip.level)
        here = out[first - start : last - start]
        begin, end = first - clip.start, last - clip.start
        match clip.media:
            case Take(id=name):
                here += self._media.take(name)[begin:end] * np.float32(gain)
            case Breath(kind, timbre, _, soft):
                here += breath.phase(kind, clip.length, timbre, soft)[begin:end] * np.float32(gain)
            case Sound(name, loop=True):
                here += self._bed(name, clip, first, last, gain)
            case Sound(name):
                samples = self._media.bell(name)
                ringing = samples[begin:end] * np.float32(gain)
                if clip.length < len(samples):
                    ringing *= _fade_out(begin, end, clip.length)
                here += ringing

    def _bed(self, name: str, clip: Clip, first: int, last: int, gain: float) -> Samples:
        begin, end = first - clip.start, last - clip.start
        curve = bed.duck(self._spoken, first, last)
        curve *= bed.fade(begin, end, clip.length, BED_FADE_IN, BED_FADE_OUT)
        curve *= np.float32(gain)
        sounding: Samples = self._media.loop(name).read(begin, end) * curve[:, np.newaxis]
        return sounding


def stem(mixer: Mixer, track: TrackName) -> Callable[[int, int], Samples]:
    """One track of *mixer* as a reader of its own."""
    return lambda start, stop: mixer.read(start, stop, (track,))


class _Lane:
    """A track's clips, found by position."""

    def __init__(self, track: Track) -> None:
        self._clips: Sequence[Clip] = track.clips
        self._starts = [clip.start for clip in track.clips]
        # Clips may overlap (a bell rings on), so the latest end so far is what bounds a search.
        self._ends = list(accumulate((clip.end for clip in track.clips), max))

    def between(self, start: int, stop: int) -> list[Clip]:
        first = bisect_left(self._ends, start + 1)
        last = bisect_left(self._starts, stop)
        return [clip for clip in self._clips[first:last] if clip.end > start]


def _fade_out(begin: int, end: int, length: int) -> Samples:
    """Gain of samples *begin* to *end* of something that must be silent at *length*."""
    left = (length - np.arange(begin, end)) / min(BELL_FADE_OUT, length)
    gain = np.sin(np.clip(left, 0, 1) * (np.pi / 2)) ** 2
    return gain.astype(np.float32)[:, np.newaxis]
