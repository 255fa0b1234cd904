"""What differs between two sessions is told: every change, and what a listener would notice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.script.load import parse_script
from psoas_audio.timeline import Timeline, lay_out
from psoas_audio.timeline.diff import describe_difference, diff
from psoas_audio.units import SAMPLE_RATE

BASE = """
title: A pause
safety: none
bed: soft-rain
chapters:
  - title: Arrive
    steps:
      - say: Come down onto your back.
      - hold: 20s
        label: arrive
        end: bowl
  - title: Close
    steps:
      - say: Roll to one side.
      - say: Rest there.
"""


def laid(text: str) -> Timeline:
    plan = expand(parse_script(text), Choices(), Stretch())
    takes = {u.take: estimated_length(u) for u in plan.utterances()}
    return lay_out(plan, takes | dict.fromkeys(plan.sounds(), 3 * SAMPLE_RATE))


def hows(after: str) -> list[tuple[str, str]]:
    found = diff(laid(BASE), laid(after)).changes
    return [(c.how, (c.after or c.before).text) for c in found if c.how != "moved"]  # type: ignore[union-attr]


def test_a_timeline_does_not_differ_from_itself() -> None:
    assert not diff(laid(BASE), laid(BASE))


def test_a_new_line_moves_what_follows_by_its_time() -> None:
    text = BASE.replace("      - say: Roll", "      - say: Slowly now.\n      - say: Roll")
    difference = diff(laid(BASE), laid(text))
    assert sorted(hows(text)) == [("added", ""), ("added", "Slowly now."), ("changed", "Close")]
    moved = {c.after.text: c.moved for c in difference.changes if c.how == "moved"}  # type: ignore[union-attr]
    grown = laid(text).length - laid(BASE).length
    assert moved["Roll to one side."] == moved["Rest there."] == grown
    assert "Lines: 1 new." in difference.notices


def test_a_removed_line_is_reported() -> None:
    text = BASE.replace("      - say: Rest there.\n", "")
    assert ("removed", "Rest there.") in hows(text)
    assert "Lines: 1 gone." in diff(laid(BASE), laid(text)).notices


def test_a_line_in_other_words_is_one_change() -> None:
    difference = diff(laid(BASE), laid(BASE.replace("Roll to one side", "To one side now, roll")))
    changed = [c for c in difference.changes if c.how == "changed" and c.before.kind == "say"]  # type: ignore[union-attr]
    assert [(c.before.text, c.after.text) for c in changed] == [  # type: ignore[union-attr]
        ("Roll to one side.", "To one side now, roll.")
    ]
    assert "Lines: 1 in other words." in difference.notices


@pytest.mark.parametrize(
    ("old", "new", "notice"),
    [
        ("hold: 20s", "hold: 25s", "The hold “arrive” lasts 25.0 s instead of 20.0 s."),
        ("soft-rain", "surf", "The bed is surf at -24 dB instead of soft-rain at -24 dB."),
        ("bed: soft-rain", "bed: none", "The bed is none instead of soft-rain at -24 dB."),
        ("end: bowl", "end: gong", "Bells: 1 of another sound."),
        ("title: A pause", "title: A rest", "It is called “A rest” instead of “A pause”."),
        ("safety: none", "safety: none\nlanguage: de", "It is spoken in de instead of en-US."),
        ("safety: none", "safety: none\noutput: stereo", "It is stereo now."),
        ("safety: none", "safety: none\nvoice: {rate: 100}",
         "The voice is pyttsx3 at 100 instead of pyttsx3 at 115."),
    ],
)  # fmt: skip
def test_what_a_listener_would_notice(old: str, new: str, notice: str) -> None:
    difference = diff(laid(BASE), laid(BASE.replace(old, new)))
    assert notice in difference.notices
    assert notice in describe_difference(difference)


def test_lines_that_moved_alike_are_reported_in_one() -> None:
    told = describe_difference(
        diff(laid(BASE), laid(BASE.replace("hold: 20s", "hold: 25s")))
    ).splitlines()
    moved = [line for line in told if line.startswith(">")]
    assert len(moved) <= 3
    assert "+4.992 s" in moved[-1]  # whole MP3 frames


def test_an_inaudible_shift_is_called_inaudible() -> None:
    told = describe_difference(diff(laid(BASE), laid(BASE.replace("hold: 20s", "hold: 20.1s"))))
    assert "It is 0.1 s longer" in told
    assert "“arrive”" not in told


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_changes_turn_the_one_into_the_other(data: st.DataObject) -> None:
    lines = st.lists(st.sampled_from(["One.", "Two here.", "Two there.", "Three."]), min_size=1)

    def session(name: str) -> Timeline:
        steps = "".join(f"  - say: {line}\n" for line in data.draw(lines, label=name))
        return laid(f"title: T\nsafety: none\nsteps:\n{steps}")

    before, after = session("before"), session("after")
    changes = diff(before, after).changes
    clips = [len(t.track("voice").clips) for t in (before, after)]
    added = sum(c.how == "added" and c.after.kind == "say" for c in changes)  # type: ignore[union-attr]
    removed = sum(c.how == "removed" and c.before.kind == "say" for c in changes)  # type: ignore[union-attr]
    assert clips[1] - clips[0] == added - removed
    assert bool(diff(before, after)) == (before != after)
