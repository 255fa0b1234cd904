"""A voice that grows slower and softer: by its lines, whatever the session's length."""

from __future__ import annotations

from itertools import pairwise

import pytest

from psoas_audio.planning import Choices, Plan, Stretch, Utterance, estimated_length, expand, fit
from psoas_audio.script.load import parse_script
from psoas_audio.script.model import VoiceSettings
from psoas_audio.timeline import lay_out
from psoas_audio.units import SAMPLE_RATE

HEAD = "title: Slower\nsafety: none\nvoice: {rate: 120 to 105, level: 0 to -3 dB}\n"
LINES = HEAD + "steps:\n" + "".join(f"  - say: Line {n}.\n  - pause: 2s\n" for n in range(31))


def said(text: str, choices: Choices | None = None, **stretch: object) -> tuple[Utterance, ...]:
    return expand(parse_script(text), choices or Choices(), Stretch(**stretch)).utterances()  # type: ignore[arg-type]


def test_a_ramp_runs_evenly_from_the_first_line_to_the_last() -> None:
    lines = said(LINES)
    rates, levels = [u.rate for u in lines], [u.level for u in lines]
    assert (rates[0], rates[15], rates[-1]) == (120, 112, 105)
    assert (levels[0], levels[15], levels[-1]) == (0.0, -1.5, -3.0)
    assert all(0 <= a - b <= 1 for a, b in pairwise(rates))
    assert {a - b for a, b in pairwise(levels)} == {0.0, 0.5}


def test_a_session_with_one_line_has_the_ramps_first_value() -> None:
    (line,) = said(HEAD + "steps: [{say: Rest.}]")
    assert (line.rate, line.level) == (120, 0.0)


ROUNDS = (
    HEAD
    + """
chapters:
  - title: Arrive
    steps: [{say: Hello.}, {say: Come down.}]
  - title: "{side}"
    sides: both
    steps:
      - say: The {side} side.
      - hold: 30-60s
        during: [{at: 5s, say: Let it sink.}]
      - repeat: 1-4
        steps: [{say: Once more.}, {rest: 10s}]
  - title: More
    priority: 1
    steps: [{say: A little more.}]
  - title: Close
    steps: [{say: Rest.}]
"""
)


def test_sides_and_rounds_are_said_alike_and_share_their_takes() -> None:
    lines = said(ROUNDS, counts=1)
    for text in ("Let it sink.", "Once more."):
        assert len({(u.take, u.rate, u.level) for u in lines if u.text == text}) == 1
    left, right = (u for u in lines if u.text.startswith("The "))
    assert (left.rate, left.level) == (right.rate, right.level)
    assert lines[0].rate == 120
    assert lines[-1].rate == 105


@pytest.mark.parametrize("stretch", [{"counts": 0}, {"counts": 1}, {"holds": 0}, {"optional": 0}])
def test_a_ramp_is_the_same_at_every_length(stretch: dict[str, object]) -> None:
    def told(lines: tuple[Utterance, ...]) -> dict[str, tuple[int, float]]:
        return {u.text: (u.rate, u.level) for u in lines}

    assert told(said(ROUNDS, **stretch)).items() <= told(said(ROUNDS)).items()


@pytest.mark.parametrize("minutes", [2, 3, 4])
def test_with_a_ramp_any_length_is_met_to_the_sample(minutes: int) -> None:
    def length(plan: Plan) -> int:
        takes = {u.take: estimated_length(u) for u in plan.utterances()}
        return lay_out(plan, takes | dict.fromkeys(plan.sounds(), SAMPLE_RATE)).length

    wish = minutes * 60 * SAMPLE_RATE
    assert fit(parse_script(ROUNDS), Choices(length=wish), length).length == wish


def test_a_chapter_a_line_or_a_choice_overrides_the_ramp() -> None:
    text = HEAD + (
        "chapters:\n"
        "  - {title: A, voice: {rate: 90, level: -6}, steps: [{say: One.}, {say: Two.}]}\n"
        "  - {title: B, steps: [{say: Three., rate: 100}, {say: Four., voice: {level: -1}}]}\n"
    )
    assert [(u.rate, u.level) for u in said(text)] == [
        (90, -6.0), (90, -6.0), (100, -2.0), (105, -1.0)
    ]  # fmt: skip
    assert {u.rate for u in said(LINES, Choices(voice=VoiceSettings(rate=130)))} == {130}


def test_levels_are_on_the_clips_and_not_in_the_takes() -> None:
    plan = expand(parse_script(HEAD + "steps: [{say: A.}, {say: B.}]"), Choices(), Stretch())
    timeline = lay_out(plan, {u.take: SAMPLE_RATE for u in plan.utterances()})
    assert [clip.level for clip in timeline.track("voice").clips] == [0.0, -3.0]
    loud = said(HEAD.replace(", level: 0 to -3 dB", "") + "steps: [{say: A.}, {say: B.}]")
    assert [u.take for u in loud] == [u.take for u in plan.utterances()]


def test_a_treatment_is_in_the_take_unless_it_is_plain() -> None:
    head = "title: T\nsafety: none\nvoice: {%s}\nsteps: [{say: A.}]"
    takes = {name: said(head % f"treatment: {name}")[0] for name in ("plain", "warm", "hall")}
    assert len({u.take for u in takes.values()}) == 3
    assert takes["plain"].take == said(head % "rate: 115")[0].take
    assert takes["hall"].treatment == "hall"
    (chosen,) = said(head % "treatment: hall", Choices(voice=VoiceSettings(treatment="close")))
    assert chosen.treatment == "close"
