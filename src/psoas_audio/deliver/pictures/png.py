"""Paints a picture as PNG, with the font that comes with Pillow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from psoas_audio.deliver.figures.drawing import Point
from psoas_audio.deliver.pictures.colours import rgb
from psoas_audio.deliver.pictures.font import can_draw, draw_text, text_width
from psoas_audio.deliver.pictures.svg import (
    Box,
    Circle,
    Drawable,
    Label,
    Picture,
    Polygon,
    Polyline,
)

PNG_SCALE = 2
"""Pixels in the file for each pixel of the picture."""
_OVERSAMPLING = 2
"""Painted so much larger and scaled down, for smooth edges."""
_SCALE = PNG_SCALE * _OVERSAMPLING
_DASH, _SPACE = 5, 4
"""Pixels of a dashed line."""


def to_png(picture: Picture) -> bytes:
    """*picture* as a PNG, :data:`PNG_SCALE` times its size in pixels.

    Labels with letters that the font lacks are left out.
    """
    wide, high = picture.width * _SCALE, picture.height * _SCALE
    image = Image.new("RGB", (wide, high), rgb(picture.ground))
    draw = ImageDraw.Draw(image, "RGBA")
    for shape in picture.shapes:
        _paint(draw, shape)
    size = (picture.width * PNG_SCALE, picture.height * PNG_SCALE)
    out = BytesIO()
    dots = 72 * PNG_SCALE
    image.resize(size, Image.Resampling.BOX).save(out, "PNG", optimize=True, dpi=(dots, dots))
    return out.getvalue()


def _paint(draw: ImageDraw.ImageDraw, shape: Drawable) -> None:
    match shape:
        case Box():
            left, top = shape.x * _SCALE, shape.y * _SCALE
            right, foot = left + shape.width * _SCALE - 1, top + shape.height * _SCALE - 1
            corners = (left, top, max(left, right), max(top, foot))
            radius = min(shape.radius, shape.width / 2, shape.height / 2) * _SCALE
            edge = (*rgb(shape.edge), 140) if shape.edge else None
            fill = _fill(shape.fill, shape.opacity)
            draw.rounded_rectangle(corners, radius, fill, edge, _SCALE if edge else 0)
        case Circle():
            x, y, r = shape.x * _SCALE, shape.y * _SCALE, shape.radius * _SCALE
            draw.ellipse((x - r, y - r, x + r, y + r), fill=rgb(shape.fill))
        case Polygon():
            if len(shape.points) > 1:
                draw.polygon(_scaled(shape.points), fill=_fill(shape.fill, shape.opacity))
        case Polyline():
            for piece in _dashes(shape.points) if shape.dashed else (shape.points,):
                stroke = max(1, round(shape.width * _SCALE))
                draw.line(_scaled(piece), fill=rgb(shape.colour), width=stroke, joint="curve")
        case Label() if can_draw(shape.text):
            size = shape.size * _SCALE
            back = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
            left = shape.x * _SCALE - (back * text_width(shape.text, size) if back else 0.0)
            draw_text(draw, (left, shape.y * _SCALE), shape.text, size, rgb(shape.colour))


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def _fill(colour: str, opacity: float) -> tuple[int, int, int, int]:
    return (*rgb(colour), round(255 * opacity))


def _dashes(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The dashes of a line that runs from left to right."""
    for (x, y), (end, foot) in pairwise(points):
        at = x
        while at < end:
            stop = min(end, at + _DASH)
            slope = (foot - y) / (end - x)
            yield (at, y + (at - x) * slope), (stop, y + (stop - x) * slope)
            at = stop + _SPACE
