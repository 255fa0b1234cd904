"""``length: 3m`` is met to the sample, or what to change is said; optional chapters stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.drafting.check import check_examined
from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.errors import LengthError
from psoas_audio.planning import Choices
from psoas_audio.script.load import examine_source, parse_script
from psoas_audio.units import SAMPLE_RATE

SECOND = SAMPLE_RATE


def script(length: str, rest: str) -> str:
    return (
        f"title: A break\nkind: talk\nsafety: none\nlength: {length}\nsteps:\n"
        f"  - breathe: box for 6 breaths\n  - rest: {rest}\n    label: quiet\n"
    )


def test_a_length_alone_is_met_to_the_sample() -> None:
    planned = plan_session(parse_script(script("3m", "20-90s")), Choices())
    assert planned.timeline.length == 180 * SECOND


def test_a_length_that_cannot_be_met_says_what_to_change_and_that_helps() -> None:
    with pytest.raises(LengthError, match=r"can't be 3:00 long.*lasts 2:") as error:
        plan_session(parse_script(script("3m", "61s")), Choices())
    assert "the rest in line 7" in error.value.hint
    proposed = error.value.hint.split("the range ")[1].rstrip(".")
    planned = plan_session(parse_script(script("3m", proposed)), Choices())
    assert planned.timeline.length == 180 * SECOND


def test_check_says_so_before_anything_is_spoken() -> None:
    problems = check_examined(examine_source(script("3m", "20s")))
    (found,) = (problem for problem in problems if problem.rule == "length-out-of-reach")
    assert "Give the rest in line 7 about" in found.hint


def test_a_length_may_be_a_night() -> None:
    text = "title: Night\nkind: talk\nsafety: none\nlength: 8h\nbed: surf\nsteps:\n  - rest: 7-9h\n"
    assert plan_session(parse_script(text), Choices()).timeline.length == 8 * 3600 * SECOND
    assert not check_examined(examine_source(text))


OPTIONAL = """\
title: Parts
kind: talk
safety: none
chapters:
  - {title: A, steps: [{rest: 20-90s}, {breathe: {pattern: belly, breaths: 2-9}}]}
  - {title: B, priority: 1, steps: [{rest: 10-60s}]}
  - {title: C, priority: 2, steps: [{repeat: 1-4, steps: [{hold: 10s}]}]}
  - {title: D, priority: 3, steps: [{rest: 30s}]}
"""


def kept(length: int | None) -> dict[str, int]:
    planned = plan_session(parse_script(OPTIONAL), Choices(length=length))
    return {
        part.what: part.chosen
        for part in planned.elastic
        if part.unit in ("chapter", "breaths", "rounds")
    }


def test_more_than_the_usual_length_keeps_every_chapter() -> None:
    usual = plan_session(parse_script(OPTIONAL), Choices()).timeline.length
    for more in (1, 5, 20):
        assert kept(usual + more * SECOND).items() >= {("B", 1), ("C", 1), ("D", 1)}


@settings(max_examples=60, deadline=None)
@given(st.integers(60, 300), st.integers(0, 60))
def test_a_longer_request_never_drops_what_a_shorter_one_kept(length: int, more: int) -> None:
    try:
        shorter, longer = kept(length * SECOND), kept((length + more) * SECOND)
    except LengthError:
        return
    for what, chosen in shorter.items():
        assert longer.get(what, 0) >= chosen, what
