"""The picture of a session: its sound, chapters, lanes and loudness over one axis of time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from psoas_audio.deliver.pictures.plot_lanes import INK, LINE, QUIET, VOICE, Scale, lanes
from psoas_audio.deliver.pictures.svg import Area, Box, Disc, Line, Picture, Point, Shape, Words
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE, clock

WIDTH = 1000
"""Pixels."""
PARTS = 900
"""Into how many equal parts of the session its sound is measured: about one a pixel."""

_PAPER, _SHADE, _SOUND, _LOUD = "#faf7f2", "#f1eae0", "#b9aa9a", "#41518f"
_LEFT, _RIGHT = 78, 24
_TITLE, _FACTS, _BAND = 36, 57, 74  # where they stand, down from the top
_BAND_HIGH, _WAVE, _LOUDNESS, _BETWEEN = 24, 84, 120, 12
_TOP, _FLOOR = -8.0, -58.0  # LUFS
_GRID = (-20, -30, -40, -50)
_TICKS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)  # seconds
_APART = 60  # pixels between two times
_CHARACTER = 6.4  # pixels that one takes at the size of chapter titles, on average
_CUT = 6  # characters of a title below which a cut one tells nothing
_COLUMNS, _ROW = 3, 20  # of the list of chapters
_TITLE_CUT = 96  # characters


@dataclass(frozen=True, slots=True)
class Sounding:
    """What was measured of a session's sound, in equal parts of its length.

    Loudness is what two channels play; ``-inf`` is silence.
    """

    peaks: Sequence[float]
    """Highest absolute sample of each part, linear."""
    momentary: Sequence[float]
    """Highest momentary loudness (400 ms) of each, LUFS."""
    short_term: Sequence[float]
    """Highest short-term loudness (3 s) of each, LUFS."""
    target: float | None = None
    """LUFS that the voice was set to."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """By the names that QC gives them."""


def plot(timeline: Timeline, sounding: Sounding | None = None) -> Picture:
    """The picture of *timeline*; with *sounding*, of its sound as well."""
    return _Plot(timeline, sounding).picture()


class _Plot:
    def __init__(self, timeline: Timeline, sounding: Sounding | None) -> None:
        self.timeline, self.sounding = timeline, sounding
        self.scale = Scale(_LEFT, WIDTH - _RIGHT, max(1, timeline.length))

    def picture(self) -> Picture:
        timeline, sounding = self.timeline, self.sounding
        top = float(_BAND + _BAND_HIGH + _BETWEEN)
        inside: list[Shape] = []
        if sounding is not None:
            inside += self._wave(sounding, top)
            top += _WAVE + _BETWEEN
        drawn, top = lanes(timeline, self.scale, top)
        inside += drawn
        if sounding is not None:
            inside += self._loudness(sounding, top)
            top += _LOUDNESS + _BETWEEN
        foot = top - _BETWEEN / 2
        shapes = [*self._chapters(foot), *self._head(), *inside, *self._axis(foot)]
        foot += 46
        if sounding is not None:
            shapes += self._key(sounding, foot)
            foot += 14
        listed = list(self._list(foot + 12))
        rows = -(-len(timeline.markers) // _COLUMNS)
        height = round(foot + (12 + rows * _ROW if listed else 0))
        title = f"{timeline.title}, {clock(timeline.length)}"
        return Picture(WIDTH, height, _PAPER, title, (*shapes, *listed))

    def _head(self) -> Iterator[Shape]:
        yield Words(20, _TITLE, _cut(self.timeline.title, _TITLE_CUT), INK, 20, bold=True)
        yield Words(20, _FACTS, ", ".join(self._facts()), QUIET, 13)

    def _facts(self) -> Iterator[str]:
        count = len(self.timeline.markers)
        yield clock(self.timeline.length)
        yield "stereo" if self.timeline.channels == 2 else "mono"
        if count:
            yield f"{count} chapter" + "s" * (count != 1)
        figures = {} if self.sounding is None else self.sounding.figures
        for name, words, unit in (
            ("voice_lufs", "voice", "LUFS"),
            ("integrated_lufs", "whole", "LUFS"),
            ("loudness_range_lu", "range", "LU"),
            ("true_peak_dbtp", "true peak", "dBTP"),
            ("bed_below_voice_lu", "bed under voice", "LU"),
        ):
            if name in figures:
                yield f"{words} {_number(figures[name])} {unit}"

    def _chapters(self, foot: float) -> Iterator[Shape]:
        """A band of titles, and every other chapter shaded down to the axis."""
        for number, marker in enumerate(self.timeline.markers):
            x, end = self.scale.x(marker.start), self.scale.x(marker.end)
            if number % 2 == 0:
                yield Box(x, _BAND, end - x, foot - _BAND, _SHADE)
            tip = f"{marker.title}, {clock(marker.start)}"
            y = _BAND + _BAND_HIGH / 2
            if end - x < 20:
                continue
            yield Disc(x + 11, y, 8, "#ffffff", tip)
            yield Words(x + 11, y + 4, str(number + 1), INK, 11, "middle")
            room = int((end - x - 26) / _CHARACTER)
            if room >= min(_CUT, len(marker.title)):
                yield Words(x + 24, y + 4, _cut(marker.title, room), INK, tip=tip)

    def _list(self, top: float) -> Iterator[Shape]:
        """All chapters by number, with their times, in columns."""
        markers = self.timeline.markers
        rows = -(-len(markers) // _COLUMNS)
        wide = (WIDTH - 40) / _COLUMNS
        for number, marker in enumerate(markers):
            column, row = divmod(number, rows)
            x, y = 20 + column * wide, top + row * _ROW
            room = int((wide - 84) / _CHARACTER)
            yield Words(x + 18, y, str(number + 1), QUIET, anchor="end")
            yield Words(x + 62, y, clock(marker.start), QUIET, anchor="end")
            yield Words(x + 70, y, _cut(marker.title, room), INK)

    def _axis(self, y: float) -> Iterator[Shape]:
        yield Line(((_LEFT, y), (self.scale.right, y)), QUIET)
        least = _APART / (self.scale.per_sample * SAMPLE_RATE)
        step = next((step for step in _TICKS if step >= least), 3600 * math.ceil(least / 3600))
        for second in range(0, self.timeline.length // SAMPLE_RATE + 1, step):
            x = self.scale.x(second * SAMPLE_RATE)
            yield Line(((x, y), (x, y + 5)), QUIET)
            yield Words(x, y + 20, clock(second * SAMPLE_RATE), QUIET, anchor="middle")

    def _wave(self, sounding: Sounding, top: float) -> Iterator[Shape]:
        """Both halves of the outline, what sounds while the voice speaks in its colour."""
        half, middle = _WAVE / 2, top + _WAVE / 2
        count = len(sounding.peaks)
        spoken = [False] * count
        for clip in self.timeline.track("voice").clips:
            first = clip.start * count // self.scale.length
            last = min(count, -(-clip.end * count // self.scale.length))
            spoken[first:last] = [True] * max(0, last - first)
        yield from self._label("sound", middle + 4)
        yield Line(((_LEFT, middle), (self.scale.right, middle)), LINE)
        for colour, voice in ((_SOUND, False), (VOICE, True)):
            reach = [
                half * min(1.0, peak) if voice is is_spoken else 0.0
                for peak, is_spoken in zip(sounding.peaks, spoken, strict=True)
            ]
            if any(reach):
                yield Area(self._steps(reach, middle), colour)

    def _steps(self, reach: Sequence[float], middle: float) -> list[Point]:
        """The outline of bars *reach* high above and below *middle*."""
        wide = (self.scale.right - _LEFT) / len(reach)
        tops = [
            (_LEFT + (number + side) * wide, middle - high)
            for number, high in enumerate(reach)
            for side in (0, 1)
        ]
        return [*tops, *((x, 2 * middle - y) for x, y in reversed(tops))]

    def _loudness(self, sounding: Sounding, top: float) -> Iterator[Shape]:
        foot = top + _LOUDNESS

        def level(lufs: float) -> float:
            return top + _LOUDNESS * (_TOP - min(_TOP, max(_FLOOR, lufs))) / (_TOP - _FLOOR)

        yield from self._label("loudness", top + 8)
        for lufs in _GRID:
            y = level(lufs)
            yield Line(((_LEFT, y), (self.scale.right, y)), LINE)
            unit = " LUFS" if lufs == _GRID[0] else ""
            yield Words(_LEFT - 10, y + 4, _number(lufs, 0) + unit, QUIET, 11, "end")
        wide = (self.scale.right - _LEFT) / max(1, len(sounding.momentary))
        xs = [_LEFT + (number + 0.5) * wide for number in range(len(sounding.momentary))]
        above = [(x, level(lufs)) for x, lufs in zip(xs, sounding.momentary, strict=True)]
        if above:
            outline = ((xs[0], foot), *above, (xs[-1], foot))
            yield Area(outline, _LOUD, 0.22)
        line = [(x, level(lufs)) for x, lufs in zip(xs, sounding.short_term, strict=True)]
        yield Line(line, _LOUD, 1.4)
        if sounding.target is not None:
            y = level(sounding.target)
            yield Line(((_LEFT, y), (self.scale.right, y)), VOICE, 1.2, dashed=True)

    def _key(self, sounding: Sounding, y: float) -> Iterator[Shape]:
        """What the colours and lines mean."""
        x = float(_LEFT)

        def square(colour: str, opacity: float = 1.0) -> Shape:
            return Box(x, y - 9, 14, 9, colour, opacity=opacity)

        def line(colour: str, dashed: bool = False) -> Shape:
            return Line(((x, y - 4), (x + 14, y - 4)), colour, 1.4, dashed)

        entries: list[tuple[Callable[[], Shape], str]] = [
            (lambda: square(_LOUD, 0.22), "momentary loudness, 400 ms"),
            (lambda: line(_LOUD), "short-term loudness, 3 s"),
        ]
        if sounding.target is not None:
            told = f"target of the voice, {_number(sounding.target, 0)} LUFS"
            entries.append((lambda: line(VOICE, dashed=True), told))
        if self.timeline.track("voice").clips:
            entries.append((lambda: square(VOICE), "while the voice speaks"))
            entries.append((lambda: square(_SOUND), "other sound"))
        for shape, words in entries:
            yield shape()
            yield Words(x + 20, y, words, QUIET, 11)
            x += 38 + 5.9 * len(words)

    def _label(self, text: str, y: float) -> Iterator[Shape]:
        yield Words(_LEFT - 10, y, text, QUIET, anchor="end")


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(0, room - 1)].rstrip() + "…"


def _number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace("-", "−")
