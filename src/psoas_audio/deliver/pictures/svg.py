"""A picture as a list of shapes from back to front, and its SVG."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Literal

from psoas_audio.deliver.figures.drawing import Point

TextAnchor = Literal["start", "middle", "end"]

_FONT = "ui-rounded, Nunito, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_blank = partial(re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").sub, " ")
"""Replaces characters that XML doesn't allow."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    """``#rrggbb``."""
    radius: float = 0.0
    opacity: float = 1.0
    edge: str = ""
    """Colour of its outline; empty for none."""
    tip: str = ""
    """Tooltip; empty for none."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled shape with these corners."""

    points: Sequence[Point]
    fill: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Polyline:
    """A line through points."""

    points: Sequence[Point]
    colour: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    colour: str
    size: int = 12
    anchor: TextAnchor = "start"
    bold: bool = False
    tip: str = ""


Drawable = Box | Circle | Polygon | Polyline | Label


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes on a background; lengths in pixels, the origin at the upper left."""

    width: int
    height: int
    ground: str
    """Colour of the background."""
    title: str
    """Alternative text."""
    shapes: Sequence[Drawable]


def to_svg(picture: Picture) -> str:
    """*picture* as an SVG file."""
    wide, high, title = picture.width, picture.height, _escaped(picture.title)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}"'
        f' height="{high}" role="img" aria-label="{title}" font-family="{_FONT}">'
    )
    ground = f'<rect width="{wide}" height="{high}" rx="10" fill="{picture.ground}"/>'
    shapes = map(_element, picture.shapes)
    return "\n".join((head, f"<title>{title}</title>", ground, *shapes, "</svg>\n"))


def _element(shape: Drawable) -> str:
    match shape:
        case Box():
            look = f' fill="{shape.fill}"{_opacity("fill-", shape.opacity)}'
            if shape.edge:
                look += f' stroke="{shape.edge}" stroke-opacity=".55"'
            return (
                f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}"'
                f' height="{_n(shape.height)}"'
                + (f' rx="{_n(shape.radius)}"' if shape.radius else "")
                + f"{look}{_closed('rect', _tip(shape.tip))}"
            )
        case Circle():
            return (
                f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
                f' fill="{shape.fill}"{_closed("circle", _tip(shape.tip))}'
            )
        case Polygon():
            opacity = _opacity("", shape.opacity)
            return f'<path d="{_path(shape.points)}Z" fill="{shape.fill}"{opacity}/>'
        case Polyline():
            dashes = ' stroke-dasharray="5 4"' if shape.dashed else ""
            return (
                f'<path d="{_path(shape.points)}" fill="none" stroke="{shape.colour}"'
                f' stroke-width="{shape.width:g}" stroke-linejoin="round"{dashes}/>'
            )
        case Label():
            anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
            bold = ' font-weight="650"' if shape.bold else ""
            return (
                f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{shape.size}"'
                f' fill="{shape.colour}"{anchor}{bold}>'
                f"{_escaped(shape.text)}{_tip(shape.tip)}</text>"
            )


def _path(points: Iterable[Point]) -> str:
    """The points as path data: the first absolute, the others relative, to keep files small."""
    path, at = [], (0, 0)
    for number, (x, y) in enumerate(points):
        here = round(x * 10), round(y * 10)
        if not number:
            path.append(f"M{_n(x)} {_n(y)}")
        elif here != at:
            path.append(f"l{_n((here[0] - at[0]) / 10)} {_n((here[1] - at[1]) / 10)}")
        at = here
    return "".join(path)


def _n(number: float) -> str:
    """*number* to a tenth of a pixel, as short as possible."""
    return f"{round(number, 1):g}" if abs(number) < 1e5 else f"{number:.0f}"


def _opacity(of: str, opacity: float) -> str:
    return "" if opacity == 1 else f' {of}opacity="{opacity:g}"'


def _escaped(text: str) -> str:
    return escape(_blank(text))


def _tip(tip: str) -> str:
    return f"<title>{_escaped(tip)}</title>" if tip else ""


def _closed(name: str, inside: str) -> str:
    return f">{inside}</{name}>" if inside else "/>"
