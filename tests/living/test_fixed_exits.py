"""*This hurts* leads a fixed page to the same words as a living page."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from psoas_audio import library
from psoas_audio.deliver.web.exits import Exit, exits
from psoas_audio.living.limits import rules_of
from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.script.load import load_script
from psoas_audio.script.model import Script
from psoas_audio.timeline import Timeline, lay_out

TALKS = {"about-the-psoas", "psoas-faq"}
NO_WAY_OUT = {"diaphragmatic-breathing", "evening-wind-down"}
SESSIONS = sorted({*library.script_names()} - TALKS)


@cache
def laid(name: str) -> tuple[Script, Timeline]:
    script = load_script(name)
    plan = expand(script, Choices(), Stretch())
    lengths = {u.take: estimated_length(u) for u in plan.utterances()}
    return script, lay_out(plan, lengths | dict.fromkeys(plan.sounds(), 200_000))


def steps_in(timeline: Timeline, parts: tuple[tuple[int, int], ...]) -> list[str]:
    """The steps of whose words something is played, in order."""
    clips = timeline.track("voice").clips
    return list(dict.fromkeys(c.step for a, b in parts for c in clips if a <= c.start < b))


def exit_at(timeline: Timeline, at: int) -> Exit | None:
    return next((found for found in exits(timeline) if found.start <= at < found.end), None)


@pytest.mark.parametrize("name", sorted(TALKS))
def test_a_talk_needs_no_way_out(name: str) -> None:
    assert exits(laid(name)[1]) == []


@pytest.mark.parametrize("name", SESSIONS)
def test_a_hold_leads_to_the_words_of_a_living_page(name: str) -> None:
    script, timeline = laid(name)
    rules, _ = rules_of(script, timeline)
    for hold in timeline.track("voice").gaps:
        if hold.kind != "hold":
            continue
        found = exit_at(timeline, hold.start)
        assert found is not None
        assert bool(found.parts) == (name not in NO_WAY_OUT)
        if found.parts:
            spoken = {clip.step for clip in timeline.track("voice").clips}
            wanted = [step for step in rules[hold.step].exit if step in spoken]
            assert [step for step in steps_in(timeline, found.parts) if step in wanted] == wanted


@pytest.mark.parametrize("name", SESSIONS)
def test_no_effort_is_asked_on_the_way_out(name: str) -> None:
    timeline = laid(name)[1]
    for found in exits(timeline):
        for start, end in found.parts:
            assert start < end
            inside = [g for g in timeline.track("voice").gaps if start <= g.start < end]
            assert not any(gap.kind in ("hold", "breathe") for gap in inside)


@pytest.mark.parametrize("name", SESSIONS)
def test_exits_follow_each_other_and_end_where_the_listener_gets_up(name: str) -> None:
    timeline = laid(name)[1]
    found = exits(timeline)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert found[0].start > 0
    assert found[-1].end < timeline.length
    parts = [part for each in found for part in each.parts]
    assert all(end <= timeline.length for _, end in parts)
