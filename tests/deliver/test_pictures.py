"""Covers and pictures of chapters, judged by their pixels."""

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.drawing import FIGURE_HEIGHT, FIGURE_WIDTH
from psoas_audio.deliver.figures.hulls import polygons
from psoas_audio.deliver.figures.lookup import SCENES, figure_for, figure_svg
from psoas_audio.deliver.pictures.colours import _BY_KIND, colours, rgb
from psoas_audio.deliver.pictures.cover_and_chapters import (
    COVER_PIXELS,
    chapter_pictures,
    cover_jpeg,
)
from psoas_audio.deliver.pictures.font import can_draw
from psoas_audio.timeline.model import Timeline


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def title_ink(data: bytes) -> int:
    """How many pixels of the upper third are nearly as light as the letters."""
    image = opened(data).convert("L")
    upper = image.crop((0, 0, image.width, image.height // 3))
    return sum(upper.histogram()[200:])


def test_the_cover_is_what_podcast_directories_take(details: Details) -> None:
    image = opened(cover_jpeg(details))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (COVER_PIXELS, COVER_PIXELS))
    assert 1400 <= COVER_PIXELS <= 3000


def test_the_title_is_on_the_cover_and_accents_change_it(details: Details) -> None:
    plain, accented = (
        cover_jpeg(replace(details, title=title), size=300) for title in ("Hufte", "Hüfte")
    )
    assert title_ink(plain) > 500
    assert title_ink(accented) > title_ink(plain)


@pytest.mark.parametrize(
    "title", ["", "漢字 🌬️", "x" * 10_000, "word " * 2000, "<script>", "tab\tand\nline", "Größe"]
)
def test_any_title_gives_a_cover(title: str, details: Details) -> None:
    assert opened(cover_jpeg(replace(details, title=title, kind=title), size=200)).size == (
        200,
        200,
    )


def test_letters_that_cannot_be_drawn_are_left_out_not_boxed(details: Details) -> None:
    assert not can_draw("漢字")
    assert can_draw("Ça va, señor? Größer – “so” …")
    assert title_ink(cover_jpeg(replace(details, title="漢字"), size=300)) == 0


def test_each_chapter_gets_its_picture(timeline: Timeline, details: Details) -> None:
    found = chapter_pictures(timeline, details)
    assert set(found) == {marker.id for marker in timeline.markers}
    assert found["m1"] != found["m2"]
    assert all(len(data) < 60_000 for data in found.values())


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("name", SCENES)
def test_figures_stay_in_their_field(name: str, side: str) -> None:
    figure = figure_for(name, side)
    assert figure is not None
    for shape in figure.shapes:
        for corners in polygons(shape, grown=shape.width / 2 if shape.edge else 0.0):
            if shape.fill:  # of shadows only the ends of a stroke reach out
                assert all(0 <= x <= FIGURE_WIDTH for x, _ in corners)
                assert all(0 <= y <= FIGURE_HEIGHT for _, y in corners)
    ElementTree.fromstring(f"<svg>{figure_svg(name, side)}</svg>")


def test_a_figure_on_a_cover_has_nothing_around_it(details: Details) -> None:
    """Next to the body is the ground as it would be without a figure."""
    plain, drawn = (
        opened(cover_jpeg(replace(details, title="", figure=name, position=""), size=400))
        for name in ("no such", "standing")
    )
    changed = ImageChops.difference(plain, drawn).convert("L").point(lambda v: 255 * (v > 40))
    body = changed.getbbox()
    assert body is not None
    assert body[2] - body[0] < 130
    margin = drawn.crop((body[0] - 12, body[1], body[0] - 4, body[3])).convert("L")
    before = plain.crop((body[0] - 12, body[1], body[0] - 4, body[3])).convert("L")
    assert ImageChops.difference(margin, before).getextrema()[1] < 25


def luminance(colour: str) -> float:
    parts = [value / 255 for value in rgb(colour)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("kind", _BY_KIND)
def test_colours_can_be_read(kind: str) -> None:
    tones = colours(kind)
    assert contrast(tones.deep, "#faf7f2") >= 4.5
    assert contrast(tones.soft, "#15181b") >= 4.5
