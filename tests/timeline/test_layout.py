"""The plan's things stand where they should, to the sample."""

from __future__ import annotations

import itertools

import pytest

from psoas_audio.planning import Choices, Plan, Stretch, Utterance, estimated_length, expand
from psoas_audio.planning.choices import ELASTIC_STEP
from psoas_audio.script.load import parse_script
from psoas_audio.timeline import (
    Breath,
    Sound,
    Timeline,
    from_json,
    lay_out,
    left_out_cues,
    overruns,
    to_json,
)
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE, nearest_frame


def plan_of(steps: str, head: str = "") -> Plan:
    return expand(
        parse_script(f"title: T\nsafety: none\n{head}steps:\n{steps}"), Choices(), Stretch()
    )


def lengths(plan: Plan) -> dict[str, int]:
    takes = {u.take: estimated_length(u) for u in plan.utterances()}
    return takes | dict.fromkeys(plan.sounds(), 200_000)


def laid(steps: str, head: str = "") -> Timeline:
    plan = plan_of(steps, head)
    return lay_out(plan, lengths(plan))


FULL = """
  - say: Lie down.
  - move: supine
  - hold: 30-60s
    halfway: true
    end: bowl
  - sides: both
    steps: [{say: "{side}, with a long word for one side"}, {hold: {breaths: 2}}]
  - breathe: {pattern: box, breaths: 3, cues: spoken}
"""


def test_json_loads_back_equal() -> None:
    timeline = laid(FULL, "bed: soft-rain\n")
    assert from_json(to_json(timeline, made={"by": "test"})) == timeline


def test_items_begin_on_the_frame_grid_and_holds_are_exact() -> None:
    timeline = laid(FULL)
    inside = {c.id for g in timeline.track("voice").gaps if g.kind in ("hold", "breathe")
              for c in timeline.track("voice").clips if g.start <= c.start < g.end}  # fmt: skip
    for clip in timeline.track("voice").clips:
        assert clip.start % MP3_FRAME == 0 or clip.id in inside
    first = next(g for g in timeline.track("voice").gaps if g.kind == "hold")
    assert 0 <= 45 * SAMPLE_RATE - first.length < ELASTIC_STEP
    bowl = next(c for c in timeline.track("bells").clips if c.media == Sound("bowl"))
    assert bowl.start == first.end


def test_breath_phases_follow_each_other_without_a_gap() -> None:
    clips = laid("  - breathe: coherent for 5m\n").track("breath").clips
    assert all(a.end == b.start for a, b in itertools.pairwise(clips))
    assert sum(c.length for c in clips) == nearest_frame(27 * 11 * SAMPLE_RATE)
    kinds = [c.media.kind for c in clips[:4] if isinstance(c.media, Breath)]
    assert kinds == ["in", "out", "in", "out"]


def test_two_sides_last_the_same_though_their_words_differ() -> None:
    plan = plan_of("  - sides: both\n    steps: [{say: 'To the {side}.'}, {hold: 10s}]\n")
    left, right = plan.utterances()
    timeline = lay_out(plan, {left.take: 50_000, right.take: 90_000})
    one, two = (g for g in timeline.track("voice").gaps if g.kind == "hold")
    clips = timeline.track("voice").clips
    assert one.start - clips[0].start == two.start - clips[1].start


def test_silent_lines_keep_their_time() -> None:
    script = parse_script(f"title: T\nsafety: none\nsteps:\n{FULL}")
    plans = [expand(script, Choices(guidance=g), Stretch()) for g in ("full", "reminder", "bells")]  # type: ignore[arg-type]
    timelines = [lay_out(plan, lengths(plan)) for plan in plans]
    assert len({t.length for t in timelines}) == 1
    assert len({t.track("voice").gaps for t in timelines}) == 1
    heard = [len(t.track("voice").clips) for t in timelines]
    assert heard[0] > heard[1] >= heard[2]


def test_coaching_too_long_for_its_hold_is_reported_with_its_place() -> None:
    plan = plan_of(
        "  - hold: 20s\n    during:\n      - {at: 2s, say: A first long line of coaching here.}\n"
        "      - {at: 3s, say: Too soon.}\n      - {at: -1s, say: Far too late for all of this.}\n"
    )
    found = overruns(plan, lengths(plan))
    assert [(p.rule, p.mark.line) for p in found] == [("hold-overlap", 7), ("hold-too-short", 8)]


@pytest.mark.parametrize(
    ("fits", "spoken", "left_out"),
    [
        ({"Breathe in.", "Breathe out."}, ["Breathe in.", "Breathe out."], 0),
        ({"fast Breathe in.", "In.", "Out."}, ["Breathe in.", "Out."], 0),
        ({"fast In."}, ["In."], 1),
        (set(), [], 2),
    ],
)
def test_a_cue_that_does_not_fit_is_said_faster_or_shorter_or_is_reported(
    fits: set[str], spoken: list[str], left_out: int
) -> None:
    plan = plan_of("  - breathe: {pattern: [4, 4], breaths: 1, cues: spoken}\n")

    def length(utterance: Utterance) -> int:
        usual = utterance.rate == plan.utterances()[0].rate
        name = utterance.text if usual else f"fast {utterance.text}"
        return SAMPLE_RATE if name in fits else 5 * SAMPLE_RATE

    lengths = {u.take: length(u) for u in plan.utterances_to_speak(length)}
    timeline = lay_out(plan, lengths)
    assert [c.media.text for c in timeline.track("voice").clips] == spoken  # type: ignore[union-attr]
    assert len(left_out_cues(plan, lengths)) == left_out


def test_bells_end_with_the_session() -> None:
    timeline = laid("  - bell: bowl\n")
    assert timeline.track("bells").clips[0].end <= timeline.length


def test_a_rest_is_a_rest_and_a_hold_a_hold() -> None:
    gaps = laid("  - hold: 30s\n  - rest: 20s\n").track("voice").gaps
    kinds = [gap.kind for gap in gaps if gap.length >= 20 * SAMPLE_RATE]
    assert kinds == ["hold", "rest"]


def starts_after_bell(steps: str, bell: int) -> tuple[int, int, int]:
    """Samples from the first bell to the end of its gap and to the line after it, and its length.

    The bell sounds for *bell* samples.
    """
    plan = plan_of(steps)
    timeline = lay_out(plan, lengths(plan) | dict.fromkeys(plan.sounds(), bell))
    (ring, *_) = timeline.track("bells").clips
    gap = next(g for g in timeline.track("voice").gaps if g.kind == "bell")
    line = next(c for c in timeline.track("voice").clips if c.start > ring.start)
    return gap.end - ring.start, line.start - ring.start, ring.length


SECONDS_3_6 = SAMPLE_RATE * 36 // 10


def test_words_wait_for_a_short_bell_to_end() -> None:
    gap, line, length = starts_after_bell("  - bell: small-bell\n  - say: Rest.\n", SECONDS_3_6)
    assert length == SECONDS_3_6
    assert gap == SECONDS_3_6 + SAMPLE_RATE * 3 // 10
    assert 0 <= line - gap < MP3_FRAME


def test_a_pause_after_a_bell_counts() -> None:
    steps = "  - bell: small-bell\n  - pause: 2s\n  - say: Rest.\n"
    gap, line, _ = starts_after_bell(steps, SECONDS_3_6)
    assert gap == 3 * SAMPLE_RATE
    assert 0 <= line - 5 * SAMPLE_RATE < MP3_FRAME


def test_words_begin_under_the_ring_of_a_long_bell() -> None:
    gap, line, _ = starts_after_bell("  - bell: gong\n  - say: Rest.\n", 10 * SAMPLE_RATE)
    assert gap == 3 * SAMPLE_RATE
    assert 0 <= line - gap < MP3_FRAME


def test_a_stay_after_a_bell_begins_under_its_ring_to_the_sample() -> None:
    timeline = laid("  - hold: 30s\n    end: small-bell\n  - hold: 20s\n")
    first, second = (g for g in timeline.track("voice").gaps if g.kind == "hold")
    assert second.start - first.end == 3 * SAMPLE_RATE


def test_a_bell_that_adds_no_time_still_adds_none() -> None:
    steps = "  - hold: 30s\n    end: {sound: small-bell, overlap: true}\n  - say: Rest.\n"
    gaps = [g.kind for g in laid(steps).track("voice").gaps]
    assert "bell" not in gaps
