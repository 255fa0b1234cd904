"""The figures as SVG files: each with its description, and all of them on one sheet."""

from __future__ import annotations

from html import escape

from psoas_audio.deliver.figures.drawing import FIGURE_HEIGHT, FIGURE_WIDTH, TONES, Figure, Tone
from psoas_audio.deliver.figures.lookup import FIGURES, figure_description, figure_for, figure_svg
from psoas_audio.deliver.figures.svg import svg_document, tone_rules
from psoas_audio.deliver.pictures.colours import blend, colours, rgb

_INK = colours("self-massage").deep
_GROUND, _CARD = "#faf7f2", "#f6efe8"
_COLUMNS = 4
_GAP, _LABEL = 12, 26


def figure_file(name: str, *, language: str = "en", side: str = "") -> str:
    """The figure called *name* as an SVG file, described in *language*.

    Raises :class:`KeyError` for an unknown name.
    """
    text = figure_description(name, language, side)
    return svg_document(_figure(name, side), name.replace("-", " "), text, _shades(_GROUND))


def unnamed_figure(name: str, title: str) -> str:
    """The figure called *name* as an SVG file that has another *title* and doesn't describe it."""
    return svg_document(_figure(name), title, "", _shades(_GROUND))


def _figure(name: str, side: str = "") -> Figure:
    figure = figure_for(name, side)
    if figure is None:
        raise KeyError(name)
    return figure


def figure_sheet(language: str = "en") -> str:
    """Every figure with its name, in one SVG file."""
    wide, high = FIGURE_WIDTH + _GAP, FIGURE_HEIGHT + _LABEL + _GAP
    rows = -(-len(FIGURES) // _COLUMNS)
    width, height = _COLUMNS * wide + _GAP, rows * high + _GAP
    cells = []
    for number, name in enumerate(FIGURES):
        row, column = divmod(number, _COLUMNS)
        cells.append(
            f'<svg x="{_GAP + column * wide}" y="{_GAP + row * high}" width="{FIGURE_WIDTH}"'
            f' height="{FIGURE_HEIGHT + _LABEL}">'
            f"<title>{escape(figure_description(name, language))}</title>"
            f'<rect width="{FIGURE_WIDTH}" height="{FIGURE_HEIGHT}" rx="8" fill="{_CARD}"/>'
            f'<svg width="{FIGURE_WIDTH}" height="{FIGURE_HEIGHT}">{figure_svg(name)}</svg>'
            f'<text x="2" y="{FIGURE_HEIGHT + 17}" fill="#26211c">{escape(name)}</text></svg>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="group"'
        ' font-family="system-ui, sans-serif" font-size="13">'
        f"<style>{tone_rules(_shades(_CARD))}</style>"
        f'<rect width="{width}" height="{height}" fill="{_GROUND}"/>{"".join(cells)}</svg>\n'
    )


def _shades(ground: str) -> dict[Tone, str]:
    """Each tone as ``#rrggbb``, for programs that can't mix colours."""
    return {
        tone: "#{:02x}{:02x}{:02x}".format(*blend(rgb(ground), rgb(_INK), part))
        for tone, part in TONES.items()
    }
