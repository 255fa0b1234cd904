"""Every chapter has a picture, on its side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from psoas_audio import library
from psoas_audio.cli.main import cli
from psoas_audio.deliver.details import main_figure
from psoas_audio.deliver.figures.drawing import Disc, Figure, Hull, mirrored
from psoas_audio.deliver.figures.lookup import (
    FIGURES,
    figure_at,
    figure_description,
    figure_for,
    figure_name,
    figure_svg,
)
from psoas_audio.deliver.figures.sheet import figure_file, figure_sheet, unnamed_figure
from psoas_audio.deliver.figures.svg import FIGURE_CSS
from psoas_audio.deliver.web.symbols import figure_symbols
from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.script.load import load_script, parse_script, read_source
from psoas_audio.script.model import FigureName, Position
from psoas_audio.timeline import Timeline, lay_out

SVG = "{http://www.w3.org/2000/svg}"


def laid(name: str) -> Timeline:
    plan = expand(load_script(name), Choices(), Stretch())
    lengths = {u.take: estimated_length(u) for u in plan.utterances()}
    return lay_out(plan, lengths | dict.fromkeys(plan.sounds(), 200_000))


def discs_of(figure: Figure) -> Iterator[Disc]:
    outlines = (outline for shape in figure.shapes for outline in shape.outlines)
    return (disc for outline in outlines if isinstance(outline, Hull) for disc in outline.discs)


def test_scripts_may_name_the_figures_that_can_be_drawn() -> None:
    assert sorted(FIGURES) == list(get_args(FigureName))
    assert set(get_args(Position)) <= set(FIGURES)


@pytest.mark.parametrize("name", library.script_names())
def test_every_shipped_chapter_shows_a_figure(name: str) -> None:
    timeline = laid(name)
    assert all(figure_name(timeline, marker) for marker in timeline.markers)
    assert main_figure(timeline), "the cover needs a chapter that names its figure"


def test_the_left_side_is_the_mirror_image_of_the_right() -> None:
    timeline = laid("supine-ball-release")
    sides = [m for m in timeline.markers if m.side]
    assert [figure_name(timeline, m) for m in sides] == ["supine-ball", "supine-ball"]
    right, left = (figure_for("supine-ball", m.side) for m in sides)
    assert right is not None
    assert left == mirrored(right) != right
    discs = [next(discs_of(figure)) for figure in (right, left)]
    assert discs[0].x + discs[1].x == pytest.approx(200)


SIDED = [
    name
    for name in FIGURES
    if name not in ("psoas", "psoas-and-breath") and figure_for(name) != figure_for(name, "left")
]


def test_every_body_differs_on_its_other_side() -> None:
    assert set(FIGURES) - set(SIDED) == {"psoas", "psoas-and-breath"}
    for name in SIDED:
        figure = figure_for(name)
        assert figure is not None
        assert figure_for(name, "right") == figure
        again = mirrored(mirrored(figure))
        for one, other in zip(discs_of(figure), discs_of(again), strict=True):
            assert (one.x, one.y) == pytest.approx((other.x, other.y))


def moments(name: str) -> list[tuple[str, str, str]]:
    """Chapter, what the gap is, and its figure, for each named gap of a shipped session."""
    timeline = laid(name)
    return [
        (marker.title, f"{gap.kind} {gap.label}".strip(), figure_at(timeline, marker, gap)[0])
        for marker in timeline.markers
        for gap in timeline.track("voice").gaps
        if marker.start <= gap.start < marker.end
    ]


@pytest.mark.parametrize("name", library.script_names())
def test_a_move_shows_where_it_leads(name: str) -> None:
    for _, what, figure in moments(name):
        if what.startswith("move "):
            place = what.removeprefix("move ")
            assert figure == place or (place, figure) == ("sitting", "floor-sitting")


def test_the_figure_follows_the_moves_of_a_chapter() -> None:
    shown = [(what, figure) for title, what, figure in moments("bridge") if title == "Rise slowly"]
    assert [pair for pair in shown if not pair[0].startswith("pause")] == [
        ("move side-lying", "side-lying"),
        ("rest on your side", "side-lying"),
        ("move sitting", "floor-sitting"),
        ("rest sit", "floor-sitting"),
    ]
    assert ("move standing", "standing") in [m[1:] for m in moments("desk-break")]
    stretch = [m[1:] for m in moments("kneeling-hip-flexor-stretch")]
    assert ("move half-kneeling", "half-kneeling") in stretch
    assert ("move sitting", "floor-sitting") in stretch
    assert ("move standing", "standing") in stretch
    assert ("rest let go", "half-kneeling") in stretch


def test_a_move_to_the_chapters_own_position_is_on_its_side() -> None:
    timeline = laid("kneeling-hip-flexor-stretch")
    left = next(marker for marker in timeline.markers if marker.side == "left")
    move = next(
        g for g in timeline.track("voice").gaps if g.kind == "move" and g.start >= left.start
    )
    assert figure_at(timeline, left, move) == ("half-kneeling", "left")


@pytest.mark.parametrize(
    ("positions", "figure"),
    [
        (["sitting"], "sitting"),
        (["standing", "sitting"], "sitting"),
        (["sitting", "standing", "sitting"], "sitting"),
        (["supine", "side-lying", "sitting"], "floor-sitting"),
        (["prone", "all-fours", "sitting"], "floor-sitting"),
        (["standing", "half-kneeling", "sitting", "sitting"], "floor-sitting"),
        (["sitting", "supine", "sitting"], "floor-sitting"),
        (["supine", "prone"], "prone"),
    ],
)
def test_a_listener_who_comes_up_from_the_floor_sits_on_it(
    positions: list[str], figure: str
) -> None:
    first, *others = positions
    moves = "".join(f"      - {{move: {place}, time: 8s}}\n" for place in others)
    script = (
        f"title: T\nposition: {first}\nchapters:\n  - title: A\n    steps:\n      - Settle.\n"
        f"{moves}  - title: B\n    steps:\n      - {{hold: 30s, label: stay}}\n"
    )
    plan = expand(parse_script(script), Choices(), Stretch())
    lengths = {u.take: estimated_length(u) for u in plan.utterances()}
    timeline = lay_out(plan, lengths | dict.fromkeys(plan.sounds(), 200_000))
    first_chapter, second = (m for m in timeline.markers if m.title in "AB")
    gaps = timeline.track("voice").gaps
    hold = next(gap for gap in gaps if gap.kind == "hold")
    assert figure_at(timeline, second, hold) == (figure, "")
    assert figure_name(timeline, second) == figure
    if others:
        move = [gap for gap in gaps if gap.kind == "move"][-1]
        assert figure_at(timeline, first_chapter, move) == (figure, "")


def test_a_chapter_without_a_gap_shows_its_own() -> None:
    timeline = laid("bridge")
    for marker in timeline.markers:
        assert figure_at(timeline, marker) == (figure_name(timeline, marker), marker.side)


def test_a_movement_is_two_poses_and_a_print_shows_both() -> None:
    drawn = figure_svg("bridge")
    start, end = drawn.index('class="pose-start" opacity'), drawn.index('class="pose-end">')
    assert 0 < start < end
    assert 'class="pose-between" opacity="0"' in drawn
    assert "pose-" not in figure_svg("plank")
    assert "prefers-reduced-motion" in FIGURE_CSS


@pytest.mark.parametrize("name", FIGURES)
def test_the_style_sheet_colours_all_that_is_drawn(name: str) -> None:
    for names in re.findall(r'class="([^"]+)"', figure_svg(name)):
        assert all(f".{one}{{" in FIGURE_CSS for one in names.split())


@pytest.mark.parametrize("name", library.script_names())
def test_the_figures_of_a_session_are_small(name: str) -> None:
    drawn = figure_symbols((laid(name),))
    assert sum(map(len, drawn.values())) < 40_000


def test_an_unknown_figure_is_reported_with_a_similar_one() -> None:
    text = "title: T\nchapters:\n  - {title: A, figure: brige, steps: [Lift.]}\n"
    _, problems = read_source(text)
    (problem,) = [p for p in problems if p.rule == "bad-choice"]
    assert (problem.mark.line, problem.hint) == (3, "Did you mean 'bridge'?")


def test_an_unknown_name_draws_nothing() -> None:
    assert figure_svg("") == figure_svg("</svg>") == ""


@pytest.mark.parametrize("name", FIGURES)
def test_the_file_of_a_figure_describes_it(name: str) -> None:
    root = ElementTree.fromstring(figure_file(name, language="de", side="left"))
    words = {child.tag.removeprefix(SVG): child.text for child in root}
    assert words["desc"] == figure_description(name, "de", "left")
    assert words["title"] == name.replace("-", " ")
    assert root.get("role") == "img"


@pytest.mark.parametrize("name", FIGURES)
def test_an_unnamed_figure_contains_no_words_about_it(name: str) -> None:
    drawn = unnamed_figure(name, "7")
    assert figure_description(name, "en") not in drawn
    assert name.replace("-", " ") not in re.sub(r"<style>.*</style>| d=.[^>]*", "", drawn)


def test_the_sheet_has_every_figure() -> None:
    titles = [t.text for t in ElementTree.fromstring(figure_sheet()).iter(f"{SVG}title")]
    assert titles == [figure_description(name, "en") for name in FIGURES]


def test_the_figures_command_writes_the_files(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["figures", "-o", str(tmp_path / "f")])
    assert done.exit_code == 0, done.output
    written = {path.stem for path in (tmp_path / "f").glob("*.svg")}
    assert written == {*FIGURES, "figures"}
    assert "bridge" in CliRunner().invoke(cli, ["figures"]).output
