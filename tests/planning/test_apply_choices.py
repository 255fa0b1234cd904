"""Choices that change a script's parts: chapters, sides, breath, bed."""

from __future__ import annotations

import pytest

from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices, Stretch, expand
from psoas_audio.planning.apply_choices import apply_choices
from psoas_audio.planning.model import ChapterStart, PlannedBreathing, PlannedHold
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.script.model import Script
from psoas_audio.script.patterns import NAMED_PATTERNS
from psoas_audio.units import nearest_frame

TEXT = """
title: T
safety: none
breath: belly
chapters:
  - title: Arrive
    steps: [{say: Hello.}]
  - title: "The {side} side"
    sides: [right, left]
    steps:
      - hold: {breaths: 3}
      - sides: both
        steps: [{say: "To the {side}."}]
  - title: Close
    steps:
      - breathe: belly for 5 breaths
      - breathe: box for 2 breaths
"""


@pytest.fixture
def script() -> Script:
    return parse_script(TEXT)


def chapters(script: Script) -> list[str]:
    items = expand(script, Choices(), Stretch()).items
    return [item.title for item in items if isinstance(item, ChapterStart)]


@pytest.mark.parametrize("title", ["Arrive", "arrive", " ARRIVE! "])
def test_a_chapter_is_skipped_by_its_title(script: Script, title: str) -> None:
    left = apply_choices(script, Choices(skip=(title,)))
    assert chapters(left) == ["The right side", "The left side", "Close"]


def test_a_chapter_with_sides_goes_with_both(script: Script) -> None:
    assert chapters(apply_choices(script, Choices(skip=("The {side} side",)))) == [
        "Arrive",
        "Close",
    ]


def test_an_unknown_chapter_is_reported_with_the_known_ones(script: Script) -> None:
    with pytest.raises(PsoasError) as caught:
        apply_choices(script, Choices(skip=("Middle",)))
    assert "'Arrive'" in caught.value.hint


def test_safety_words_are_never_skipped() -> None:
    script = load_script("supine-ball-release")
    for title in ("Before you begin", "The way out", "Afterwards"):
        with pytest.raises(PsoasError, match="safety"):
            apply_choices(script, Choices(skip=(title,)))


def test_every_pair_of_sides_starts_with_the_chosen_one(script: Script) -> None:
    plan = expand(apply_choices(script, Choices(start_side="left")), Choices(), Stretch())
    sides = [item.side for item in plan.items if isinstance(item, ChapterStart) and item.side]
    assert sides == ["left", "right"]
    spoken = [u.text for u in plan.utterances() if u.text.startswith("To")]
    assert spoken == ["To the left.", "To the right."] * 2


def test_a_script_without_sides_has_none_to_start_with() -> None:
    with pytest.raises(PsoasError, match="no sides"):
        apply_choices(
            parse_script("title: T\nsafety: none\nsteps: [{say: Hi.}]\n"),
            Choices(start_side="left"),
        )


def test_the_chosen_breath_replaces_the_scripts_breath_and_no_other(script: Script) -> None:
    coherent = NAMED_PATTERNS["coherent"]
    plan = expand(apply_choices(script, Choices(breath=coherent)), Choices(), Stretch())
    held = next(item for item in plan.items if isinstance(item, PlannedHold))
    assert held.length == 3 * coherent.length
    own, other = (item for item in plan.items if isinstance(item, PlannedBreathing))
    assert own.length == nearest_frame(5 * coherent.length)
    assert other.length == nearest_frame(2 * NAMED_PATTERNS["box"].length)


def test_the_chosen_bed_has_the_scripts_level(script: Script) -> None:
    loud = parse_script(TEXT + "bed: {sound: surf, level: -30}\n")
    assert apply_choices(loud, Choices(bed="night-air")).bed.level == -30  # type: ignore[union-attr]
    assert apply_choices(script, Choices(bed="night-air")).bed.level == -24  # type: ignore[union-attr]
    assert apply_choices(loud, Choices(bed="none")).bed is None
