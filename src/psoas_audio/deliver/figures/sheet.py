"""The figures as SVG files: each with its description, and all of them on one sheet."""

from __future__ import annotations

from html import escape

from psoas_audio.deliver.figures.drawing import (
    FIGURE_HEIGHT,
    FIGURE_WIDTH,
    svg_document,
    svg_elements,
)
from psoas_audio.deliver.figures.lookup import FIGURES, figure_description, figure_for
from psoas_audio.deliver.pictures.colours import colours

_INK = colours("self-massage").deep
_GROUND, _CARD = "#faf7f2", "#f1e5dc"
_COLUMNS = 4
_GAP, _LABEL = 12, 26


def figure_file(name: str, *, language: str = "en", side: str = "") -> str:
    """The figure called *name* as an SVG file, described in *language*.

    Raises :class:`KeyError` for an unknown name.
    """
    figure = figure_for(name, side) or FIGURES[name]
    text = figure_description(name, language, side)
    return svg_document(figure, name.replace("-", " "), text, colour=_INK, ground=_GROUND)


def figure_sheet(language: str = "en") -> str:
    """Every figure with its name, in one SVG file."""
    wide, high = FIGURE_WIDTH + _GAP, FIGURE_HEIGHT + _LABEL + _GAP
    rows = -(-len(FIGURES) // _COLUMNS)
    width, height = _COLUMNS * wide + _GAP, rows * high + _GAP
    cells = []
    for number, (name, figure) in enumerate(FIGURES.items()):
        row, column = divmod(number, _COLUMNS)
        cells.append(
            f'<svg x="{_GAP + column * wide}" y="{_GAP + row * high}" width="{FIGURE_WIDTH}"'
            f' height="{FIGURE_HEIGHT + _LABEL}">'
            f"<title>{escape(figure_description(name, language))}</title>"
            f'<rect width="{FIGURE_WIDTH}" height="{FIGURE_HEIGHT}" rx="8" fill="{_CARD}"/>'
            f"{svg_elements(figure)}"
            f'<text x="2" y="{FIGURE_HEIGHT + 17}" fill="#26211c">{escape(name)}</text></svg>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" color="{_INK}" role="group"'
        ' font-family="system-ui, sans-serif" font-size="13">'
        f"<style>.halo{{stroke:{_CARD}}}.hollow{{fill:{_CARD}}}</style>"
        f'<rect width="{width}" height="{height}" fill="{_GROUND}"/>{"".join(cells)}</svg>\n'
    )
