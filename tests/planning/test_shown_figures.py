"""Which picture is shown: that of the script, and that of letting go where the words let go."""

from __future__ import annotations

from typing import get_args

import pytest

from psoas_audio.errors import ScriptError
from psoas_audio.planning import Choices, Stretch, expand
from psoas_audio.planning.figures import _EASED, _WAY_OUT
from psoas_audio.planning.model import ChapterStart, PlannedHold, SpokenLine
from psoas_audio.script.load import parse_script
from psoas_audio.script.model import FigureName

SCRIPT = """\
title: T
kind: stretch
position: supine
chapters:
  - title: A
    figure: {figure}
    steps:
{steps}
"""


def shown(steps: str, figure: str = "supine-ball", chapters: str = "") -> list[tuple[str, str]]:
    """The words or the label of each line and stay, and its figure; empty for the chapter's."""
    lines = "\n".join(f"      {line}" for line in steps.strip().splitlines())
    text = SCRIPT.format(figure=figure, steps=lines) + chapters
    found: list[tuple[str, str]] = []
    chapter = ""
    for item in expand(parse_script(text), Choices(), Stretch()).items:
        if isinstance(item, ChapterStart):
            chapter = item.title
        elif chapter not in ("A", "B"):
            continue  # the safety words
        elif isinstance(item, SpokenLine):
            found.append((item.utterance.text, item.figure))
        elif isinstance(item, PlannedHold):
            found.append((item.label, item.figure))
    return found


def test_every_name_is_that_of_a_figure() -> None:
    assert {*_EASED, *_WAY_OUT, *_EASED.values(), *_WAY_OUT.values()} <= set(get_args(FigureName))


def test_what_lets_go_has_another_figure_than_what_is_let_go() -> None:
    assert not any(one == other for pairs in (_EASED, _WAY_OUT) for one, other in pairs.items())
    assert not set(_EASED) & set(_EASED.values())


def test_a_figure_lasts_to_the_next_one_or_the_end_of_its_steps() -> None:
    steps = """
- One.
- repeat: 2
  steps:
    - Two.
    - figure: ball-aside
    - Three.
    - figure: supine
    - Four.
- Five.
"""
    rounds = [("Two.", ""), ("Three.", "ball-aside"), ("Four.", "supine")] * 2
    assert shown(steps) == [("One.", ""), *rounds, ("Five.", "")]


def test_the_rest_after_a_hold_shows_how_it_is_let_go() -> None:
    steps = """
- repeat: 2
  steps:
    - Press.
    - {hold: 30s, label: sink, during: [{at: half, say: Soften.}]}
    - Ease.
    - {rest: 10s, label: rest}
- Set it aside.
"""
    first = [("Press.", ""), ("sink", ""), ("Ease.", "ball-resting"), ("rest", "ball-resting")]
    assert shown(steps) == [*first, *first, ("Set it aside.", "ball-resting")]


def test_nothing_is_let_go_between_two_holds_without_a_rest() -> None:
    steps = """
- {hold: 30s, label: one}
- Stay here.
- {hold: 30s, label: two}
- Ease.
"""
    figures = [("one", ""), ("Stay here.", ""), ("two", ""), ("Ease.", "long-step-tall")]
    assert shown(steps, "long-step") == figures


def test_a_figure_that_the_script_names_stays_after_a_hold() -> None:
    steps = """
- figure: knee-to-chest
- {hold: 30s, label: knee}
- Ease.
- figure: pillows
- {rest: 10s, label: rest}
"""
    figures = [("knee", "knee-to-chest"), ("Ease.", "knee-eased"), ("rest", "pillows")]
    assert shown(steps, "supine") == figures


@pytest.mark.parametrize(
    ("figure", "out"),
    [("supine-ball", "ball-aside"), ("fingertips", "hands-lift"), ("plank", "rest-on-heels"),
     ("standing-ball", "step-back"), ("pillows", "pillows")],
)  # fmt: skip
def test_the_way_out_shows_the_way_out(figure: str, out: str) -> None:
    steps = """
- Press.
- {say: Your hand lifts., covers: [way-out]}
- Press again.
"""
    figures = dict(shown(steps, figure))
    assert figures["Your hand lifts."] == out
    assert figures["Press."] == figures["Press again."] == ""


def test_a_chapter_begins_with_its_own_figure() -> None:
    more = "  - title: B\n    figure: bridge\n    steps:\n      - {hold: 8s, label: up}\n"
    figures = shown("- {hold: 30s, label: sink}\n- Ease.", chapters=more)
    assert figures == [("sink", ""), ("Ease.", "ball-resting"), ("up", "")]


def test_an_unknown_figure_is_an_error_with_its_place() -> None:
    with pytest.raises(ScriptError) as raised:
        shown("- figure: ball-asside\n- One.")
    assert ":8:17: error: 'ball-asside' isn't a figure." in str(raised.value)
