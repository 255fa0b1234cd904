"""The plot of a session: its sound, chapters, tracks and loudness over time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from psoas_audio.deliver.figures.drawing import Point
from psoas_audio.deliver.pictures.plot_lanes import (
    GRID_COLOUR,
    INK_COLOUR,
    MUTED_COLOUR,
    VOICE_COLOUR,
    Scale,
    lanes,
)
from psoas_audio.deliver.pictures.svg import (
    Box,
    Circle,
    Drawable,
    Label,
    Picture,
    Polygon,
    Polyline,
)
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE, clock

PLOT_WIDTH = 1000
"""Pixels."""
PLOT_BINS = 900
"""Equal parts of the session for which its sound is measured: about one a pixel."""

_PAPER, _SHADE, _SOUND, _LOUD = "#faf7f2", "#f1eae0", "#b9aa9a", "#41518f"
_LEFT, _RIGHT = 78, 24  # margins, pixels
_TITLE_Y, _FACTS_Y, _CHAPTERS_Y = 36, 57, 74  # pixels from the top
_CHAPTERS_HEIGHT, _WAVE_HEIGHT, _LOUDNESS_HEIGHT, _SPACING = 24, 84, 120, 12  # pixels
_MAX_LUFS, _MIN_LUFS = -8.0, -58.0
_GRID_LUFS = (-20, -30, -40, -50)
_TICK_STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MIN_TICK_DISTANCE = 60  # pixels
_CHARACTER_WIDTH = 6.4  # pixels on average, at the font size of chapter titles
_MIN_TITLE_CHARACTERS = 6  # a title cut shorter than this says nothing
_COLUMNS, _ROW_HEIGHT = 3, 20  # of the list of chapters
_MAX_TITLE_CHARACTERS = 96


@dataclass(frozen=True, slots=True)
class SoundMeasurements:
    """What was measured of a session's sound, in equal parts of its length.

    Loudness is that of two channels; silence is ``-inf``.
    """

    peaks: Sequence[float]
    """Highest absolute sample of each part, 0 to 1."""
    momentary: Sequence[float]
    """Highest momentary loudness (400 ms) of each part, in LUFS."""
    short_term: Sequence[float]
    """Highest short-term loudness (3 s) of each part, in LUFS."""
    target_lufs: float | None = None
    """Loudness that the voice was set to, in LUFS; ``None`` if it isn't known."""
    values: Mapping[str, float] = field(default_factory=dict)
    """Values of the whole session, by the names that QC gives them."""


def plot_picture(timeline: Timeline, measurements: SoundMeasurements | None = None) -> Picture:
    """The plot of *timeline*, with its sound if there are *measurements* of it."""
    return _Plot(timeline, measurements).picture()


class _Plot:
    def __init__(self, timeline: Timeline, measurements: SoundMeasurements | None) -> None:
        self.timeline, self.measurements = timeline, measurements
        self.scale = Scale(_LEFT, PLOT_WIDTH - _RIGHT, max(1, timeline.length))

    def picture(self) -> Picture:
        timeline, measurements = self.timeline, self.measurements
        top = float(_CHAPTERS_Y + _CHAPTERS_HEIGHT + _SPACING)
        inside: list[Drawable] = []
        if measurements is not None:
            inside += self._wave(measurements, top)
            top += _WAVE_HEIGHT + _SPACING
        drawn, top = lanes(timeline, self.scale, top)
        inside += drawn
        if measurements is not None:
            inside += self._loudness(measurements, top)
            top += _LOUDNESS_HEIGHT + _SPACING
        foot = top - _SPACING / 2
        shapes = [*self._chapters(foot), *self._head(), *inside, *self._axis(foot)]
        foot += 46
        if measurements is not None:
            shapes += self._legend(measurements, foot)
            foot += 14
        listed = list(self._list(foot + 12))
        rows = -(-len(timeline.markers) // _COLUMNS)
        height = round(foot + (12 + rows * _ROW_HEIGHT if listed else 0))
        title = f"{timeline.title}, {clock(timeline.length)}"
        return Picture(PLOT_WIDTH, height, _PAPER, title, (*shapes, *listed))

    def _head(self) -> Iterator[Drawable]:
        yield Label(
            20,
            _TITLE_Y,
            _cut(self.timeline.title, _MAX_TITLE_CHARACTERS),
            INK_COLOUR,
            20,
            bold=True,
        )
        yield Label(20, _FACTS_Y, ", ".join(self._facts()), MUTED_COLOUR, 13)

    def _facts(self) -> Iterator[str]:
        count = len(self.timeline.markers)
        yield clock(self.timeline.length)
        yield "stereo" if self.timeline.channels == 2 else "mono"
        if count:
            yield f"{count} chapter" + "s" * (count != 1)
        values = {} if self.measurements is None else self.measurements.values
        for name, words, unit in (
            ("voice_lufs", "voice", "LUFS"),
            ("integrated_lufs", "session", "LUFS"),
            ("loudness_range_lu", "loudness range", "LU"),
            ("true_peak_dbtp", "true peak", "dBTP"),
            ("bed_below_voice_lu", "bed below voice", "LU"),
        ):
            if name in values:
                yield f"{words} {_number(values[name])} {unit}"

    def _chapters(self, foot: float) -> Iterator[Drawable]:
        """A band with the titles, and a shade behind every other chapter."""
        for number, marker in enumerate(self.timeline.markers):
            x, end = self.scale.x(marker.start), self.scale.x(marker.end)
            if number % 2 == 0:
                yield Box(x, _CHAPTERS_Y, end - x, foot - _CHAPTERS_Y, _SHADE)
            tip = f"{marker.title}, {clock(marker.start)}"
            y = _CHAPTERS_Y + _CHAPTERS_HEIGHT / 2
            if end - x < 20:
                continue
            yield Circle(x + 11, y, 8, "#ffffff", tip)
            yield Label(x + 11, y + 4, str(number + 1), INK_COLOUR, 11, "middle")
            room = int((end - x - 26) / _CHARACTER_WIDTH)
            if room >= min(_MIN_TITLE_CHARACTERS, len(marker.title)):
                yield Label(x + 24, y + 4, _cut(marker.title, room), INK_COLOUR, tip=tip)

    def _list(self, top: float) -> Iterator[Drawable]:
        """All chapters by number, with their times, in columns."""
        markers = self.timeline.markers
        rows = -(-len(markers) // _COLUMNS)
        wide = (PLOT_WIDTH - 40) / _COLUMNS
        for number, marker in enumerate(markers):
            column, row = divmod(number, rows)
            x, y = 20 + column * wide, top + row * _ROW_HEIGHT
            room = int((wide - 84) / _CHARACTER_WIDTH)
            yield Label(x + 18, y, str(number + 1), MUTED_COLOUR, anchor="end")
            yield Label(x + 62, y, clock(marker.start), MUTED_COLOUR, anchor="end")
            yield Label(x + 70, y, _cut(marker.title, room), INK_COLOUR)

    def _axis(self, y: float) -> Iterator[Drawable]:
        yield Polyline(((_LEFT, y), (self.scale.right, y)), MUTED_COLOUR)
        least = _MIN_TICK_DISTANCE / (self.scale.per_sample * SAMPLE_RATE)
        step = next(
            (step for step in _TICK_STEPS_S if step >= least), 3600 * math.ceil(least / 3600)
        )
        for second in range(0, self.timeline.length // SAMPLE_RATE + 1, step):
            x = self.scale.x(second * SAMPLE_RATE)
            yield Polyline(((x, y), (x, y + 5)), MUTED_COLOUR)
            yield Label(x, y + 20, clock(second * SAMPLE_RATE), MUTED_COLOUR, anchor="middle")

    def _wave(self, measurements: SoundMeasurements, top: float) -> Iterator[Drawable]:
        """The waveform; the parts where the voice speaks are in its colour."""
        half, middle = _WAVE_HEIGHT / 2, top + _WAVE_HEIGHT / 2
        count = len(measurements.peaks)
        spoken = [False] * count
        for clip in self.timeline.track("voice").clips:
            first = clip.start * count // self.scale.length
            last = min(count, -(-clip.end * count // self.scale.length))
            spoken[first:last] = [True] * max(0, last - first)
        yield from self._label("sound", middle + 4)
        yield Polyline(((_LEFT, middle), (self.scale.right, middle)), GRID_COLOUR)
        for colour, voice in ((_SOUND, False), (VOICE_COLOUR, True)):
            reach = [
                half * min(1.0, peak) if voice is is_spoken else 0.0
                for peak, is_spoken in zip(measurements.peaks, spoken, strict=True)
            ]
            if any(reach):
                yield Polygon(self._steps(reach, middle), colour)

    def _steps(self, reach: Sequence[float], middle: float) -> list[Point]:
        """The outline of bars that reach so many pixels above and below *middle*."""
        wide = (self.scale.right - _LEFT) / len(reach)
        tops = [
            (_LEFT + (number + side) * wide, middle - high)
            for number, high in enumerate(reach)
            for side in (0, 1)
        ]
        return [*tops, *((x, 2 * middle - y) for x, y in reversed(tops))]

    def _loudness(self, measurements: SoundMeasurements, top: float) -> Iterator[Drawable]:
        foot = top + _LOUDNESS_HEIGHT

        def level(lufs: float) -> float:
            share = (_MAX_LUFS - lufs) / (_MAX_LUFS - _MIN_LUFS)
            return top + _LOUDNESS_HEIGHT * min(1.0, max(0.0, share))

        yield from self._label("loudness", top + 8)
        for lufs in _GRID_LUFS:
            y = level(lufs)
            yield Polyline(((_LEFT, y), (self.scale.right, y)), GRID_COLOUR)
            unit = " LUFS" if lufs == _GRID_LUFS[0] else ""
            yield Label(_LEFT - 10, y + 4, _number(lufs, 0) + unit, MUTED_COLOUR, 11, "end")
        wide = (self.scale.right - _LEFT) / max(1, len(measurements.momentary))
        xs = [_LEFT + (number + 0.5) * wide for number in range(len(measurements.momentary))]
        above = [(x, level(lufs)) for x, lufs in zip(xs, measurements.momentary, strict=True)]
        if above:
            outline = ((xs[0], foot), *above, (xs[-1], foot))
            yield Polygon(outline, _LOUD, 0.22)
        line = [(x, level(lufs)) for x, lufs in zip(xs, measurements.short_term, strict=True)]
        yield Polyline(line, _LOUD, 1.4)
        if measurements.target_lufs is not None:
            y = level(measurements.target_lufs)
            yield Polyline(((_LEFT, y), (self.scale.right, y)), VOICE_COLOUR, 1.2, dashed=True)

    def _legend(self, measurements: SoundMeasurements, y: float) -> Iterator[Drawable]:
        """The legend."""
        x = float(_LEFT)

        def square(colour: str, opacity: float = 1.0) -> Drawable:
            return Box(x, y - 9, 14, 9, colour, opacity=opacity)

        def line(colour: str, dashed: bool = False) -> Drawable:
            return Polyline(((x, y - 4), (x + 14, y - 4)), colour, 1.4, dashed)

        entries: list[tuple[Callable[[], Drawable], str]] = [
            (lambda: square(_LOUD, 0.22), "momentary loudness, 400 ms"),
            (lambda: line(_LOUD), "short-term loudness, 3 s"),
        ]
        if measurements.target_lufs is not None:
            label = f"voice target, {_number(measurements.target_lufs, 0)} LUFS"
            entries.append((lambda: line(VOICE_COLOUR, dashed=True), label))
        if self.timeline.track("voice").clips:
            entries.append((lambda: square(VOICE_COLOUR), "while the voice speaks"))
            entries.append((lambda: square(_SOUND), "other sound"))
        for shape, words in entries:
            yield shape()
            yield Label(x + 20, y, words, MUTED_COLOUR, 11)
            x += 38 + 5.9 * len(words)

    def _label(self, text: str, y: float) -> Iterator[Drawable]:
        yield Label(_LEFT - 10, y, text, MUTED_COLOUR, anchor="end")


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(0, room - 1)].rstrip() + "…"


def _number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace("-", "−")
