"""Text in pictures, in the font that comes with Pillow, so that no other has to be installed.

That font has only ASCII letters; the accents of Latin letters are drawn here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from PIL import ImageDraw, ImageFont

from psoas_audio.deliver.pictures.colours import Rgb

_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "-"}
    | {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D"}
)
_RING = ((0.5, 0.02), (0.34, 0.09), (0.5, 0.16), (0.66, 0.09), (0.5, 0.02))
_ACCENTS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    # Lines through points. x is in widths of the letter. y is in font sizes above the letter or,
    # if negative, below the baseline. A single point is a dot.
    "\u0300": (((0.25, 0.15), (0.58, 0.04)),),
    "\u0301": (((0.75, 0.15), (0.42, 0.04)),),
    "\u0302": (((0.2, 0.04), (0.5, 0.14), (0.8, 0.04)),),
    "\u0303": (((0.12, 0.05), (0.36, 0.12), (0.64, 0.06), (0.88, 0.13)),),
    "\u0304": (((0.15, 0.09), (0.85, 0.09)),),
    "\u0306": (((0.2, 0.14), (0.5, 0.05), (0.8, 0.14)),),
    "\u0307": (((0.5, 0.09),),),
    "\u0308": (((0.24, 0.09),), ((0.76, 0.09),)),
    "\u030a": (_RING,),
    "\u030b": (((0.5, 0.15), (0.3, 0.04)), ((0.95, 0.15), (0.75, 0.04))),
    "\u030c": (((0.2, 0.14), (0.5, 0.04), (0.8, 0.14)),),
    "\u0327": (((0.52, -0.01), (0.62, -0.1), (0.42, -0.16)),),
    "\u0328": (((0.72, -0.01), (0.62, -0.1), (0.8, -0.15)),),
}


def can_draw(text: str) -> bool:
    """Whether every character of *text* can be drawn."""
    return all(
        (letter.isascii() and letter.isprintable()) and all(mark in _ACCENTS for mark in marks)
        for letter, marks in _letters(text)
    )


def text_width(text: str, size: int) -> float:
    """Width of *text* in pixels at font *size* (pixels)."""
    return _font(size).getlength("".join(letter for letter, _ in _letters(text)))


def draw_text(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, fill: Rgb
) -> None:
    """Draw one line of *text* in font *size* (pixels); its baseline starts at *place*."""
    font = _font(size)
    x, foot = place
    letters = list(_letters(text))
    plain = "".join(letter for letter, _ in letters)
    draw.text(place, plain, font=font, fill=fill, anchor="ls")
    stroke = max(1, size // 13)
    for number, (letter, marks) in enumerate(letters):
        if not marks:
            continue
        left, top, right, _ = font.getbbox(letter, anchor="ls")
        start = x + font.getlength(plain[:number])
        for mark in marks:
            for line in _ACCENTS[mark]:
                points = [
                    (
                        start + left + across * (right - left),
                        foot + (top - up * size if up >= 0 else -up * size),
                    )
                    for across, up in line
                ]
                draw_rounded_line(draw, points, stroke, fill)


def draw_rounded_line(
    draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], stroke: float, fill: Rgb | int
) -> None:
    """Draw a line through *points* with round ends and joints; a dot at a single point."""
    if len(points) > 1:
        draw.line(points, fill=fill, width=round(stroke))
    radius = stroke / 2 if len(points) > 1 else stroke * 0.7
    for a, b in points:
        draw.ellipse((a - radius, b - radius, a + radius, b + radius), fill=fill)


def _letters(text: str) -> Iterator[tuple[str, str]]:
    """Each letter with the accents it carries."""
    letter, marks = "", ""
    for character in unicodedata.normalize("NFD", text.translate(_PLAIN)):
        if unicodedata.combining(character):
            marks += character
            continue
        if letter:
            yield letter, marks
        letter, marks = character, ""
    if letter:
        yield letter, marks


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font
