"""The picture of a session: the same shapes as SVG and as PNG, whatever the words in it."""

from io import BytesIO
from itertools import pairwise
from math import inf, sin
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops
from session_example import Builder

from psoas_audio.deliver.pictures.plot import PLOT_WIDTH, SoundMeasurements, plot_picture
from psoas_audio.deliver.pictures.png import PNG_SCALE, to_png
from psoas_audio.deliver.pictures.svg import Picture, to_svg
from psoas_audio.timeline.model import Timeline

SVG = "{http://www.w3.org/2000/svg}"
SOUNDING = SoundMeasurements(
    peaks=[abs(sin(n / 40)) for n in range(900)],
    momentary=[-inf if n < 100 else -20 + 10 * sin(n / 40) for n in range(900)],
    short_term=[-25.0] * 900,
    target_lufs=-18.0,
    values={"voice_lufs": -18.2, "true_peak_dbtp": -2.04},
)


def words(picture: Picture) -> list[str]:
    root = ElementTree.fromstring(to_svg(picture))
    return [t.text or "" for t in root.iter(f"{SVG}text")]


def painted(picture: Picture) -> Image.Image:
    return Image.open(BytesIO(to_png(picture)))


def test_a_plot_shows_chapters_lanes_levels_and_a_time_axis(timeline: Timeline) -> None:
    told = words(plot_picture(timeline, SOUNDING))
    for label in ("sound", "voice", "breath", "bells", "bed", "loudness", "0:00", "3:00"):
        assert label in told
    assert any(text.startswith("Right side") for text in told)
    assert "voice target, −18 LUFS" in told
    assert any("voice −18.2 LUFS, true peak −2.0 dBTP" in text for text in told)


def test_without_a_sound_it_is_the_timeline_alone(timeline: Timeline) -> None:
    told = words(plot_picture(timeline))
    assert "voice" in told
    assert "sound" not in told
    assert plot_picture(timeline).height < plot_picture(timeline, SOUNDING).height


def test_both_formats_have_the_same_size_and_a_light_ground(timeline: Timeline) -> None:
    picture = plot_picture(timeline, SOUNDING)
    root, image = ElementTree.fromstring(to_svg(picture)), painted(picture)
    assert (root.get("width"), root.get("height")) == (str(PLOT_WIDTH), str(picture.height))
    assert image.size == (PLOT_WIDTH * PNG_SCALE, picture.height * PNG_SCALE)
    assert min(image.convert("RGB").getpixel((3, 3))) > 240  # type: ignore[type-var]


def test_the_png_shows_what_differs(timeline: Timeline) -> None:
    """Sound, a target, a title: each leaves its mark in the pixels."""
    louder = SoundMeasurements([1.0] * 900, SOUNDING.momentary, SOUNDING.short_term, -18.0)
    other = SoundMeasurements(SOUNDING.peaks, SOUNDING.momentary, SOUNDING.short_term, -23.0)
    base = SoundMeasurements(SOUNDING.peaks, SOUNDING.momentary, SOUNDING.short_term, -18.0)
    first = painted(plot_picture(timeline, base))
    for changed in (louder, other):
        box = ImageChops.difference(first, painted(plot_picture(timeline, changed))).getbbox()
        assert box is not None


def test_words_of_a_stranger_stay_words() -> None:
    b = Builder()
    b.chapter('</svg><script>"&\x00\x0b\ufffe', "supine")
    b.say("<b>&amp;]]>\x1b")
    b.gap("hold", 60.0, '"><x/>')
    picture = plot_picture(b.build(title="<i>&\x00漢字 🌬️"), SOUNDING)
    root = ElementTree.fromstring(to_svg(picture))
    assert not [e for e in root.iter() if e.tag.removeprefix(SVG) in ("script", "b", "x", "i")]
    assert painted(picture).width == PLOT_WIDTH * PNG_SCALE


@pytest.mark.parametrize("minutes", [0, 1, 30, 480])
def test_times_on_the_axis_never_touch(minutes: int) -> None:
    b = Builder()
    b.chapter("One", "supine")
    b.gap("hold", max(0.1, minutes * 60))
    root = ElementTree.fromstring(to_svg(plot_picture(b.build())))
    middle = [
        float(t.get("x", 0))
        for t in root.iter(f"{SVG}text")
        if t.get("text-anchor") == "middle" and ":" in (t.text or "")
    ]
    assert all(b - a >= 59 for a, b in pairwise(middle))


def test_titles_are_cut_where_they_would_run_into_the_next_one() -> None:
    b = Builder()
    for number in range(12):
        b.chapter(f"A rather long chapter, number {number}", "supine")
        b.gap("hold", 30.0)
    told = words(plot_picture(b.build()))
    assert told.count("1") == 2  # in the band and in the list
    assert any(text.endswith("…") for text in told)
    assert any(text.endswith("number 11") for text in told)


def test_a_breath_rises_stays_and_falls() -> None:
    """The curve of a phase is where the lungs are at its end."""
    b = Builder()
    b.chapter("One", "supine")
    b.breathe([[("in", 4.0), ("full", 4.0), ("out", 6.0), ("empty", 2.0)]])
    timeline = b.build()
    path = next(
        e.get("d", "")
        for e in ElementTree.fromstring(to_svg(plot_picture(timeline))).iter(f"{SVG}path")
        if e.get("stroke") == "#2f8391"
    )
    moves = [tuple(map(float, part.split())) for part in path[1:].split("l")]
    x = y = 0.0
    line = []
    for number, (right, down) in enumerate(moves):
        x, y = (right, down) if not number else (x + right, y + down)
        line.append((x, y))
    high, foot = min(y for _, y in line), max(y for _, y in line)
    length = line[-1][0] - line[0][0]

    def level(seconds: float) -> float:
        at = line[0][0] + length * seconds / 16
        (x0, y0), (x1, y1) = next((a, b) for a, b in pairwise(line) if a[0] <= at + 1e-6 <= b[0])
        return (foot - (y0 + (y1 - y0) * (at - x0) / (x1 - x0))) / (foot - high)

    assert level(0.1) < 0.1
    assert level(4) == pytest.approx(1, abs=0.05)
    assert level(7.9) == pytest.approx(1, abs=0.05)
    assert 0.3 < level(11) < 0.7
    assert level(14.5) == pytest.approx(0, abs=0.05)
