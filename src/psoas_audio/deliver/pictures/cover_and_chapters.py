"""The cover, the chapters' pictures and the app icon: a figure over rings, in the kind's colour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from itertools import groupby

from PIL import Image, ImageDraw

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.drawing import (
    FIGURE_HEIGHT,
    FIGURE_WIDTH,
    TONES,
    Figure,
    FlatShape,
    Tone,
)
from psoas_audio.deliver.figures.hulls import polygons
from psoas_audio.deliver.figures.lookup import figure_for, figure_name
from psoas_audio.deliver.pictures.colours import Rgb, blend, colours, rgb
from psoas_audio.deliver.pictures.font import can_draw, draw_text, text_width
from psoas_audio.timeline.model import Timeline

COVER_PIXELS = 1400
"""Width and height; podcast directories ask for 1,400 to 3,000."""
CHAPTER_PICTURE_PIXELS = 500
"""Width and height of a chapter's picture."""

_OVERSAMPLING = 2
"""Drawn so much larger and scaled down, because Pillow's lines have hard edges."""
_PAPER: Rgb = (250, 247, 242)
_NIGHT: Rgb = (16, 18, 22)
_JPEG_QUALITY = 88
_MARGIN = 0.08
"""Left and right of the title, as a share of the side."""
_FIGURE_DARKNESS = 0.6
"""How close a figure's lines come to the night's colour, 0 to 1."""
_TITLE_SIZES = (0.115, 0.1, 0.085, 0.072, 0.06)
"""Font sizes of a title as shares of the side, the largest first."""
_MAX_TITLE_LINES = 3
_MAX_TITLE_CHARACTERS = 160


def cover_jpeg(details: Details, *, size: int = COVER_PIXELS) -> bytes:
    """The session's cover as a square JPEG, *size* pixels a side."""
    figure = figure_for(details.figure or details.position)
    return _picture(details.title, details.album, figure, details.kind, size)


def chapter_pictures(
    timeline: Timeline, details: Details, *, size: int = CHAPTER_PICTURE_PIXELS
) -> dict[str, bytes]:
    """A JPEG for each chapter, by marker id."""
    made: dict[tuple[str, str, str], bytes] = {}
    found: dict[str, bytes] = {}
    for marker in timeline.markers:
        key = (marker.title, figure_name(timeline, marker), marker.side)
        if key not in made:
            figure = figure_for(*key[1:])
            made[key] = _picture(marker.title, "", figure, details.kind, size)
        found[marker.id] = made[key]
    return found


def app_icon(size: int) -> bytes:
    """A PNG for home screens, *size* pixels a side; masks don't cut into its figure."""
    side, deep = size * _OVERSAMPLING, rgb(colours("breathing").deep)
    image = _ground(side, deep, 0.5)
    figure = figure_for("supine")
    assert figure is not None
    _draw_figure(image, figure, deep, 0.68)
    out = BytesIO()
    image.reduce(_OVERSAMPLING).save(out, "PNG", optimize=True)
    return out.getvalue()


def _picture(title: str, line: str, figure: Figure | None, kind: str, size: int) -> bytes:
    side = size * _OVERSAMPLING
    deep = rgb(colours(kind).deep)
    image = _ground(side, deep)
    if figure is not None:
        _draw_figure(image, figure, deep)
    _title(ImageDraw.Draw(image), title, line, side, blend(_PAPER, deep, 0.25))
    out = BytesIO()
    image.reduce(_OVERSAMPLING).save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def _ground(side: int, deep: Rgb, middle: float = 0.66) -> Image.Image:
    """The background: darker towards the top, with rings around *middle* (0 to 1 from the top)."""
    column = Image.new("RGB", (1, 256))
    for row in range(256):
        column.putpixel((0, row), blend(deep, _NIGHT, 0.42 * (1 - row / 255)))
    column = column.resize((1, side), Image.Resampling.BICUBIC)
    image = column.resize((side, side), Image.Resampling.NEAREST)
    rings = Image.new("L", (side, side))
    draw = ImageDraw.Draw(rings)
    x, y = side * 0.5, side * middle
    for part, light in ((0.62, 16), (0.47, 30), (0.33, 46), (0.2, 64)):
        r = side * part
        draw.ellipse((x - r, y - r, x + r, y + r), fill=light)
    image.paste(_PAPER, (0, 0), rings)
    return image


def _draw_figure(image: Image.Image, figure: Figure, deep: Rgb, foot: float = 0.9) -> None:
    """Draw *figure* onto *image* so that its field ends at *foot* (0 to 1 from the top).

    It has light skin and dark lines on any ground, and nothing around it.
    """
    side = image.width
    scale = side * 0.8 / FIGURE_WIDTH
    dark = blend(deep, _NIGHT, _FIGURE_DARKNESS)
    shades = {tone: blend(_PAPER, dark, part) for tone, part in TONES.items()}
    shades |= {"arrow": _PAPER, "rim": dark}
    size = (math.ceil(FIGURE_WIDTH * scale), math.ceil(FIGURE_HEIGHT * scale))
    place = (round((side - size[0]) / 2), round(side * foot) - size[1])
    for stage, shapes in groupby(figure.shapes, key=lambda shape: shape.stage):
        if stage in ("between", "out"):
            continue
        layer = Image.new("RGBA", size)
        draw = ImageDraw.Draw(layer)
        for shape in shapes:
            edge = None if stage == "start" else shape.edge
            _paint(draw, replace(shape, edge=edge) if shape.fill else shape, shades, scale)
        if stage == "start":
            layer.putalpha(layer.getchannel("A").point(lambda value: value * 2 // 5))
        image.paste(layer, place, layer)


def _paint(
    draw: ImageDraw.ImageDraw, shape: FlatShape, shades: Mapping[Tone, Rgb], scale: float
) -> None:
    def area(grown: float, fill: Rgb) -> None:
        for corners in polygons(shape, grown=grown):
            draw.polygon([(x * scale, y * scale) for x, y in corners], fill=fill)

    if shape.edge:
        area(shape.width / 2 if shape.fill else 0.0, shades[shape.edge])
    if shape.fill:
        area(0.0, shades[shape.fill])


def _title(draw: ImageDraw.ImageDraw, title: str, line: str, side: int, quiet: Rgb) -> None:
    """Draw the title as large as it fits, or nothing if it has letters that the font lacks."""
    title, line = (" ".join(words[:_MAX_TITLE_CHARACTERS].split()) for words in (title, line))
    left, room = side * _MARGIN, side * (1 - 2 * _MARGIN)
    foot = left
    if can_draw(title):
        size, lines = _fitted(title, side, room)
        for words in lines:
            foot += size * 1.08
            draw_text(draw, (left, foot - size * 0.2), words, size, _PAPER)
    small = round(side * 0.036)
    if line and can_draw(line) and text_width(line, small) <= room:
        draw_text(draw, (left, side * 0.957), line, small, quiet)


def _fitted(title: str, side: int, room: float) -> tuple[int, list[str]]:
    """The largest size at which *title* fits, and its lines, shortened at the smallest size."""
    for part in _TITLE_SIZES:
        size = round(side * part)
        lines = _wrapped(title, size, room)
        if len(lines) <= _MAX_TITLE_LINES and all(
            text_width(words, size) <= room for words in lines
        ):
            return size, lines
    return size, [_cut(words, size, room) for words in lines[:_MAX_TITLE_LINES]]


def _cut(words: str, size: int, room: float) -> str:
    """*words*, shortened with three dots if they don't fit."""
    if text_width(words, size) <= room:
        return words
    while text_width(f"{words}...", size) > room:
        words = words[:-1]
    return f"{words}..."


def _wrapped(title: str, size: int, room: float) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
