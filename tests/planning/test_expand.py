"""A script becomes the right things in the right order."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.pace import sentence_pause
from psoas_audio.planning import Choices, Plan, Stretch, expand
from psoas_audio.planning.choices import ELASTIC_STEP
from psoas_audio.planning.model import (
    ChapterStart,
    PlannedBreathing,
    PlannedHold,
    Ring,
    Silence,
    SpokenLine,
)
from psoas_audio.planning.pauses import SAY_PAUSE
from psoas_audio.planning.timed_steps.breathing import hold_phases
from psoas_audio.script.load import parse_script
from psoas_audio.script.model import PhaseKind, Span
from psoas_audio.script.patterns import make_pattern
from psoas_audio.timeline import lay_out
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE, nearest_frame

SECOND = SAMPLE_RATE


def planned(steps: str, head: str = "", choices: Choices | None = None, holds: float = 0.5) -> Plan:
    text = f"title: T\nsafety: none\n{head}steps:\n{steps}"
    stretch = Stretch(Fraction(holds), Fraction(holds))
    return expand(parse_script(text), choices or Choices(), stretch)


def heard(plan: Plan) -> list[str]:
    return [item.utterance.text for item in plan.items if isinstance(item, SpokenLine)]


def body(plan: Plan) -> list[object]:
    """What lies between the chapter's start and the lead-out."""
    return [i for i in plan.items if not isinstance(i, ChapterStart)][1:-1]


def test_sentences_are_spoken_one_by_one_with_the_usual_gaps() -> None:
    plan = planned("  - say: Lie down. Let go.\n  - say: Rest.\n")
    kinds = [i.utterance.text if isinstance(i, SpokenLine) else i.length for i in body(plan)]  # type: ignore[union-attr]
    assert kinds[::2] == ["Lie down.", "Let go.", "Rest."]
    usually = (sentence_pause(115, 2), SAY_PAUSE, SAY_PAUSE)
    for found, usual in zip(kinds[1::2], usually, strict=True):
        assert found != usual
        assert 0.85 * usual <= found <= 1.15 * usual


def test_pauses_vary_but_are_the_same_on_both_sides_and_each_time() -> None:
    lines = "".join(f"  - say: Let the {n} sink. Wait.\n" for n in "abcdefghij")
    pauses = [i.length for i in body(planned(lines)) if isinstance(i, Silence)]
    assert len(set(pauses)) == len(pauses) == 20
    assert pauses == [i.length for i in body(planned(lines)) if isinstance(i, Silence)]
    says = "      - say: Your {side} leg. Let it sink.\n"
    steps = f"  - sides: both\n    steps:\n{says}      - hold: 9s\n"
    both = [i.length for i in body(planned(steps)) if isinstance(i, Silence)]
    assert both[: len(both) // 2] == both[len(both) // 2 :]


def test_counts_come_at_even_intervals() -> None:
    plan = planned("  - say: Breathe out. Three. Two. One. Rest.\n")
    lengths = {u.take: 10_000 * len(u.text) for u in plan.utterances()}
    starts = [clip.start for clip in lay_out(plan, lengths).track("voice").clips]
    assert starts[2] - starts[1] == starts[3] - starts[2] == starts[4] - starts[3]
    assert starts[1] - starts[0] > starts[2] - starts[1]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert heard(planned("  - say: Press beside the A.S.I.S. Then wait for Dr. May.\n")) == [
        "Press beside the A.S.I.S. Then wait for Dr. May."
    ]


def test_an_explicit_pause_takes_the_place_of_the_gap() -> None:
    plan = planned("  - say: One.\n  - pause: 4s\n  - say: 'Two [pause 2s] three.'\n")
    lengths = [i.length for i in body(plan) if isinstance(i, Silence)]
    assert lengths[:2] == [4 * SECOND, 2 * SECOND]
    assert lengths[2] == pytest.approx(SAY_PAUSE, rel=0.15)
    assert heard(plan) == ["One.", "Two", "three."]


def test_a_hold_begins_when_the_words_end() -> None:
    plan = planned("  - say: Stay.\n  - hold: 20s\n    end: bowl\n  - say: Good.\n")
    kinds = [type(i).__name__ for i in body(plan)]
    assert kinds == ["SpokenLine", "PlannedHold", "Ring", "SpokenLine", "Silence"]


@pytest.mark.parametrize(("holds", "seconds"), [(0, 30), (0.5, 45), (1, 60)])
def test_an_elastic_hold_is_where_the_stretch_says(holds: float, seconds: int) -> None:
    (hold,) = (
        i for i in planned("  - hold: 30-60s\n", holds=holds).items if isinstance(i, PlannedHold)
    )
    assert hold.length == 30 * SECOND + (seconds - 30) * SECOND // ELASTIC_STEP * ELASTIC_STEP
    assert seconds * SECOND - hold.length < ELASTIC_STEP


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.fractions(0, 1))
def test_an_elastic_length_is_its_shortest_plus_whole_steps(
    shortest: int, range_: int, share: Fraction
) -> None:
    """A fixed length is exact; the middle of a hold is on the grid of frames if its start is."""
    span = Span(shortest, shortest + range_)
    length = Stretch(holds=share).length(span)
    assert (length - shortest) % ELASTIC_STEP == 0
    assert 0 <= shortest + range_ * share - length < ELASTIC_STEP + 1
    assert shortest % ELASTIC_STEP or length // 2 % MP3_FRAME == 0


def test_coaching_countdown_and_halfway_lie_inside_the_hold() -> None:
    plan = planned(
        "  - hold: 40s\n    halfway: true\n    countdown: 3\n    during:\n"
        "      - {at: 10s, say: Soften.}\n      - {at: -8s, bell: small-bell}\n"
    )
    (hold,) = (i for i in plan.items if isinstance(i, PlannedHold))
    inside = [(i.at / SECOND, i.utterance.text if i.utterance else i.bell) for i in hold.cues
              if i.bell != "tick"]  # fmt: skip
    assert inside == [
        (10.0, "Soften."), (20.0, "Halfway."), (32.0, "small-bell"),
        (37.0, "Three."), (38.0, "Two."), (39.0, "One."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "wish", "said"),
    [
        ("en", "true", "Get ready."),
        ("de-AT", "true", "Mach dich bereit."),
        ("es", "true", "Prepárate."),
        ("fr", "true", "Préparez-vous."),
        ("en", "Lift the hips.", "Lift the hips."),
    ],
)
def test_get_ready_comes_before_the_hold_with_time_to_settle(
    language: str, wish: str, said: str
) -> None:
    plan = planned(f"  - hold: 20s\n    ready: {wish}\n", f"language: {language}\n")
    at = next(n for n, item in enumerate(plan.items) if isinstance(item, PlannedHold))
    speak, settle, hold = plan.items[at - 2 : at + 1]
    assert isinstance(speak, SpokenLine)
    assert speak.utterance.text == said
    assert isinstance(settle, Silence)
    assert settle.length == 3 * SECOND
    assert isinstance(hold, PlannedHold)
    assert hold.length == 20 * SECOND


def test_without_guidance_get_ready_keeps_its_time() -> None:
    script = "  - hold: 20s\n    ready: true\n"
    full, bells = (planned(script, choices=Choices(guidance=level)) for level in ("full", "bells"))
    assert [u.audible for u in full.utterances()] == [True]
    assert [u.audible for u in bells.utterances()] == [False]


def test_a_breath_counted_hold_is_whole_cycles_of_the_clock() -> None:
    (hold,) = (i for i in planned("  - hold: {breaths: 5}\n", "breath: belly\n").items
               if isinstance(i, PlannedHold))  # fmt: skip
    assert hold.length == 5 * 10 * SECOND
    assert 0 <= hold.length - sum(p.length for p in hold.phases) <= MP3_FRAME // 2


def test_a_long_hold_without_a_bed_ticks() -> None:
    (quiet,) = (i for i in planned("  - hold: 15s\n").items if isinstance(i, PlannedHold))
    (long,) = (i for i in planned("  - hold: 90s\n").items if isinstance(i, PlannedHold))
    assert not quiet.cues
    assert [i.at / SECOND for i in long.cues] == [10, 20, 30, 40, 50, 60, 70, 80]


def test_breathing_is_whole_cycles_to_the_nearest_frame() -> None:
    plan = planned("  - breathe: coherent for 20m\n")
    (breathing,) = (i for i in plan.items if isinstance(i, PlannedBreathing))
    exact = 109 * 11 * SECOND  # 1,200 s / 11 s = 109.09
    assert breathing.length == nearest_frame(exact)


PHASES = st.lists(st.integers(SECOND, 12 * SECOND), min_size=2, max_size=4)


@given(PHASES, st.integers(1, 120))
def test_each_cycle_starts_on_the_frame_nearest_to_its_exact_time(
    seconds: list[int], breaths: int
) -> None:
    """So none is more than 12 ms off, however many there are, and there are two lengths at most."""
    kinds: tuple[PhaseKind, ...] = ("in", "out")
    if len(seconds) > 2:
        kinds = ("in", "full", "out", "empty")[: len(seconds)]
    lengths = dict(zip(kinds, seconds, strict=False))
    phases = hold_phases(pattern := make_pattern("own", lengths), breaths * pattern.length)
    edges = [0, *accumulate(phase.length for phase in phases)]
    for cycle in range(breaths):
        off = edges[cycle * len(lengths)] - cycle * pattern.length
        assert abs(off) <= MP3_FRAME // 2
        assert edges[cycle * len(lengths)] % MP3_FRAME == 0
    starts = edges[:: len(lengths)][:-1]
    assert len({b - a for a, b in pairwise(starts)}) <= 2
    for phase, exact in zip(phases, [*lengths.values()] * breaths, strict=True):
        assert abs(phase.length - exact) <= MP3_FRAME
    assert 0 <= breaths * pattern.length - edges[-1] <= MP3_FRAME // 2


def test_counted_breaths_count_every_second_whatever_the_frames_do() -> None:
    plan = planned("  - breathe: {pattern: [4, 6], breaths: 7, cues: counted}\n")
    (breathing,) = (i for i in plan.items if isinstance(i, PlannedBreathing))
    said = [cue.alternatives[0].text for cue, *_ in breathing.phase_cues()]
    assert said == said[:10] * 7
    rooms = [room for *_, room in breathing.phase_cues()]
    assert rooms == [SECOND] * 70


def test_a_ramp_runs_from_one_pace_to_the_other() -> None:
    plan = planned("  - breathe: {pattern: [5, 5], to: [6, 6], breaths: 11}\n")
    (breathing,) = (i for i in plan.items if isinstance(i, PlannedBreathing))
    ins = [p.length for p in breathing.phases if p.kind == "in"]
    assert (ins[0], ins[-1]) == (pytest.approx(5 * SECOND, abs=300), 6 * SECOND)
    assert all(after > before - MP3_FRAME for before, after in pairwise(ins))  # to the frame


def test_a_long_ramp_has_four_equal_steps() -> None:
    plan = planned("  - breathe: {pattern: [4, 6], to: [4, 8], breaths: 60}\n")
    (breathing,) = (i for i in plan.items if isinstance(i, PlannedBreathing))
    outs = [p.length for p in breathing.phases if p.kind == "out"]
    steps = {round(length / SECOND * 4) / 4 for length in outs}
    assert sorted(steps) == [6, 6.5, 7, 7.5, 8]
    assert len(set(outs)) <= 3 + 2 * 2  # those at the ends are exact, and so of two lengths


def test_rounds_pick_their_line_and_know_their_number() -> None:
    plan = planned(
        "  - repeat: 3\n    steps:\n      - say: ['Round {round} of {rounds}.', Again.]\n"
    )
    assert heard(plan) == ["Round one of three.", "Again.", "Round three of three."]


def test_sides_swap_their_words_and_share_their_slots() -> None:
    plan = planned(
        "  - sides: [right, left]\n    steps:\n"
        "      - say: 'The {side} leg, not the {other_side}.'\n      - hold: 30-60s\n"
    )
    assert heard(plan) == ["The right leg, not the left.", "The left leg, not the right."]
    first, second = (i.utterance for i in plan.items if isinstance(i, SpokenLine))
    assert first.slot == second.slot
    assert first.id != second.id
    assert len({i.length for i in plan.items if isinstance(i, PlannedHold)}) == 1


def test_guidance_silences_lines_and_keeps_them_in_the_plan() -> None:
    steps = "  - {say: Long words., guidance: full}\n  - {say: Short., guidance: bells}\n"
    plan = planned(steps, choices=Choices(guidance="bells"))
    assert [i.utterance.audible for i in plan.items if isinstance(i, SpokenLine)] == [False, True]


def test_a_step_voice_overrides_the_header_and_the_command_line() -> None:
    from psoas_audio.script.model import VoiceSettings

    head = "voice: {engine: espeak, name: en-gb, rate: 120}\n"
    steps = "  - say: One.\n  - {say: Two., rate: 90}\n"
    one, two = planned(steps, head).utterances()
    assert (one.engine, one.voice, one.rate, two.rate) == ("espeak", "en-gb", 120, 90)
    one, two = planned(
        steps, head, Choices(voice=VoiceSettings(engine="pyttsx3", rate=100))
    ).utterances()
    assert (one.engine, one.voice, one.rate, two.rate) == ("pyttsx3", None, 100, 90)


def test_equal_words_share_a_take_and_other_rates_do_not() -> None:
    one, two, three = planned(
        "  - say: Soften.\n  - say: Soften.\n  - {say: Soften., rate: 90}\n"
    ).utterances()
    assert one.take == two.take != three.take


def test_moving_to_the_floor_takes_longer_than_turning_over() -> None:
    plan = planned(
        "  - move: supine\n  - move: prone\n  - move: standing\n", "position: standing\n"
    )
    down, turn, up = (i.length for i in plan.items if isinstance(i, Silence) and i.kind == "move")
    assert down == up > turn > 0


def test_a_bell_gives_the_voice_time() -> None:
    plan = planned("  - bell: bowl\n  - say: Now.\n")
    (ring,) = (i for i in plan.items if isinstance(i, Ring))
    assert ring.length == 3 * SECOND
