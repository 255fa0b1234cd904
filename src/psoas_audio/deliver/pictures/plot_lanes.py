"""The tracks of a plot: when the voice, the breath, the bells and the bed sound."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from psoas_audio.deliver.figures.drawing import Point
from psoas_audio.deliver.pictures.svg import Box, Circle, Drawable, Label, Polygon, Polyline
from psoas_audio.deliver.text.silences import has_name, silence_name
from psoas_audio.timeline.model import BedSound, Breath, Clip, Gap, Sound, Take, Timeline, TrackName
from psoas_audio.units import clock

INK_COLOUR, MUTED_COLOUR, GRID_COLOUR = "#26211c", "#655d54", "#ddd5ca"
VOICE_COLOUR = "#b05a36"
_BREATH, _BELLS, _BED = "#2f8391", "#a67c1e", "#71866f"
_SPACING = 12  # pixels between lanes
_FULL = ("in", "sip", "full", "up", "top")  # phases that end with full lungs, or at the top
_BEFORE_SIP = 0.3  # how far below full the breath before a second sip ends, 0 to 1
_MAX_CURVE_STEPS = 8  # of a breath phase
_CHARACTER_WIDTH = 6.2  # pixels on average, at the font size of a hold's name


@dataclass(frozen=True, slots=True)
class Scale:
    """The time axis."""

    left: float
    """Pixels."""
    right: float
    """Pixels."""
    length: int
    """Samples from ``left`` to ``right``."""

    @property
    def per_sample(self) -> float:
        """Pixels of a sample."""
        return (self.right - self.left) / self.length

    def x(self, samples: int) -> float:
        """The pixel at *samples* from the start."""
        return self.left + samples * self.per_sample


def lanes(timeline: Timeline, scale: Scale, top: float) -> tuple[list[Drawable], float]:
    """The tracks of *timeline* that have a clip, from *top* down, and the y below them."""
    shapes: list[Drawable] = []
    for name, high, lane in _LANES:
        if timeline.track(name).clips or (name == "voice" and timeline.track(name).gaps):
            middle = top + high / 2
            shapes.append(Label(scale.left - 10, middle + 4, name, MUTED_COLOUR, anchor="end"))
            shapes += lane(timeline, scale, top, high)
            top += high + _SPACING
    return shapes, top


def _voice(timeline: Timeline, scale: Scale, top: float, high: float) -> Iterator[Drawable]:
    """Spoken lines as filled boxes; holds as outlines, with their names if there is room."""
    track = timeline.track("voice")
    starts = [clip.start for clip in track.clips]
    for gap in track.gaps:
        if not has_name(gap) or gap.kind == "breathe":
            continue
        name, x, wide = silence_name(gap, timeline.language), scale.x(gap.start), _wide(gap, scale)
        tip = f"{name}, {clock(gap.length)}"
        yield Box(x, top, wide, high, VOICE_COLOUR, 5, 0.13, VOICE_COLOUR, tip)
        free = bisect(starts, gap.end) == bisect(starts, gap.start - 1)
        if free and wide > _CHARACTER_WIDTH * len(name) + 8:
            yield Label(x + wide / 2, top + high / 2 + 4, name, VOICE_COLOUR, 11, "middle", tip=tip)
    for clip in track.clips:
        text = clip.media.text if isinstance(clip.media, Take) else ""
        yield Box(
            scale.x(clip.start), top + 4, _wide(clip, scale), high - 8, VOICE_COLOUR, 2, tip=text
        )


def _breath(timeline: Timeline, scale: Scale, top: float, high: float) -> Iterator[Drawable]:
    """How full the lungs are: an outline for each unbroken stretch, fainter if it is soft."""
    foot = top + high
    yield Polyline(((scale.left, foot), (scale.right, foot)), GRID_COLOUR)
    clips = timeline.track("breath").clips
    breaths = [(clip, clip.media) for clip in clips if isinstance(clip.media, Breath)]
    sips = {clip.start for clip, media in breaths if media.kind == "sip"}
    points: list[Point] = []
    end, y, soft = -1, foot, False
    for clip, media in breaths:
        if clip.start != end:
            yield from _lungs(points, foot, soft)
            y, soft = foot, media.soft
            points = [(scale.x(clip.start), foot)]
        x, wide = scale.x(clip.start), clip.length * scale.per_sample
        before, y = y, top if media.kind in _FULL else foot
        if media.kind == "in" and clip.end in sips:
            y = top + high * _BEFORE_SIP
        steps = max(1, min(_MAX_CURVE_STEPS, round(wide))) if y != before else 1
        for step in range(1, steps + 1):
            way = step / steps
            rise = 0.5 - 0.5 * math.cos(math.pi * way)
            points.append((x + wide * way, before + (y - before) * rise))
        end = clip.end
    yield from _lungs(points, foot, soft)


def _lungs(points: list[Point], foot: float, soft: bool) -> Iterator[Drawable]:
    if points:
        outline = (*points, (points[-1][0], foot))
        yield Polygon(outline, _BREATH, 0.25 if soft else 0.45)
        yield Polyline(points, _BREATH, 0.8 if soft else 1.3)


def _bells(timeline: Timeline, scale: Scale, top: float, high: float) -> Iterator[Drawable]:
    """A circle for each stroke and a wedge for its ringing; a dot for each tick."""
    y = top + high / 2
    for clip in timeline.track("bells").clips:
        x, end = scale.x(clip.start), scale.x(clip.end)
        name = clip.media.name if isinstance(clip.media, Sound) else ""
        tip = f"{name}, {clock(clip.start)}"
        if name == "tick":
            yield Circle(x, y, 1, _BELLS, tip)
            continue
        yield Polygon(((x, y - 5), (end, y), (x, y + 5)), _BELLS, 0.5)
        yield Circle(x, y, 5, _BELLS, tip)


def _bed(timeline: Timeline, scale: Scale, top: float, high: float) -> Iterator[Drawable]:
    for clip in timeline.track("bed").clips:
        name = clip.media.name if isinstance(clip.media, BedSound) else ""
        x, wide = scale.x(clip.start), _wide(clip, scale)
        yield Box(x, top, wide, high, _BED, 6, 0.3, tip=name)
        if wide > _CHARACTER_WIDTH * len(name) + 12:
            level = f"{timeline.track('bed').level + clip.level:g}".replace("-", "−")
            yield Label(x + 10, top + high / 2 + 4, f"{name}, {level} dB", INK_COLOUR, 11)


def _wide(item: Clip | Gap, scale: Scale) -> float:
    return max(0.75, item.length * scale.per_sample)


_Lane = Callable[[Timeline, Scale, float, float], Iterator[Drawable]]
_LANES: tuple[tuple[TrackName, float, _Lane], ...] = (
    ("voice", 34, _voice),
    ("breath", 34, _breath),
    ("bells", 14, _bells),
    ("bed", 18, _bed),
)
