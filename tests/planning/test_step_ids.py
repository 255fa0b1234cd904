"""Ids of steps find the same place in every variant of a session."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.library import find_script
from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.planning.apply_choices import apply_choices
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.script.model import Guidance
from psoas_audio.timeline import Take, Timeline, from_json, lay_out, to_json
from psoas_audio.timeline.diff import diff
from psoas_audio.units import seconds_to_samples

SESSIONS = ("supine-ball-release", "evening-wind-down", "warrior-variations", "bird-dog")


def laid(steps: str, head: str = "") -> Timeline:
    script = parse_script(f"title: T\nsafety: none\n{head}steps:\n{steps}")
    plan = expand(script, Choices(), Stretch())
    lengths = {u.take: estimated_length(u) for u in plan.utterances()}
    return lay_out(plan, lengths | dict.fromkeys(plan.sounds(), 200_000))


def said(timeline: Timeline) -> Iterator[tuple[str, str]]:
    for clip in timeline.track("voice").clips:
        if isinstance(clip.media, Take):
            yield clip.step, clip.media.text


def variant(name: str, **choices: object) -> Timeline:
    chosen = replace(Choices(), **choices)
    return plan_session(apply_choices(load_script(find_script(name)), chosen), chosen).timeline


@pytest.mark.parametrize("name", SESSIONS)
def test_everything_that_sounds_belongs_to_a_step(name: str) -> None:
    timeline = variant(name)
    for track in timeline.tracks:
        assert all(bool(clip.step) == (track.name != "bed") for clip in track.clips)
        assert all(bool(gap.step) == (gap.kind[:4] != "lead") for gap in track.gaps)
    assert all(marker.step for marker in timeline.markers)
    assert len({marker.step for marker in timeline.markers}) == len(timeline.markers)


@pytest.mark.parametrize("name", SESSIONS)
@pytest.mark.parametrize("guidance", ["reminder", "bells"])
def test_ids_stay_in_other_guidance(name: str, guidance: Guidance) -> None:
    full, sparse = variant(name), variant(name, guidance=guidance)
    assert set(said(sparse)) <= set(said(full))
    assert [(g.step, g.start) for g in sparse.track("voice").gaps] == [
        (g.step, g.start) for g in full.track("voice").gaps
    ]


@pytest.mark.parametrize("name", ["supine-ball-release", "evening-wind-down"])
def test_ids_stay_in_another_length(name: str) -> None:
    short, long = (variant(name, length=seconds_to_samples(60 * n)) for n in (10, 20))
    shared = {step for step, _ in said(short)} & {step for step, _ in said(long)}
    assert len(shared) > 20
    words = [sorted(pair for pair in said(each) if pair[0] in shared) for each in (short, long)]
    assert words[0] == words[1]


def test_ids_stay_with_the_other_side_first() -> None:
    first, other = (variant("supine-ball-release", start_side=s) for s in ("right", "left"))
    assert sorted(said(first)) == sorted(said(other))
    assert list(said(first)) != list(said(other))


def test_a_step_is_numbered_by_chapter_step_side_and_round() -> None:
    timeline = laid("""
  - say: Begin.
  - sides: [left, right]
    steps:
      - say: Now {side}.
      - repeat: 2
        rest: 5s
        steps: [{hold: 10s}]
  - say: End.
""")
    assert [(step, text) for step, text in said(timeline)] == [
        ("1.1.-.1", "Begin."),
        ("1.3.left.1", "Now left."),
        ("1.3.right.1", "Now right."),
        ("1.7.-.1", "End."),
    ]
    stays = [g.step for g in timeline.track("voice").gaps if g.kind in ("hold", "rest")]
    assert stays == [
        "1.5.left.1", "1.6.left.1", "1.5.left.2", "1.5.right.1", "1.6.right.1", "1.5.right.2",
    ]  # fmt: skip
    assert [marker.step for marker in timeline.markers] == ["1.0.-.1"]


def test_rounds_in_rounds_are_told_apart() -> None:
    timeline = laid("""
  - repeat: 2
    steps: [{repeat: 2, steps: [{say: Again.}]}]
""")
    assert [step for step, _ in said(timeline)] == [
        "1.3.-.1-1", "1.3.-.1-2", "1.3.-.2-1", "1.3.-.2-2",
    ]  # fmt: skip


def test_each_stay_of_intervals_has_an_id() -> None:
    timeline = laid("""
  - intervals: {work: 20s, rest: 10s, rounds: 3, ready: 10s}
  - say: Done.
""")
    stays = [g for g in timeline.track("voice").gaps if g.kind in ("hold", "rest")]
    assert [g.step for g in stays] == [f"1.1.-.{n}" for n in range(1, 7)]
    bells = timeline.track("bells").clips
    starts = {g.start: g.step for g in stays}
    assert all(clip.step == starts.get(clip.start, clip.step) for clip in bells)


def test_files_without_ids_are_still_read() -> None:
    timeline = laid("  - say: Begin.\n  - hold: 30s\n    end: bowl\n")
    plain = json.loads(to_json(timeline))
    assert from_json(json.dumps(plain)) == timeline
    for part in (*plain["markers"], *(p for t in plain["tracks"] for p in t["clips"] + t["gaps"])):
        del part["step"]
    old = from_json(json.dumps(plain))
    assert {clip.step for track in old.tracks for clip in track.clips} == {""}
    assert not diff(old, timeline)
