"""Mixes the tracks of a session, for any range of samples.

The mix is a pure function of position: samples don't depend on the blocks in which they are read,
so blocks can be mixed in parallel and in any order.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, Protocol

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.sound import bed, tones
from psoas_audio.sound.anchored_loop import ENTRIES, Anchor, AnchoredLoop
from psoas_audio.sound.bed_levels import BedLevels, Section
from psoas_audio.sound.curves import CURVE_STEP, curve_places, spread
from psoas_audio.sound.sound_levels import SOFT_BREATH_RISE_DB
from psoas_audio.sound.swell import Swell
from psoas_audio.timeline import BedSound, Breath, Clip, Sound, Take, Timeline, Track
from psoas_audio.timeline.foreground import front_intervals, spoken_intervals
from psoas_audio.timeline.model import TrackName
from psoas_audio.units import MP3_FRAME, db_to_gain, seconds_to_samples

TRACKS: tuple[TrackName, ...] = ("voice", "breath", "bells", "bed")

BELL_FADE_OUT = seconds_to_samples(1)
"""Samples over which a bell that the session's end cuts off fades out."""

MIN_ANCHOR_LENGTH = seconds_to_samples(15)
"""Samples of the shortest hold or breathing step that restarts the bed at its own entry point."""

_LINES_PER_ANCHOR = 4
"""About one line in this many restarts the bed too, chosen by a hash of its take id."""

_MIX_SAMPLES = seconds_to_samples(2)
"""Samples mixed at a time, few enough for intermediate results to stay in the CPU's cache."""

_MIX_SCHEMA = 5
"""Part of every block's key; increase it when the same timeline and media are mixed differently."""


class BedLevel(NamedTuple):
    """How loud the loop of a bed is, before any gain."""

    loudness: float
    """Integrated, in LUFS."""
    peak: float
    """Its highest sample, in dBFS."""


class Media(Protocol):
    """Provides the sounds that clips refer to; every sound is float32 at 48 kHz."""

    def take(self, name: str) -> Samples:
        """The take with that media id, shape ``(frames, 1)``."""

    def bell(self, name: str) -> Samples:
        """The sound of that name, shape ``(frames, channels)``, in the session's channels."""

    def loop(self, name: str) -> bed.Loop:
        """The sound of that name as a loop, in the session's channels."""

    def level(self, name: str) -> BedLevel:
        """The loudness and peak of that loop."""

    def identity(self, media: Take | Sound | BedSound) -> str:
        """A string that identifies the sound: media that sound different get different strings."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The gain of each track in dB, which is applied to the samples of its media."""

    voice: Mapping[str, float]
    """Media id to the gain of the take, since voices differ in loudness."""
    breath: float
    bells: float
    bed: float


class Mixer:
    """Mixes a timeline. Threads may share it if they may share its media."""

    def __init__(self, timeline: Timeline, media: Media, levels: Levels) -> None:
        self.timeline = timeline
        self._media = media
        self._voice = {name: db_to_gain(gain) for name, gain in levels.voice.items()}
        self._gains = {
            "breath": db_to_gain(levels.breath),
            "bells": db_to_gain(levels.bells),
            "bed": db_to_gain(levels.bed),
        }
        self._lanes = {track.name: _Lane(track) for track in timeline.tracks}
        self._bed_levels = dict(bed_levels(timeline))
        self._soft_tones = Swell(spoken_intervals(timeline), SOFT_BREATH_RISE_DB)
        self._bed = AnchoredLoop(_anchors(timeline))

    def read(self, start: int, stop: int, tracks: Collection[str] = TRACKS) -> Samples:
        """Samples *start* to *stop* of *tracks*, float32 of shape ``(stop - start, channels)``."""
        out = np.zeros((stop - start, self.timeline.channels), np.float32)
        for first in range(start, stop, _MIX_SAMPLES):
            last = min(first + _MIX_SAMPLES, stop)
            here = out[first - start : last - start]
            for name in TRACKS:
                if name in tracks:
                    for clip in self._lanes[name].between(first, last):
                        self._add(here, clip, first, last, self._gain(name, clip))
        return out

    def _gain(self, name: TrackName, clip: Clip) -> float:
        media = clip.media
        if isinstance(media, BedSound):
            return self._gains[name]  # its level belongs to its curve
        track = self._voice[media.id] if isinstance(media, Take) else self._gains[name]
        return track * db_to_gain(clip.level)

    def _add(self, out: Samples, clip: Clip, start: int, stop: int, gain: float) -> None:
        first, last = max(start, clip.start), min(stop, clip.end)
        here = out[first - start : last - start]
        begin, end = first - clip.start, last - clip.start
        match clip.media:
            case Take(id=name):
                here += self._media.take(name)[begin:end] * np.float32(gain)
            case Breath(kind, timbre, soft=soft) as breath:
                tone = tones.tone(kind, clip.length, timbre, soft, breath.version)
                heard = tone[begin:end] * np.float32(gain)
                here += heard * self._tone_gain(first, last) if soft else heard
            case BedSound(name):
                here += self._read_bed(name, clip, first, last, gain)
            case Sound(name):
                samples = self._media.bell(name)
                ringing = samples[begin:end] * np.float32(gain)
                if clip.length < len(samples):
                    ringing *= _fade_out(begin, end, clip.length)
                here += ringing

    def _read_bed(self, name: str, clip: Clip, first: int, last: int, gain: float) -> Samples:
        sounding = self._bed.read(self._media.loop(name), first, last)
        curve = self._bed_levels[clip.id].gain(first, last) * np.float32(gain)
        sounding *= curve[:, np.newaxis]
        return sounding

    def _tone_gain(self, first: int, last: int) -> Samples:
        """The gain of soft breath tones, which come up where nobody speaks."""
        share = self._soft_tones.at(curve_places(first, last))
        curve = 10.0 ** (share * (SOFT_BREATH_RISE_DB / 20.0))
        return spread(curve, last - first, first % CURVE_STEP)[:, np.newaxis]

    def key(self, start: int, stop: int) -> str:
        """A key for the samples that :meth:`read` returns: equal keys, equal samples.

        It doesn't depend on where in the session the range lies. The range may begin before the
        session and end after it, where all is silence. Empty where no track has a clip.
        """
        parts: list[object] = [_MIX_SCHEMA]
        for name in TRACKS:
            for clip in self._lanes[name].between(start, stop):
                parts.append((self._gain(name, clip), *self._identity(clip, start, stop)))
        return hashlib.sha256(repr(parts).encode()).hexdigest() if len(parts) > 1 else ""

    def _identity(self, clip: Clip, start: int, stop: int) -> tuple[object, ...]:
        match clip.media:
            case Breath(kind, timbre, soft=soft) as breath:
                variant = breath.version % tones.VARIANTS
                rising = soft and (start % CURVE_STEP, self._soft_tones.key(start, stop))
                return clip.start - start, kind, timbre, rising, variant, clip.length
            case BedSound() as media:
                first, last = max(start, clip.start), min(stop, clip.end)
                anchors = [(a.start - start, a.entry) for a in self._bed.near(first, last)]
                levels = self._bed_levels[clip.id].key(first, last)
                ends = clip.start > start and first - start, clip.end < stop and last - start
                return self._media.identity(media), ends, anchors, levels
            case media:
                return clip.start - start, self._media.identity(media), clip.length


def bed_levels(timeline: Timeline) -> Iterator[tuple[str, BedLevels]]:
    """The levels of each clip of the bed, by its id; clips that meet share theirs."""
    front = front_intervals(timeline)
    runs: list[list[Clip]] = []
    for clip in timeline.track("bed").clips:
        if runs and runs[-1][-1].end == clip.start:
            runs[-1].append(clip)
        else:
            runs.append([clip])
    for run in runs:
        beds = [clip.media for clip in run if isinstance(clip.media, BedSound)]
        sections = [Section(c.start, c.level, b.rise) for c, b in zip(run, beds, strict=True)]
        levels = BedLevels(sections, run[-1].end, beds[0].fade_in, beds[-1].fade_out, front)
        yield from ((clip.id, levels) for clip in run)


def content_starts(timeline: Timeline) -> list[int]:
    """Starts, in samples, of content that may be repeated: lines, in-breaths, bells after a
    silence, and steps that don't begin in one. Where blocks start with it, they are found in the
    cache again."""
    starts = {clip.start for clip in timeline.track("voice").clips}
    silent = silences(timeline)
    steps = [gap.start for gap in timeline.track("voice").gaps if gap.kind in _STEPS]
    starts |= {step for step in steps if not _is_inside(silent, step)}
    starts |= {end for _, end in silent} & {clip.start for clip in timeline.track("bells").clips}
    starts |= {
        clip.start
        for clip in timeline.track("breath").clips
        if isinstance(clip.media, Breath) and clip.media.kind == "in"
    }
    return sorted(starts)


_STEPS = ("hold", "rest", "breathe")
"""Kinds of gaps in which the listener does something."""


def silences(timeline: Timeline) -> list[tuple[int, int]]:
    """The ranges (start, end) in samples, in order, in which no track has a clip."""
    clips = sorted((clip.start, clip.end) for track in timeline.tracks for clip in track.clips)
    found, last = [], 0
    for start, end in [*clips, (timeline.length, timeline.length)]:
        if start > last:
            found.append((last, start))
        last = max(last, end)
    return found


def _is_inside(ranges: Sequence[tuple[int, int]], position: int) -> bool:
    index = bisect_right(ranges, (position, position + 1)) - 1
    return index >= 0 and ranges[index][0] <= position < ranges[index][1]


def _anchors(timeline: Timeline) -> list[Anchor]:
    """Where the bed restarts: at the session's start, at long steps, and at some of the lines.

    Anchors depend only on the content at their place, so an edit doesn't affect the others.
    """
    voice = timeline.track("voice")
    named = [(clip.start, clip.media.id) for clip in voice.clips if isinstance(clip.media, Take)]
    found = [
        Anchor(start, number // _LINES_PER_ANCHOR % ENTRIES)
        for start, name in named
        if start % MP3_FRAME == 0 and (number := _hash_number(name)) % _LINES_PER_ANCHOR == 0
    ]
    found += [
        Anchor(gap.start, _hash_number(gap.kind + gap.label) % ENTRIES)
        for gap in voice.gaps
        if gap.kind in _STEPS and gap.length >= MIN_ANCHOR_LENGTH and gap.start % MP3_FRAME == 0
    ]
    return [Anchor(0, 0), *sorted(found)]


def _hash_number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])


def stem(mixer: Mixer, track: TrackName) -> Callable[[int, int], Samples]:
    """A function that reads one track of *mixer*."""
    return lambda start, stop: mixer.read(start, stop, (track,))


class _Lane:
    """A track's clips, indexed by position."""

    def __init__(self, track: Track) -> None:
        self._clips: Sequence[Clip] = track.clips
        self._starts = [clip.start for clip in track.clips]
        # Clips may overlap (a bell rings on), so searches use the latest end so far.
        self._ends = list(accumulate((clip.end for clip in track.clips), max))

    def between(self, start: int, stop: int) -> list[Clip]:
        first = bisect_left(self._ends, start + 1)
        last = bisect_left(self._starts, stop)
        return [clip for clip in self._clips[first:last] if clip.end > start]


def _fade_out(begin: int, end: int, length: int) -> Samples:
    """Gain for samples *begin* to *end* of a sound that must be silent at *length*."""
    left = (length - np.arange(begin, end)) / min(BELL_FADE_OUT, length)
    gain = np.sin(np.clip(left, 0, 1) * (np.pi / 2)) ** 2
    return gain.astype(np.float32)[:, np.newaxis]
