"""The face of a session tells what its timeline tells, as lists that a page can shift."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from session_example import DETAILS, Builder, example

import psoas_audio
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.face import face_figures, session_face
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import samples_to_ms

SCRIPTS = sorted((Path(__file__).parents[2] / "scripts").glob("*.yaml"))


@pytest.fixture(scope="module", params=SCRIPTS, ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> Timeline:
    return psoas_audio.plan(request.param).timeline


def test_every_item_begins_with_its_times_and_lists_are_sorted(shipped: Timeline) -> None:
    face = session_face(shipped, DETAILS)
    for name, items in face.items():
        if name == "length":
            continue
        starts = [item[0] for item in items]
        assert starts == sorted(starts), name
        for start, end, *_ in items:
            assert 0 <= start <= end <= face["length"], name


def test_the_figure_of_a_move_is_where_it_leads(shipped: Timeline) -> None:
    moments = {m[0]: m for m in session_face(shipped, DETAILS)["moments"]}
    for gap in shipped.track("voice").gaps:
        if gap.kind == "move" and (moment := moments.get(samples_to_ms(gap.start))):
            assert moment[4].removesuffix("-left").endswith(gap.label), (moment, gap.label)
            assert moment[5]


def test_a_figure_after_a_move_is_no_longer_the_chapters() -> None:
    b = Builder()
    b.chapter("Rise", "side-lying")
    b.gap("rest", 20.0)
    b.say("Come to sitting.")
    b.gap("move", 12.0, "sitting")
    b.gap("rest", 20.0)
    b.chapter("Lie down", "supine", "left")
    b.gap("rest", 20.0)
    session = b.build()
    figures = [moment[4] for moment in session_face(session, DETAILS)["moments"]]
    assert figures == ["side-lying", "floor-sitting", "floor-sitting", "supine-left"]
    assert set(figures) <= face_figures(session).keys()


def test_every_figure_that_the_face_names_is_in_the_page(shipped: Timeline) -> None:
    face = session_face(shipped, DETAILS)
    named = {c[3] for c in face["chapters"]} | {m[4] for m in face["moments"]}
    assert named <= face_figures(shipped).keys()


def test_breaths_are_counted_within_their_run() -> None:
    b = Builder()
    b.chapter("Breathe", "sitting")
    b.breathe([[("in", 2.0), ("full", 1.0), ("out", 3.0)]] * 2)
    b.gap("pause", 2.0)
    b.breathe([[("in", 2.0), ("out", 3.0)]] * 3)
    counted = [breath[6:] for breath in session_face(b.build(), DETAILS)["breaths"]]
    assert counted == [[1, 2]] * 3 + [[2, 2]] * 3 + [[1, 3]] * 2 + [[2, 3]] * 2 + [[3, 3]] * 2


def test_steps_cover_the_session_and_know_their_side(shipped: Timeline) -> None:
    face = session_face(shipped, DETAILS)
    steps = face["steps"]
    assert steps[0][0] == 0
    assert steps[-1][1] == face["length"]
    assert all(one[1] == other[0] for one, other in pairwise(steps))
    sides = {chapter[5] for chapter in face["chapters"]} - {""}
    assert {group.split(".")[1] for *_, group in steps if group} >= sides


def test_without_names_of_steps_each_chapter_is_one() -> None:
    steps = session_face(example(), DETAILS)["steps"]
    assert [step[2:] for step in steps] == [
        ["1.0.-.1", ""], ["2.0.right.1", "2.right"], ["3.0.left.1", "3.left"], ["4.0.-.1", ""],
    ]  # fmt: skip


def test_the_transcript_has_each_line_and_each_named_silence() -> None:
    session = replace(example(), language="en")
    transcript = session_face(session, Details("T"))["transcript"]
    said = [entry[2] for entry in transcript if entry[5] == "said"]
    assert said == [" ".join(clip.media.text.split()) for clip in session.track("voice").clips]  # type: ignore[union-attr]
    assert "[Sink, 45 seconds]" in [entry[2] for entry in transcript if entry[5] == "silence"]
