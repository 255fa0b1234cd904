"""Sets, repetitions at a tempo, intervals, and texts that change from round to round."""

from __future__ import annotations

from itertools import pairwise

import pytest

from psoas_audio.planning import Choices, Plan, Stretch, estimated_length, expand
from psoas_audio.planning.model import ChapterStart, SpokenLine
from psoas_audio.script.load import parse_script
from psoas_audio.timeline import Breath, Sound, Timeline, lay_out, overruns
from psoas_audio.units import SAMPLE_RATE, to_frame_grid

SECOND = SAMPLE_RATE


def planned(steps: str, head: str = "") -> Plan:
    script = parse_script(f"title: T\nsafety: none\n{head}steps:\n{steps}")
    return expand(script, Choices(), Stretch())


def laid(plan: Plan) -> Timeline:
    lengths = {u.take: estimated_length(u) for u in plan.utterances()}
    lengths |= dict.fromkeys(plan.sounds(), 3 * SECOND)
    assert not overruns(plan, lengths)
    return lay_out(plan, lengths)


def gaps(timeline: Timeline) -> list[tuple[str, str, float]]:
    return [
        (gap.kind, gap.label, gap.length / SECOND)
        for gap in timeline.track("voice").gaps
        if gap.kind in ("hold", "rest", "bell")
    ]


def said(plan: Plan) -> list[str]:
    return [utterance.text for utterance in plan.utterances()]


def test_tones_lead_each_repetition_and_its_number_is_said_with_it() -> None:
    plan = planned(
        "  - reps: {count: 3, tempo: {up: 2s, hold: 1s, down: 3s}, count_aloud: true}\n"
        "    label: heel raises\n"
    )
    timeline = laid(plan)
    assert gaps(timeline) == [("hold", "heel raises", 18.0)]
    (gap,) = (gap for gap in timeline.track("voice").gaps if gap.kind == "hold")
    tones = [
        (clip.media.kind, clip.media.cycle, clip.start - gap.start, clip.length)
        for clip in timeline.track("breath").clips
        if isinstance(clip.media, Breath)
    ]
    assert tones == [
        (kind, number, number * 6 * SECOND + start * SECOND, length * SECOND)
        for number in range(3)
        for kind, start, length in (("up", 0, 2), ("top", 2, 1), ("down", 3, 3))
    ]
    assert said(plan) == ["One.", "Two.", "Three."]
    starts = [clip.start - gap.start for clip in timeline.track("voice").clips]
    assert starts == [0, 6 * SECOND, 12 * SECOND]


@pytest.mark.parametrize(
    ("tempo", "kinds"),
    [
        ("{down: 3s, hold: 1s, up: 1s}", ["down", "bottom", "up"]),
        ("{up: 1s, hold: 1s, down: 2s, rest: 1s}", ["up", "top", "down", "bottom"]),
        ("{hold: 1s, up: 1s, down: 2s}", ["bottom", "up", "down"]),
    ],
)
def test_the_phases_of_a_tempo_come_as_they_are_written(tempo: str, kinds: list[str]) -> None:
    timeline = laid(planned(f"  - reps: {{count: 1, tempo: {tempo}}}\n"))
    assert [getattr(c.media, "kind", "") for c in timeline.track("breath").clips] == kinds


def test_the_rest_is_between_the_sets_and_not_after_the_last() -> None:
    plan = planned(
        "  - reps: {count: 2, tempo: {up: 1s, down: 1s}}\n"
        "    sets: {count: 3, rest: 45s}\n"
        "    label: set {set} of {sets}\n"
    )
    assert gaps(laid(plan)) == [
        ("hold", "set one of three", 4.0),
        ("rest", "", 45.0),
        ("hold", "set two of three", 4.0),
        ("rest", "", 45.0),
        ("hold", "set three of three", 4.0),
    ]


def test_a_hold_has_sets_and_sides_too() -> None:
    plan = planned("  - hold: 20s\n    label: plank {side}\n    sides: both\n    sets: 2\n")
    assert [label for _, label, _ in gaps(laid(plan))] == ["plank left", "plank right"] * 2


def test_texts_know_sets_repetitions_and_rounds_around_them() -> None:
    plan = planned(
        "  - sets: 2\n"
        "    rest: 5s\n"
        "    steps:\n"
        "      - reps: 2\n"
        "        steps:\n"
        "          - say: Rep {rep} of {reps}, set {set} of {sets}.\n"
        "  - repeat: 2\n"
        "    steps:\n"
        "      - repeat: 2\n"
        "        steps: ['Round {round} in {outer_round}.']\n"
        "  - reps: {count: 2, say: '{rep} of {reps}.', tempo: {up: 2s, down: 2s}}\n"
    )
    assert said(plan) == [
        "Rep one of two, set one of two.", "Rep two of two, set one of two.",
        "Rep one of two, set two of two.", "Rep two of two, set two of two.",
        "Round one in one.", "Round two in one.", "Round one in two.", "Round two in two.",
        "One of 2.", "Two of 2.",
    ]  # fmt: skip


def test_texts_change_by_round_in_cues_labels_and_other_words() -> None:
    plan = planned(
        "  - repeat: 3\n"
        "    steps:\n"
        "      - move: supine\n"
        "        say: [Lie down., Stay down.]\n"
        "      - hold: 30s\n"
        "        label: ['{round}, soft', '{round}, softer']\n"
        "        halfway: [Half., Half again.]\n"
        "        during: [{at: 5s, say: [Breathe., And breathe.]}]\n"
    )
    assert said(plan) == [
        "Lie down.", "Breathe.", "Half.", "Stay down.", "And breathe.", "Half again.",
        "Lie down.", "Breathe.", "Half.",
    ]  # fmt: skip
    assert [g[1] for g in gaps(laid(plan))] == ["one, soft", "two, softer", "three, soft"]


def test_a_chapter_comes_in_rounds_with_titles_of_their_own() -> None:
    script = parse_script(
        "title: T\nsafety: none\nchapters:\n"
        "  - title: ['{round} of {rounds}', And again]\n    repeat: 3\n"
        "    steps: [{say: [Begin., Go on.]}]\n"
        "  - title: ['Begin with {side}', 'Then {side}']\n    sides: both\n    steps: [Now.]\n"
    )
    plan = expand(script, Choices(), Stretch())
    titles = [item.title for item in plan.items if isinstance(item, ChapterStart)]
    rounds = ["One of three", "And again", "Three of three"]
    assert titles == [*rounds, "Begin with left", "Then right"]
    assert said(plan)[:3] == ["Begin.", "Go on.", "Begin."]


def test_a_sound_that_overlaps_adds_no_time() -> None:
    def length(end: str) -> int:
        steps = f"  - hold: 20s\n    end: {end}\n  - rest: 10s\n"
        return laid(planned(steps)).length

    plain, overlapping = length("small-bell"), length("{sound: small-bell, overlap: true}")
    assert plain - overlapping == 3 * SECOND
    end = "{sound: bowl, overlap: true}"
    timeline = laid(planned(f"  - hold: 20s\n    end: {end}\n  - rest: 10s\n"))
    hold, rest = (g for g in timeline.track("voice").gaps if g.kind in ("hold", "rest"))
    (bell,) = timeline.track("bells").clips
    assert hold.end == rest.start == bell.start
    bells = laid(planned("  - bell: {sound: bowl, overlap: true}\n  - hold: 5s\n"))
    assert bells.track("bells").clips[0].start <= bells.track("voice").gaps[1].start


CIRCUIT = """\
  - intervals:
      work: 20s
      rest: 10s
      rounds: 2
      round_rest: 30s
      stations:
        - march
        - {name: side plank, sides: both, say: Elbow down., work: 15s}
  - say: Well done.
"""


def test_a_circuit_runs_by_the_clock_to_the_sample() -> None:
    timeline = laid(planned(CIRCUIT))
    stays = [gap for gap in timeline.track("voice").gaps if gap.kind in ("hold", "rest")]
    assert [gap.length / SECOND for gap in stays] == [
        10, 20, 10, 15, 10, 15, 30, 20, 10, 15, 10, 15,
    ]  # fmt: skip
    assert all(gap.end == following.start for gap, following in pairwise(stays))
    bells = [c.start for c in timeline.track("bells").clips if c.media == Sound("small-bell")]
    assert bells == [gap.start for gap in stays[1:]]
    assert [gap.label for gap in stays[:5]] == [
        "Next: march", "march", "Next: side plank, left side", "side plank, left side",
        "Next: side plank, right side",
    ]  # fmt: skip


def test_the_next_station_is_said_shown_and_a_chapter() -> None:
    plan = planned(CIRCUIT)
    timeline = laid(plan)
    assert [u for u in said(plan) if u.startswith("Next")][:3] == [
        "Next: march.",
        "Next: side plank, left. Elbow down.",
        "Next: side plank, right. Elbow down.",
    ]  # fmt: skip
    assert said(plan)[1:4] == ["Three.", "Two.", "One."]
    titles = [marker.title for marker in timeline.markers]
    assert titles[:4] == ["T", "Next: march", "March", "Next: side plank, left side"]
    assert titles[-1] == "T"  # what follows belongs to the chapter again
    stays = [gap for gap in timeline.track("voice").gaps if gap.kind in ("hold", "rest")]
    starts = [marker.start for marker in timeline.markers[1:-1]]
    assert starts == [gap.start for gap in stays]


def test_intervals_without_stations_only_count() -> None:
    plan = planned("  - intervals: {work: 20s, rest: 10s, rounds: 8}\n")
    timeline = laid(plan)
    stays = [gap.length // SECOND for gap in timeline.track("voice").gaps if gap.kind != "pause"]
    assert stays == [2, 10, *([20, 10] * 8)[:-1], 6]
    assert len(timeline.markers) == 1
    assert not any("Next" in text for text in said(plan))
    assert len([i for i in plan.items if isinstance(i, SpokenLine)]) == 0


def test_holds_that_follow_each_other_do_so_to_the_sample() -> None:
    plan = planned("  - repeat: 8\n    steps: [{hold: 20s}, {rest: 10s}]\n")
    stays = [g for g in laid(plan).track("voice").gaps if g.kind in ("hold", "rest")]
    assert stays[-1].end - stays[0].start == 240 * SECOND
    assert stays[0].start == to_frame_grid(stays[0].start)
