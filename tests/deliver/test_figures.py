"""Every chapter has a picture, on its side."""

from __future__ import annotations

from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from psoas_audio import library
from psoas_audio.cli.main import cli
from psoas_audio.deliver.details import main_figure
from psoas_audio.deliver.figures.drawing import Disc, mirrored
from psoas_audio.deliver.figures.lookup import (
    FIGURES,
    figure_description,
    figure_for,
    figure_name,
    figure_svg,
)
from psoas_audio.deliver.figures.sheet import figure_file, figure_sheet
from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.script.load import load_script, read_source
from psoas_audio.script.model import FigureName, Position
from psoas_audio.timeline import Timeline, lay_out

SVG = "{http://www.w3.org/2000/svg}"


def laid(name: str) -> Timeline:
    plan = expand(load_script(name), Choices(), Stretch())
    lengths = {u.take: estimated_length(u) for u in plan.utterances()}
    return lay_out(plan, lengths | dict.fromkeys(plan.sounds(), 200_000))


def test_scripts_may_name_the_figures_that_can_be_drawn() -> None:
    assert sorted(FIGURES) == list(get_args(FigureName))
    assert set(get_args(Position)) <= set(FIGURES)


@pytest.mark.parametrize("name", library.script_names())
def test_every_shipped_chapter_shows_a_figure(name: str) -> None:
    timeline = laid(name)
    assert all(figure_name(marker) for marker in timeline.markers)
    assert main_figure(timeline), "the cover needs a chapter that names its figure"


def test_the_left_side_is_the_mirror_image_of_the_right() -> None:
    sides = [m for m in laid("supine-ball-release").markers if m.side]
    assert [figure_name(m) for m in sides] == ["supine-ball", "supine-ball"]
    right, left = (figure_for("supine-ball", m.side) for m in sides)
    assert right is not None
    assert left == mirrored(right) != right
    heads = [next(p for p in f.parts if isinstance(p, Disc)) for f in (right, left)]
    assert heads[0].centre[0] + heads[1].centre[0] == 200


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


def test_the_sheet_has_every_figure() -> None:
    titles = [t.text for t in ElementTree.fromstring(figure_sheet()).iter(f"{SVG}title")]
    assert titles == [figure_description(name, "en") for name in FIGURES]


def test_the_figures_command_writes_the_files(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["figures", "-o", str(tmp_path / "f")])
    assert done.exit_code == 0, done.output
    written = {path.stem for path in (tmp_path / "f").glob("*.svg")}
    assert written == {*FIGURES, "figures"}
    assert "bridge" in CliRunner().invoke(cli, ["figures"]).output
