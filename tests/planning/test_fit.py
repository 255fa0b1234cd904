"""Any length the script can have is met; others are refused with what can be had."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.errors import LengthError
from psoas_audio.planning import Choices, FittedPlan, Plan, estimated_length, fit
from psoas_audio.planning.choices import ELASTIC_STEP
from psoas_audio.planning.fit import LENGTH_TOLERANCE
from psoas_audio.script.load import parse_script
from psoas_audio.script.model import Script
from psoas_audio.timeline import Timeline, lay_out
from psoas_audio.units import SAMPLE_RATE, clock


def lengths(plan: Plan) -> Mapping[str, int]:
    takes = {u.take: estimated_length(u) for u in plan.utterances()}
    return takes | dict.fromkeys(plan.sounds(), 3 * SAMPLE_RATE)


def laid(plan: Plan) -> Timeline:
    return lay_out(plan, lengths(plan))


def fitted(script: Script, length: int | None) -> FittedPlan:
    return fit(script, Choices(length=length), lambda plan: laid(plan).length)


SCRIPT = """
title: Elastic
safety: none
chapters:
  - title: Arrive
    steps:
      - say: Come down.
      - breathe: {pattern: belly, breaths: 3-12}
  - title: "{side}"
    sides: both
    steps:
      - say: The {side} side.
      - hold: 30-90s
        end: bowl
      - repeat: 1-3
        steps: [{say: "Round {round}."}, {hold: 5-20s}]
  - title: More
    priority: 2
    steps: [{rest: 30-60s}]
  - title: Even more
    priority: 1
    steps: [{rest: 30-60s}]
  - title: Close
    steps: [{say: Thank you.}]
"""


@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1))
def test_every_length_in_range_is_met_to_the_sample(share: float) -> None:
    script = parse_script(SCRIPT)
    ends = fitted(script, None)
    wish = round(ends.shortest + (ends.longest - ends.shortest) * share)
    found = fitted(script, wish)
    timeline = laid(found.plan)
    assert found.length == timeline.length == wish
    right, left = (m.length for m in timeline.markers if m.side)
    assert right == left
    assert [m.start for m in timeline.markers] == sorted(m.start for m in timeline.markers)


def test_the_same_length_gives_the_same_plan() -> None:
    script = parse_script(SCRIPT)
    wish = 300 * SAMPLE_RATE
    assert fitted(script, wish) == fitted(script, wish)


def test_optional_chapters_go_by_priority() -> None:
    script = parse_script(SCRIPT)
    titles = [
        {m.title for m in laid(fitted(script, length).plan).markers}
        for length in range(150 * SAMPLE_RATE, 600 * SAMPLE_RATE, 30 * SAMPLE_RATE)
    ]
    assert any("Even more" in t and "More" not in t for t in titles)
    assert not any("More" in t and "Even more" not in t for t in titles)


@pytest.mark.parametrize("seconds", [20, 4000])
def test_an_impossible_length_names_the_possible_range_and_its_reason(seconds: int) -> None:
    script = parse_script(SCRIPT)
    ends = fitted(script, None)
    reach = f"from {clock(ends.shortest)} to {clock(ends.longest)} long"
    with pytest.raises(LengthError) as caught:
        fitted(script, seconds * SAMPLE_RATE)
    assert reach in caught.value.hint
    for part in ("hold (30 to 90 s)", "repeat (1 to 3 rounds)", "the optional chapter “More”"):
        assert part in caught.value.hint
    header = parse_script(
        SCRIPT.replace("safety: none", "safety: none\nlength: {min: 4m, max: 5m}")
    )
    with pytest.raises(LengthError) as caught:
        fitted(header, seconds * SAMPLE_RATE)
    assert "from 4:00 to 5:00 long" in caught.value.hint
    assert (
        "The 'length' at the top of the script sets this limit; its steps could last"
        in caught.value.hint
    )
    with pytest.raises(LengthError, match="None of its parts is elastic"):
        fitted(parse_script("title: T\nsafety: none\nsteps: [Hello.]\n"), seconds * SAMPLE_RATE)


def test_a_length_between_two_possible_ones_names_the_nearest() -> None:
    script = parse_script(
        "title: T\nsafety: none\nsteps:\n  - breathe: {pattern: box, breaths: 4-9}\n"
    )
    ends = fitted(script, None)
    with pytest.raises(LengthError, match="the nearest is"):
        fitted(script, ends.shortest + 8 * SAMPLE_RATE)


def test_a_gap_that_holds_fill_only_in_part_ends_in_silence_with_a_warning() -> None:
    script = parse_script(
        "title: T\nsafety: none\nsteps:\n  - breathe: {pattern: box, breaths: 4-9}\n"
        "  - rest: 5-7s\n"
    )
    ends = fitted(script, None)
    wish = ends.shortest + 9 * SAMPLE_RATE
    found = plan_session(script, Choices(length=wish))
    assert found.timeline.length == wish
    assert found.fitted.silence_added == pytest.approx(7 * SAMPLE_RATE, abs=100 + ELASTIC_STEP)
    (warning,) = (each for each in found.warnings if each.rule == "silence-added")
    assert "0:07 of silence are added at the end" in warning.message
    assert clock(wish - found.fitted.silence_added) in warning.hint
    filled = fitted(script, ends.shortest + 2 * SAMPLE_RATE)
    assert filled.silence_added == 0


def test_silence_that_fills_the_scripts_own_length_causes_the_same_warning() -> None:
    script = parse_script(
        "title: T\nsafety: none\nlength: 58s\nsteps:\n  - rest: 10-12s\n"
        "  - repeat: 1-5\n    steps: [{rest: 20s}]\n"
    )
    found = plan_session(script, Choices())
    assert found.timeline.length == 58 * SAMPLE_RATE
    (warning,) = (each for each in found.warnings if each.rule == "silence-added")
    assert clock(found.fitted.silence_added) in warning.message
    assert warning.mark.line == 3


def test_the_header_length_is_the_default() -> None:
    script = parse_script(SCRIPT.replace("safety: none", "safety: none\nlength: 5m"))
    assert abs(fitted(script, None).length - 300 * SAMPLE_RATE) <= LENGTH_TOLERANCE
