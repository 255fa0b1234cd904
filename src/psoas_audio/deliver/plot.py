"""A picture of a timeline as SVG: chapters over four lanes, on light and dark grounds alike."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from psoas_audio.deliver.silences import is_told, silence_name
from psoas_audio.timeline.model import Breath, Clip, Gap, Sound, Timeline
from psoas_audio.units import SAMPLE_RATE, clock

_LEFT, _RIGHT, _TOP = 64, 16, 40
_LANE, _BETWEEN, _AXIS = 34, 10, 34
_COLOURS = {"voice": "#b05a36", "breath": "#2f8391", "bells": "#a67c1e", "bed": "#71866f"}
_INK = "#808080"  # a grey that reads on white and on black
_TICKS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)  # seconds
_CHARACTER = 6.9  # width of one at the size of chapter titles
_CUT = 8  # characters of a title below which a cut one tells nothing


def timeline_svg(timeline: Timeline, *, width: int = 1000) -> str:
    """*timeline* as SVG text, *width* pixels wide."""
    return _Drawing(timeline, width).svg()


class _Drawing:
    def __init__(self, timeline: Timeline, width: int) -> None:
        self.timeline = timeline
        self.width = width
        self.bottom = _TOP + len(_COLOURS) * (_LANE + _BETWEEN)
        self.scale = (width - _LEFT - _RIGHT) / max(1, timeline.length)

    def svg(self) -> str:
        height = self.bottom + _AXIS
        title = escape(f"{self.timeline.title}, {clock(self.timeline.length)}")
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height}"'
            f' width="{self.width}" height="{height}" role="img" aria-label="{title}"'
            ' font-family="system-ui, sans-serif" font-size="11">',
            f"<title>{title}</title>",
            *self._chapters(),
            *self._axis(),
        ]
        lanes = {
            "voice": self._voice,
            "breath": self._breath,
            "bells": self._bells,
            "bed": self._bed,
        }
        for number, (name, lane) in enumerate(lanes.items()):
            top = _TOP + number * (_LANE + _BETWEEN)
            parts.append(
                f'<text x="{_LEFT - 10}" y="{top + _LANE / 2 + 4:g}" text-anchor="end"'
                f' fill="{_INK}">{name}</text>'
            )
            parts.append(f'<g fill="{_COLOURS[name]}" stroke="none">')
            parts.extend(lane(top))
            parts.append("</g>")
        return "\n".join((*parts, "</svg>\n"))

    def _x(self, samples: int) -> float:
        return _LEFT + samples * self.scale

    def _chapters(self) -> Iterator[str]:
        for number, marker in enumerate(self.timeline.markers):
            x, end = self._x(marker.start), self._x(marker.end)
            if number % 2 == 0:
                yield (
                    f'<rect x="{x:.1f}" y="14" width="{end - x:.1f}" height="{self.bottom - 14}"'
                    f' fill="{_INK}" opacity=".08"/>'
                )
            room = int((end - x - 8) / _CHARACTER)
            label = marker.title if len(marker.title) <= room else marker.title[: room - 1] + "…"
            tip = f"<title>{escape(marker.title)}, {clock(marker.start)}</title>"
            if room >= min(_CUT, len(marker.title)):
                yield (
                    f'<text x="{x + 5:.1f}" y="28" fill="{_INK}" font-weight="600">'
                    f"{escape(label)}{tip}</text>"
                )

    def _axis(self) -> Iterator[str]:
        y = self.bottom + 4
        yield (
            f'<path d="M{_LEFT} {y}H{self._x(self.timeline.length):.1f}" stroke="{_INK}"'
            ' opacity=".6"/>'
        )
        step = self._tick()
        for second in range(0, self.timeline.length // SAMPLE_RATE + 1, step):
            x = self._x(second * SAMPLE_RATE)
            yield f'<path d="M{x:.1f} {y}v5" stroke="{_INK}" opacity=".6"/>'
            yield (
                f'<text x="{x:.1f}" y="{y + 18}" text-anchor="middle" fill="{_INK}">'
                f"{clock(second * SAMPLE_RATE)}</text>"
            )

    def _tick(self) -> int:
        """Seconds between two times on the axis, so that at least 60 pixels lie between them."""
        least = 60 / (self.scale * SAMPLE_RATE)
        return next((step for step in _TICKS if step >= least), 3600 * math.ceil(least / 3600))

    def _voice(self, top: int) -> Iterator[str]:
        track = self.timeline.track("voice")
        for gap in track.gaps:
            if is_told(gap) and gap.kind != "breathe":
                yield self._hold(gap, top)
        for clip in track.clips:
            yield self._box(clip, top + 4, _LANE - 8, radius=3)

    def _hold(self, gap: Gap, top: int) -> str:
        """A stay, as an outline with its name where there is room."""
        x, wide = self._x(gap.start), gap.length * self.scale
        tip = f"<title>{escape(silence_name(gap))}, {clock(gap.length)}</title>"
        return (
            f'<rect x="{x + 0.5:.1f}" y="{top + 0.5}" width="{max(0.5, wide - 1):.1f}"'
            f' height="{_LANE - 1}" rx="5" fill="{_COLOURS["voice"]}" fill-opacity=".13"'
            f' stroke="{_COLOURS["voice"]}" stroke-opacity=".55">{tip}</rect>'
        )

    def _breath(self, top: int) -> Iterator[str]:
        """One outline per unbroken stretch: high where the lungs are full."""
        points: list[str] = []
        end, y, soft = -1, 0.0, False
        for clip in self.timeline.track("breath").clips:
            if not isinstance(clip.media, Breath):
                continue
            if clip.start != end:
                yield from self._wave(points, end, top, soft)
                y, soft = float(top + _LANE), clip.media.soft
                points = [f"M{self._x(clip.start):.1f} {y:g}"]
            x, middle = self._x(clip.end), self._x(clip.start + clip.length // 2)
            above = clip.media.kind in ("in", "sip", "full")
            before, y = y, float(top if above else top + _LANE)
            points.append(f"C{middle:.1f} {before:g} {middle:.1f} {y:g} {x:.1f} {y:g}")
            end = clip.end
        yield from self._wave(points, end, top, soft)

    def _wave(self, points: list[str], end: int, top: int, soft: bool) -> Iterator[str]:
        if points:
            opacity = ".35" if soft else ".8"
            path = "".join(points) + f"L{self._x(end):.1f} {top + _LANE}Z"
            yield f'<path d="{path}" opacity="{opacity}"/>'

    def _bells(self, top: int) -> Iterator[str]:
        """A dot where it is struck, and a line as long as it rings."""
        y = top + _LANE / 2
        for clip in self.timeline.track("bells").clips:
            x, end = self._x(clip.start), self._x(clip.end)
            if isinstance(clip.media, Sound) and clip.media.name.startswith("tick"):
                yield f'<circle cx="{x:.1f}" cy="{y:g}" r="1"/>'
                continue
            yield f'<path d="M{x:.1f} {y - 5:g}L{end:.1f} {y:g}L{x:.1f} {y + 5:g}Z" opacity=".5"/>'
            yield f'<circle cx="{x:.1f}" cy="{y:g}" r="5"/>'

    def _bed(self, top: int) -> Iterator[str]:
        for clip in self.timeline.track("bed").clips:
            yield self._box(clip, top + _LANE / 3, _LANE / 3, radius=5, opacity=0.55)

    def _box(
        self, clip: Clip, y: float, height: float, *, radius: float, opacity: float = 1.0
    ) -> str:
        wide = max(0.75, clip.length * self.scale)
        tip = escape(getattr(clip.media, "text", "") or getattr(clip.media, "name", ""))
        return (
            f'<rect x="{self._x(clip.start):.1f}" y="{y:.1f}" width="{wide:.1f}"'
            f' height="{height:.1f}" rx="{min(radius, wide / 2):.1f}" opacity="{opacity:g}">'
            f"<title>{tip}</title></rect>"
        )
