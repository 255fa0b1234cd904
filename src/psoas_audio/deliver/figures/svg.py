"""Figures as SVG: elements that take their colours from a style sheet, and whole files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from itertools import groupby

from psoas_audio.deliver.figures.drawing import (
    EDGE_WIDTH,
    FIGURE_HEIGHT,
    FIGURE_WIDTH,
    TONES,
    TONES_ON_DARK,
    Figure,
    FlatShape,
    Hull,
    Point,
    Stroke,
    Tone,
)
from psoas_audio.deliver.figures.hulls import arcs

_LOOKS = {
    "start": ' opacity=".45" stroke-opacity=".3"',
    "between": ' opacity="0"',
    "out": ' opacity="0"',
}
"""How what is only seen before or during a movement, or in an out-breath, looks where nothing
moves."""
_BREATHS = ("in", "out")
_EDGES: tuple[Tone, ...] = ("leg", "skin", "mat", "shadow", "arrow", "rim")
_FILLS = tuple(tone for tone in TONES if tone not in ("shadow", "arrow", "rim"))
"""The tones of lines (but for ``ink``, the usual one) and of areas."""
_SHORTEST_ARC = 0.15
"""Units; shorter arcs aren't seen."""
_DARK_PAGES = (
    ":root[data-theme=dark],:root[data-theme=night],:root[data-dim]{SHADES}"
    "@media (prefers-color-scheme:dark){:root:not([data-theme]){SHADES}}"
)
"""Where the ground is dark. A drawing that is used elsewhere in the page inherits from there, but
selectors don't see where it is used."""
_FORCED = "@media (forced-colors:active){.drawn{color:CanvasText;--halo:Canvas}}"
"""Browsers leave the colours of drawings as they are; these are those that people chose."""
_MOVEMENT = (
    "@media screen and (prefers-reduced-motion:no-preference){"
    ".pose-start{animation:pose-start var(--figure-time,0s) step-end infinite}"
    ".pose-between{animation:pose-between var(--figure-time,0s) step-end infinite}"
    ".pose-end{animation:pose-end var(--figure-time,0s) step-end infinite}"
    "[class|=pose]{animation-play-state:var(--figure-play,running);"
    "animation-delay:var(--figure-delay,0s)}}"
    ".breath-in{opacity:var(--breath-in,1)}.breath-out{opacity:var(--breath-out,0)}"
    "@keyframes pose-start{0%,97%{opacity:1;stroke-opacity:1}42%{opacity:0}}"
    "@keyframes pose-between{0%,46%,97%{opacity:0}42%,93%{opacity:1}}"
    "@keyframes pose-end{0%,93%{opacity:0}46%{opacity:1}}"
)
"""Shows the poses one after another where ``--figure-time`` is set, each loop so long; and turns
the arrows of a breath where ``--breath-in`` is 0 and ``--breath-out`` 1."""


def svg_elements(figure: Figure) -> str:
    """*figure* as SVG elements, without the enclosing ``svg`` element.

    :data:`FIGURE_CSS` colours their classes. In a movement, what is only seen in one pose is in
    groups of the classes ``pose-start``, ``pose-between`` and ``pose-end``. As they are, the start
    is a ghost and what lies between is hidden, so that a print shows both poses. Arrows of a breath
    are in groups of the classes ``breath-in`` and, hidden, ``breath-out``.
    """
    found: list[str] = []
    for stage, shapes in groupby(figure.shapes, key=lambda shape: shape.stage):
        drawn = "".join(map(_element, shapes))
        kind = "breath" if stage in _BREATHS else "pose"
        group = f'<g class="{kind}-{stage}"{_LOOKS.get(stage, "")}>{drawn}</g>'
        found.append(group if stage else drawn)
    return f'<g class="drawn">{"".join(found)}</g>'


def _figure_css() -> str:
    """The style sheet that pages need for figures."""
    dark = "".join(f"--fig-{tone}:{part:.0%};" for tone, part in TONES_ON_DARK.items())
    shades: dict[Tone, str] = {tone: _mix(tone, part) for tone, part in TONES.items()}
    return f"{_DARK_PAGES.replace('SHADES', dark)}{_FORCED}{tone_rules(shades)}{_MOVEMENT}"


def _mix(tone: Tone, part: float) -> str:
    """The colour of *tone* as CSS, with a *part* (0 to 1) of the figure's colour."""
    if tone not in TONES_ON_DARK and part in (0, 1):
        return "currentColor" if part else "var(--halo,Canvas)"
    share = f"var(--fig-{tone},{part:.0%})" if tone in TONES_ON_DARK else f"{part:.0%}"
    return f"color-mix(in srgb,currentColor {share},var(--halo,Canvas))"


def svg_document(figure: Figure, title: str, text: str, shades: Mapping[Tone, str]) -> str:
    """*figure* as an SVG file with its *title* and descriptive *text*, in ``#rrggbb`` *shades*."""
    size = f"{FIGURE_WIDTH} {FIGURE_HEIGHT}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img"'
        ' aria-labelledby="title text">'
        f'<title id="title">{escape(title)}</title><desc id="text">{escape(text)}</desc>'
        f"<style>{tone_rules(shades)}</style>"
        f'<path fill="{shades["rim"]}" d="M0 0H{FIGURE_WIDTH}V{FIGURE_HEIGHT}H0Z"/>'
        f"{svg_elements(figure)}</svg>\n"
    )


def tone_rules(shades: Mapping[Tone, str]) -> str:
    """The CSS rules that colour figures, given a colour for each tone."""
    ink, lines = shades["ink"], "stroke-linecap:round;stroke-linejoin:round;paint-order:stroke"
    found = [
        f".drawn{{stroke:{ink};stroke-width:{EDGE_WIDTH:g};{lines}}}",
        ".n{stroke:none}.f{fill:none}",
    ]
    found += [f".f-{tone}{{fill:{shades[tone]}}}" for tone in _FILLS]
    found += [f".e-{tone}{{stroke:{shades[tone]}}}" for tone in _EDGES]
    return "".join(found)


def _element(shape: FlatShape) -> str:
    names = [f"f-{shape.fill}" if shape.fill else "f"]
    look = ""
    if shape.edge is None:
        names.append("n")
    elif shape.edge != "ink":
        names.append(f"e-{shape.edge}")
    if shape.edge and shape.width != EDGE_WIDTH:
        look = f' stroke-width="{_number(shape.width)}"'
    if shape.matrix:
        look += f' transform="matrix({" ".join(f"{value:.3g}" for value in shape.matrix)})"'
    line = "".join(map(_path, shape.outlines))
    return f'<path class="{" ".join(names)}"{look} d="{line}"/>'


def _path(outline: Hull | Stroke) -> str:
    if isinstance(outline, Stroke):
        pen = _Pen(outline.points[0])
        line = "".join("l" + pen.to(point) for point in outline.points[1:])
        return f"{pen.down}{line}{'z' if outline.closed else ''}"
    around = [arc for arc in arcs(outline) if arc.length > _SHORTEST_ARC]
    if len(around) == 1:
        disc = around[0].disc
        r, wide = _number(disc.radius), _number(2 * disc.radius)
        half = f"a{r} {r} 0 1 1"
        return f"{_Pen((disc.x - disc.radius, disc.y)).down}{half} {wide} 0{half}-{wide} 0z"
    pen = _Pen(around[0].at(around[0].start))
    found: list[str] = []
    for arc in around:
        r = _number(arc.disc.radius)
        large = int(arc.stop - arc.start > math.pi)
        to_start = "l" + pen.to(arc.at(arc.start)) if found else ""
        stop = pen.to(arc.at(arc.stop), comma=True)
        found.append(f"{to_start}a{r} {r} 0 {large} 1{stop}")
    return f"{pen.down}{''.join(found)}z"


class _Pen:
    """Where a path has come to, in tenths, so that rounding never adds up."""

    def __init__(self, start: Point) -> None:
        self._at = _tenths(start)
        x, y = start
        self.down = f"M{_pair(x, y)}"
        """The command that starts the path."""

    def to(self, point: Point, *, comma: bool = False) -> str:
        """The way from the last point to *point*, after a separator if *comma*."""
        (x, y), (a, b) = _tenths(point), self._at
        self._at = x, y
        way = _pair((x - a) / 10, (y - b) / 10)
        return f" {way}" if comma and not way.startswith("-") else way


def _tenths(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def _pair(x: float, y: float) -> str:
    one, other = _number(x), _number(y)
    return one + other if other.startswith("-") else f"{one} {other}"


def _number(value: float) -> str:
    """*value* to a tenth, as short as SVG allows."""
    text = f"{value:.1f}".removesuffix(".0").removeprefix("0") or "0"
    return "0" if text == "-0" else text.replace("-0.", "-.")


FIGURE_CSS = _figure_css()
"""The style sheet that a page with figures needs.

Their colours are shades between ``currentColor`` and ``--halo``, the ground. A movement runs where
``--figure-time`` is set to the length of its loop, unless people ask for less motion, and stops
where ``--figure-play`` is ``paused``. Paused, ``--figure-delay`` picks a pose: a fifth of the loop
before its start is the first one, 44 % what lies between, 70 % the last.
"""
