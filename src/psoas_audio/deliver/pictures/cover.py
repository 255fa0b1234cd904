"""The cover and the chapters' pictures: colour by kind, rings of breath, the position's figure."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.drawing import (
    HEIGHT,
    LINE,
    RIM,
    WIDTH,
    Disc,
    Figure,
    Part,
    parts_of,
)
from psoas_audio.deliver.figures.lookup import figure_for, figure_name
from psoas_audio.deliver.pictures.colours import Rgb, colours, mix, rgb
from psoas_audio.deliver.pictures.font import can_write, rounded, width, write
from psoas_audio.timeline.model import Timeline

COVER = 1400
"""Pixels a side: podcast directories want 1,400 to 3,000."""
PICTURE = 500
"""Pixels a side of a chapter's picture."""

_FINER = 2  # drawn larger and scaled down: Pillow's lines have hard edges
_PAPER: Rgb = (250, 247, 242)
_NIGHT: Rgb = (16, 18, 22)
_QUALITY = 88
_MARGIN = 0.08
_LIGHT = 0.5  # how near the innermost ring comes to paper
_SIZES = (0.115, 0.1, 0.085, 0.072, 0.06)  # of a title, in parts of the side, largest first
_LINES = 3
_LONGEST = 160  # characters of a title that are looked at


def cover(details: Details, *, size: int = COVER) -> bytes:
    """The session's cover as a square JPEG, *size* pixels a side."""
    figure = figure_for(details.figure or details.position)
    return _picture(details.title, details.album, figure, details.kind, size)


def pictures(timeline: Timeline, details: Details, *, size: int = PICTURE) -> dict[str, bytes]:
    """A JPEG for each chapter, by marker id."""
    made: dict[tuple[str, str, str], bytes] = {}
    found: dict[str, bytes] = {}
    for marker in timeline.markers:
        key = (marker.title, figure_name(marker), marker.side)
        if key not in made:
            figure = figure_for(*key[1:])
            made[key] = _picture(marker.title, "", figure, details.kind, size)
        found[marker.id] = made[key]
    return found


def icon(size: int) -> bytes:
    """A PNG for home screens, *size* pixels a side: its figure stays clear of any mask."""
    side, deep = size * _FINER, rgb(colours("breathing").deep)
    image = _ground(side, deep, 0.5)
    figure = figure_for("supine")
    assert figure is not None
    _figure(ImageDraw.Draw(image), figure, side, mix(deep, _PAPER, _LIGHT), 0.68)
    out = BytesIO()
    image.reduce(_FINER).save(out, "PNG", optimize=True)
    return out.getvalue()


def _picture(title: str, line: str, figure: Figure | None, kind: str, size: int) -> bytes:
    side = size * _FINER
    deep = rgb(colours(kind).deep)
    image = _ground(side, deep)
    draw = ImageDraw.Draw(image)
    if figure is not None:
        _figure(draw, figure, side, mix(deep, _PAPER, _LIGHT))
    _title(draw, title, line, side, mix(_PAPER, deep, 0.25))
    out = BytesIO()
    image.reduce(_FINER).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _ground(side: int, deep: Rgb, middle: float = 0.66) -> Image.Image:
    """Night falling from the top, and rings that widen like a breath."""
    column = Image.new("RGB", (1, 256))
    for row in range(256):
        column.putpixel((0, row), mix(deep, _NIGHT, 0.42 * (1 - row / 255)))
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


def _figure(
    draw: ImageDraw.ImageDraw, figure: Figure, side: int, ground: Rgb, foot: float = 0.9
) -> None:
    scale = side * 0.74 / WIDTH
    left, top = side * 0.13, side * foot - HEIGHT * scale
    faint = mix(ground, _PAPER, 0.45)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    def paint(part: Part) -> None:
        fill = faint if part.faint else _PAPER
        if isinstance(part, Disc):
            (x, y), r = at(*part.centre), part.radius * scale
            if part.hollow:
                edge = LINE / 2 * scale
                draw.ellipse((x - r - edge, y - r - edge, x + r + edge, y + r + edge), fill=fill)
                r, fill = r - edge, ground
            draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)
            return
        points = [at(*point) for point in part.points]
        if part.filled:
            if part.halo:
                rounded(draw, [*points, points[0]], RIM * scale, ground)
            draw.polygon(points, fill=fill)
            return
        if part.halo:
            rounded(draw, points, (part.width + RIM) * scale, ground)
        rounded(draw, points, part.width * scale, fill)

    for part in parts_of(figure):
        paint(part)


def _title(draw: ImageDraw.ImageDraw, title: str, line: str, side: int, quiet: Rgb) -> None:
    """The title, as large as it fits; nothing where it has letters that can't be drawn."""
    title, line = (" ".join(words[:_LONGEST].split()) for words in (title, line))
    left, room = side * _MARGIN, side * (1 - 2 * _MARGIN)
    foot = left
    if can_write(title):
        size, lines = _fitted(title, side, room)
        for words in lines:
            foot += size * 1.08
            write(draw, (left, foot - size * 0.2), words, size, _PAPER)
    small = round(side * 0.036)
    if line and can_write(line) and width(line, small) <= room:
        write(draw, (left, side * 0.957), line, small, quiet)


def _fitted(title: str, side: int, room: float) -> tuple[int, list[str]]:
    """The largest size at which *title* fits, and its lines; cut short at the smallest."""
    for part in _SIZES:
        size = round(side * part)
        lines = _wrapped(title, size, room)
        if len(lines) <= _LINES and all(width(words, size) <= room for words in lines):
            return size, lines
    return size, [_cut(words, size, room) for words in lines[:_LINES]]


def _cut(words: str, size: int, room: float) -> str:
    """*words*, or as much of them as fits before three dots."""
    if width(words, size) <= room:
        return words
    while width(f"{words}...", size) > room:
        words = words[:-1]
    return f"{words}..."


def _wrapped(title: str, size: int, room: float) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
