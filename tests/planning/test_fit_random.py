"""Random scripts: a length in range is met, sides equal, order kept, the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.planning import Choices, FittedPlan, Plan, estimated_length, fit
from psoas_audio.planning.apply_choices import apply_choices
from psoas_audio.planning.elastic import elastic_parts
from psoas_audio.planning.fit import LENGTH_TOLERANCE
from psoas_audio.script.load import parse_script
from psoas_audio.script.model import Script
from psoas_audio.timeline import Take, Timeline, lay_out
from psoas_audio.timeline.layout import laid_out_length
from psoas_audio.units import SAMPLE_RATE

ENOUGH = st.just("      - rest: 1s-2m\n")
"""Elastic enough for what one more round, breath or chapter of these scripts adds."""
LITTLE = st.integers(1, 40).map(lambda more: f"      - rest: 5-{5 + more}s\n")
"""Mostly not."""


def _spans(shortest: int, longest: int) -> st.SearchStrategy[str]:
    ends = st.tuples(st.integers(shortest, longest), st.integers(0, 20))
    return ends.map(lambda two: f"{two[0]}-{two[0] + two[1]}s")


def _counts(most: int) -> st.SearchStrategy[str]:
    ends = st.tuples(st.integers(1, most), st.integers(0, 2))
    return ends.map(lambda two: f"{two[0]}-{two[0] + two[1]}")


_STEPS = st.one_of(
    st.sampled_from(["say: Soften the {side}.", "say: One. And two.", "pause: 2s", "move: supine"]),
    _spans(5, 20).map(lambda span: f"hold: {span}"),
    _counts(4).map(lambda count: f"hold: {{breaths: {count}}}"),
    _counts(4).map(lambda count: f"breathe: {{pattern: belly, breaths: {count}}}"),
    st.tuples(_counts(2), _spans(3, 6)).map(
        lambda two: f"repeat: {two[0]}\n        steps: [{{say: Round.}}, {{hold: {two[1]}}}]"
    ),
)


@st.composite
def scripts(draw: st.DrawFn, last_rest: st.SearchStrategy[str] = ENOUGH) -> Script:
    chapters = []
    for number in range(draw(st.integers(1, 4))):
        sided = draw(st.booleans())
        head = f'  - title: "{"{side} " * sided}{number}"\n' + "    sides: both\n" * sided
        if not sided and draw(st.booleans()):
            head += f"    priority: {draw(st.integers(1, 9))}\n"
        steps = draw(st.lists(_STEPS, min_size=1, max_size=2))
        lines = "".join(f"      - {step}\n" for step in steps)
        chapters.append(f"{head}    steps:\n{lines if sided else lines.replace('{side}', 'body')}")
    last = f"  - title: Rest\n    steps:\n{draw(last_rest)}"
    return parse_script(f"title: T\nsafety: none\nchapters:\n{''.join(chapters)}{last}")


def lengths(plan: Plan) -> Mapping[str, int]:
    takes = {u.take: estimated_length(u) for u in plan.utterances()}
    return takes | dict.fromkeys(plan.sounds(), 3 * SAMPLE_RATE)


def laid(plan: Plan) -> Timeline:
    return lay_out(plan, lengths(plan))


def fitted(script: Script, choices: Choices) -> FittedPlan:
    return fit(script, choices, lambda plan: laid(plan).length)


@settings(max_examples=40, deadline=None)
@given(scripts(), st.floats(0, 1))
def test_a_length_in_range_is_met_and_nothing_else_is_lost(script: Script, share: float) -> None:
    ends = fitted(script, Choices())
    wish = round(ends.shortest + (ends.longest - ends.shortest) * share)
    found = fitted(script, Choices(length=wish))
    timeline = laid(found.plan)
    assert timeline.length == found.length == wish
    assert laid_out_length(found.plan, lengths(found.plan)) == wish
    assert fitted(script, Choices(length=wish)) == found

    for part in elastic_parts(script, found.stretch):
        assert part.least <= part.chosen <= part.most
    titles = [m.title for m in timeline.markers]
    order = [c.title.words.replace("{side}", side.capitalize())
             for c in script.chapters for side in c.sides or ("",)]  # fmt: skip
    assert titles == [title for title in order if title in titles]
    kept = {c.priority for c in script.chapters if c.title.words in titles} - {None}
    gone = {c.priority for c in script.chapters if c.title.words not in titles and not c.sides}
    assert not kept or not gone or max(kept) <= min(gone - {None})  # type: ignore[type-var]
    for one, two in pairwise(timeline.markers):
        if one.side and one.start and one.title.split()[-1] == two.title.split()[-1]:
            assert one.length == two.length  # the first marker holds the lead-in too


@settings(max_examples=12, deadline=None)
@given(scripts(), st.floats(0.2, 0.8))
def test_guidance_changes_no_time(script: Script, share: float) -> None:
    ends = fitted(script, Choices())
    wish = round(ends.shortest + (ends.longest - ends.shortest) * share)
    plans = [fitted(script, Choices(length=wish, guidance=g)).plan
             for g in ("full", "reminder", "bells")]  # type: ignore[arg-type]  # fmt: skip
    faces = [laid(plan) for plan in plans]
    assert len({(t.length, t.markers, t.track("voice").gaps) for t in faces}) == 1


@settings(max_examples=12, deadline=None)
@given(scripts(), st.sampled_from(["left", "right"]))
def test_the_start_side_changes_the_order_alone(script: Script, side: str) -> None:
    if not any(chapter.sides for chapter in script.chapters):
        return
    stated = laid(fitted(apply_choices(script, Choices(start_side=side)), Choices()).plan)
    assert [m.side for m in stated.markers if m.side][::2] == [side] * (
        len([m for m in stated.markers if m.side]) // 2
    )
    assert abs(stated.length - laid(fitted(script, Choices()).plan).length) <= LENGTH_TOLERANCE


def assert_grows(script: Script) -> None:
    """Any of 13 lengths over the range can be had, and a longer one has no fewer chapters or
    spoken words."""
    ends = fitted(script, Choices())
    chapters = words = 0
    for step in range(13):
        length = ends.shortest + (ends.longest - ends.shortest) * step // 12
        found = fitted(script, Choices(length=length))
        timeline = laid(found.plan)
        assert timeline.length == found.length == length
        takes = [c.media for c in timeline.track("voice").clips if isinstance(c.media, Take)]
        spoken = sum(len(take.text.split()) for take in takes)
        assert len(timeline.markers) >= chapters
        assert spoken >= words
        assert found.silence_added == 0 or found.silence_added > LENGTH_TOLERANCE
        chapters, words = len(timeline.markers), spoken


@settings(max_examples=25, deadline=None)
@given(scripts(LITTLE))
def test_every_length_between_the_shortest_and_the_longest_can_be_had(script: Script) -> None:
    assert_grows(script)


@settings(max_examples=25, deadline=None)
@given(scripts())
def test_a_longer_session_never_has_fewer_chapters_or_words(script: Script) -> None:
    assert_grows(script)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.one_of(scripts(), scripts(LITTLE)))
def test_a_longer_session_never_has_fewer_in_many_scripts(script: Script) -> None:
    assert_grows(script)
