"""What a listener may change on the way is safe, in every version of every session."""

from __future__ import annotations

import pytest

from psoas_audio.deliver.web.steps import group_of
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.library import find_script, script_names
from psoas_audio.living.document import StepRules
from psoas_audio.living.limits import rules_of
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.script.model import Script
from psoas_audio.script.rules.timing import DOSES
from psoas_audio.timeline import Timeline
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE, seconds_to_samples

DOINGS = ("hold", "rest", "move", "breathe", "reps", "work")
"""Kinds of gaps in which a listener does something."""


def planned(name: str, **choices: object) -> tuple[Script, Timeline]:
    chosen = Choices(**choices)  # type: ignore[arg-type]
    draft = Draft(load_script(find_script(name)), chosen, Settings())
    return draft.script, draft.plan().timeline


def laid(text: str) -> tuple[Script, Timeline]:
    draft = Draft(parse_script(text), Choices(), Settings())
    return draft.script, draft.plan().timeline


def rules(text: str) -> dict[str, StepRules]:
    return rules_of(*laid(text))[0]


def seconds(rule: StepRules) -> float:
    return rule.grow * MP3_FRAME / SAMPLE_RATE


def chapters(ids: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(name.split(".")[0] for name in ids))


@pytest.mark.parametrize("name", script_names())
def test_every_step_that_is_heard_has_rules(name: str) -> None:
    script, timeline = planned(name)
    found, repeats = rules_of(script, timeline)
    heard = {part.step for t in timeline.tracks for part in (*t.clips, *t.gaps)} - {""}
    done = [g.step for g in timeline.track("voice").gaps if g.kind in DOINGS]
    begins = min((int(step.split(".")[0]) for step in done), default=1)
    assert found.keys() == heard
    for step, rule in found.items():
        assert set(rule.exit) < heard
        assert rule.grow >= 0
        assert rule.group == group_of(step)
        assert not rule.group or rule.group in repeats
        ends = chapters(rule.exit)
        assert not ends or ends[-1] == str(len(script.chapters))
        chapter = int(step.split(".")[0])
        assert bool(rule.exit) == (begins <= chapter < len(script.chapters))


@pytest.mark.parametrize("name", script_names())
def test_what_covers_a_safety_point_is_kept_in_every_guidance(name: str) -> None:
    full = rules_of(*planned(name))[0]
    kept = {step for step, rule in full.items() if rule.keep}
    assert kept
    for guidance in ("reminder", "bells"):
        sparse = rules_of(*planned(name, guidance=guidance))[0]
        assert {step for step, rule in sparse.items() if rule.keep} == kept
        for step, rule in sparse.items():
            assert rule.exit == tuple(each for each in full[step].exit if each in sparse)
            assert rule.grow == full[step].grow


def test_only_what_is_practised_may_be_skipped_and_only_before_getting_up() -> None:
    found = rules("""
title: T
kind: self-massage
position: supine
chapters:
  - title: Press
    steps:
      - say: Set the ball below your ribs.
      - hold: 30s
      - say: Set the ball aside.
      - breathe: belly for 1m
  - {title: Rise, steps: [{move: sitting}, {rest: 20s}, {say: Stand when your head is clear.}]}
""")
    words, hold, aside, breath = (found[f"2.{number}.-.1"] for number in range(1, 5))
    assert [step.skip for step in (words, hold, aside, breath)] == [False, True, False, True]
    assert not any(rule.skip for step, rule in found.items() if step.startswith("3."))
    # Words alone are no matter of safety: another version doesn't bring back what it left out.
    assert not any(step.keep for step in (words, hold, aside, breath))


def test_the_way_out_leads_over_rising_to_what_to_know_afterwards() -> None:
    found, _ = rules_of(*planned("supine-ball-release"))
    hold = next(step for step in found if step.startswith("6."))
    assert chapters(found[hold].exit) == ["5", "9", "10"]
    rising = next(step for step in found if step.startswith("9."))
    assert chapters(found[rising].exit) == ["10"]


def test_rising_from_another_position_is_left_out() -> None:
    found = rules("""
title: T
kind: stretch
position: standing
chapters:
  - {title: Stand, steps: [{say: Stand tall.}, {hold: 10s}]}
  - {title: Lie, steps: [{move: supine}, {hold: 10s}]}
  - {title: Rise, steps: [{say: Roll over.}, {move: sitting}]}
""")
    standing, lying = found["2.2.-.1"], found["3.2.-.1"]
    assert chapters(standing.exit) == ["5"]
    assert chapters(lying.exit) == ["4", "5"]
    assert found["3.1.-.1"].keep
    assert lying.skip


BASE = "title: T\nkind: {}\nposition: supine\nbed: none\nsteps:\n{}"
"""The chapter is the second, after the safety words."""


@pytest.mark.parametrize(
    ("kind", "step", "most"),
    [
        ("stretch", "{hold: 30-60s}", 15),
        ("stretch", "{hold: 30s}", 0),
        ("stretch", "{rest: 20s}", 40),
        ("relaxation", "{rest: 1-5m}", 120),
        ("relaxation", "{move: sitting, time: 10s}", 50),
        ("relaxation", "{breathe: box, breaths: 2-6}", 32),
        ("relaxation", "{breathe: 4-7-8, breaths: 2-12}", 0),
        ("strength", "{reps: {count: 4-8, tempo: {up: 2s, hold: 1s, down: 3s}}}", 12),
        (
            "strength",
            "{reps: {count: 4-8, tempo: {up: 2s, hold: 1s, down: 3s}}, count_aloud: true}",
            0,
        ),
        ("cardio", "{intervals: {work: 20s, rest: 10s, rounds: 2}}", 0),
    ],
)
def test_a_step_keeps_to_its_range_and_its_dose(kind: str, step: str, most: float) -> None:
    found = rules(BASE.format(kind, f"  - {step}\n"))
    assert seconds(found["2.1.-.1"]) == pytest.approx(most, abs=0.1)


def test_words_with_the_weight_on_may_be_longer_by_a_short_stay_only() -> None:
    found = rules(BASE.format("stretch", "  - say: Lean in.\n  - hold: 20s\n"))
    assert seconds(found["2.1.-.1"]) < DOSES["stretch"].shortest / SAMPLE_RATE
    found = rules(BASE.format("relaxation", "  - say: Lie down.\n  - rest: 20s\n"))
    assert 58 < seconds(found["2.1.-.1"]) <= 60


@pytest.mark.parametrize(("rounds", "times"), [(1, 2), (2, 0), (3, 0)])
def test_a_side_comes_again_within_the_rounds_of_its_kind(rounds: int, times: int) -> None:
    text = BASE.format(
        "self-massage",
        f"  - sides: both\n    steps: [{{repeat: {rounds}, steps: [{{hold: 30s}}]}}]\n",
    )
    _, repeats = rules_of(*laid(text))
    assert repeats == {"2.left": times, "2.right": times}


def test_a_longer_version_may_grow_less() -> None:
    short, long = (
        rules_of(*planned("supine-ball-release", length=seconds_to_samples(60 * minutes)))[0]
        for minutes in (9, 24)
    )
    shared = [step for step in short.keys() & long.keys() if step.startswith("6.")]
    assert any(short[step].grow > long[step].grow for step in shared)
    assert all(short[step].grow >= long[step].grow for step in shared)
