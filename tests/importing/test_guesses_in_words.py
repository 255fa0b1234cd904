"""A guess is described in the words of a script, whatever it is about."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from psoas_audio.importing.convert import _about, import_sources
from psoas_audio.importing.events import (
    BothSides,
    Chime,
    Event,
    PacedBreath,
    Rounds,
    Stay,
    Words,
    WorkAndRest,
)

EVENTS = [
    (Words("Rest.", guess="x"), "say: Rest."),
    (Stay("hold", None, (4, 6), guess="x"), "hold: 4-6 breaths"),
    (Stay("rest", None, (5, 5), guess="x"), "rest: 5 breaths"),
    (Chime(sound="gong", guess="x"), "bell: gong"),
    (BothSides((), guess="x"), "sides: both"),
    (BothSides((), order=("right", "left"), guess="x"), "sides: right, left"),
    (Rounds((3, 3), (), guess="x"), "repeat: 3"),
]


@pytest.mark.parametrize(("event", "words"), EVENTS)
def test_a_guess_is_about_a_step(event: Event, words: str) -> None:
    assert _about(event) == words


def test_no_guess_is_described_by_an_internal_name() -> None:
    kinds = [k for k in get_args(Event) if any(f.name == "guess" for f in dataclasses.fields(k))]
    assert {Words, Stay, Chime, BothSides, Rounds, PacedBreath, WorkAndRest} <= set(kinds)
    page = b"Hold 45 seconds, each side.\n\nBridge, 3 x 10, hold 30 s\n\nAnd box breathing.\n"
    imported = import_sources([("page.md", page)], "page")
    assert imported.remarks
    for remark in imported.remarks:
        assert remark.text not in {kind.__name__.lower() for kind in kinds}
