"""Captions can be read in their time, lose no words, and follow each other without overlap."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_example import Builder

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.text.captions import (
    CAPTION_WIDTH,
    READING_SPEED,
    SRT_WIDTH,
    captions,
    spoken_captions,
    srt,
    vtt,
)
from psoas_audio.deliver.text.line_breaks import caption_texts
from psoas_audio.deliver.text.transcript import transcript
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE

GOLDEN = Path(__file__).parent.parent / "golden"

words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300)


@pytest.mark.parametrize("suffix", ["vtt", "srt", "txt"])
def test_the_formats_are_as_golden(timeline: Timeline, details: Details, suffix: str) -> None:
    lines = captions(timeline)
    texts = {"vtt": vtt(lines), "srt": srt(lines), "txt": transcript(timeline, details)}
    assert texts[suffix] == (GOLDEN / f"session.{suffix}").read_text(encoding="utf-8")


@given(words, st.sampled_from([SRT_WIDTH, CAPTION_WIDTH]))
def test_captions_fit_two_lines_and_lose_no_words(text: str, width: int) -> None:
    found = caption_texts(text, width)
    for piece in found:
        lines = piece.split("\n")
        assert len(lines) <= 2
        assert all(0 < len(line) <= width for line in lines)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(
    st.lists(
        st.tuples(words, st.sampled_from(["hold", "pause", "breathe", "bell", "rest", "move"]))
    )
)
def test_captions_come_in_order_without_overlap(parts: list[tuple[str, str]]) -> None:
    b = Builder()
    b.chapter("One", "supine")
    for number, (text, kind) in enumerate(parts):
        if text.strip():
            b.say(text)
        if kind == "breathe":
            start = b.breathe([[("in", 4.0), ("out", 6.0)]] * 2)
            b.say("In.", at=start)
        elif kind == "bell":
            b.bell(length=1.0 + number % 3)
        else:
            start = b.gap(kind, 0.4 + 7 * (number % 4), text[:50])
            if kind == "hold" and number % 2:
                b.say("Soften.", at=start + 0.2)
    session = b.build()
    found = captions(session)
    assert all(line.start < line.end for line in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert not found or found[-1].end <= session.length


def test_captions_can_be_read_in_their_time(timeline: Timeline) -> None:
    for line in captions(timeline):
        assert len(line.text) <= READING_SPEED * (line.end - line.start) / SAMPLE_RATE


def test_a_hold_is_captioned_again_with_what_is_left_after_coaching() -> None:
    b = Builder()
    start = b.gap("hold", 45.0)
    b.say("Soften the jaw.", at=start + 23.75)
    texts = [line.text for line in captions(b.build())]
    assert texts == ["[Hold, 45 seconds]", "Soften the jaw.", "[Hold, 20 seconds left]"]


@pytest.mark.parametrize(
    ("cycles", "told"),
    [
        ([[("in", 5.5), ("out", 5.5)]] * 2, "[Breathe in 5.5, out 5.5, for 22 seconds]"),
        (
            [[("in", 4.0), ("full", 7.0), ("out", 8.0)]],
            "[Breathe in 4, hold 7, out 8, for 19 seconds]",
        ),
        (
            [[("in", 4.0), ("out", 4.0)], [("in", 5.0), ("out", 6.0)]],
            "[Breathe in 4, out 4, slowing, for 19\nseconds]",
        ),
    ],
)
def test_captions_of_breathing_name_its_pattern(
    cycles: list[list[tuple[str, float]]], told: str
) -> None:
    b = Builder()
    b.breathe(cycles)
    assert [line.text.replace("\n", " ") for line in captions(b.build())] == [
        told.replace("\n", " ")
    ]


def test_text_of_a_stranger_cannot_break_out_of_a_cue() -> None:
    b = Builder()
    b.say("a --> b <script>\n\n00:00:01.000 --> 00:00:02.000\nhidden & more", rate=5.0)
    lines = captions(b.build())
    assert vtt(lines).count("-->") == len(lines)
    assert "<" not in vtt(lines)
    assert srt(lines).count(" --> ") == srt(lines).count("\n00:")
    assert "\n\n\n" not in vtt(lines)


def test_a_caption_in_another_language_is_marked_as_such() -> None:
    b = Builder()
    b.chapter("One", "standing")
    b.say("Count with me.")
    b.say("Comptez jusqu'à trois & riez.", language="fr")
    b.say("No tag.", language="fr>x")
    lines = captions(b.build())
    assert "\n<lang fr>Comptez jusqu'à trois &amp; riez.</lang>\n" in vtt(lines)
    assert "\nCount with me.\n" in vtt(lines)
    assert "\nNo tag.\n" in vtt(lines)
    assert "lang" not in srt(lines)


def test_each_word_can_have_its_time() -> None:
    b = Builder()
    b.chapter("One", "standing")
    b.gap("lead-in", 2.0)
    b.say("Lift & lower.", words_at=(0.0, 0.5, 0.8))
    b.say("Et riez.", language="fr", words_at=(0.1, 0.4))
    b.say("No times here.")
    lines = captions(b.build())
    text = vtt(lines, words=True)
    assert "\nLift <00:00:02.500>&amp; <00:00:02.800>lower.\n" in text
    assert "\n<lang fr><00:00:03.183>Et <00:00:03.483>riez.</lang>\n" in text
    assert "\nNo times here.\n" in text
    assert "<0" not in vtt(lines)


def test_a_long_line_changes_captions_when_its_words_do() -> None:
    words = [f"word{number}" for number in range(30)]
    times = tuple(0.1 * number if number < 20 else 5 + 0.1 * number for number in range(30))
    b = Builder()
    b.say(" ".join(words), words_at=times)
    lines = spoken_captions(b.build())
    assert len(lines) > 1
    for line in lines:
        first = words.index(line.text.split()[0])
        assert line.start == round(times[first] * SAMPLE_RATE)


@given(st.lists(st.floats(0, 3), max_size=8), st.integers(0, 8))
def test_times_of_words_are_in_order_and_within_their_caption(at: list[float], words: int) -> None:
    b = Builder()
    b.say("a " * words or "b", words_at=tuple(at) if len(at) == words else ())
    for line in captions(b.build()):
        cue = vtt([line], words=True)
        start, end, *inside = (
            float(hours) * 3600 + float(minutes) * 60 + float(seconds)
            for hours, minutes, seconds in re.findall(r"(\d\d):(\d\d):(\d\d\.\d{3})", cue)
        )
        assert all(one < other for one, other in pairwise([start, *inside, end]))


def test_a_session_without_words_has_an_empty_but_valid_list() -> None:
    b = Builder()
    b.gap("lead-in", 1.0)
    assert captions(b.build()) == ()
    assert vtt(()) == "WEBVTT\n"
    assert srt(()) == ""


@pytest.mark.parametrize("apart", [0.0, 0.1, 0.9])
def test_bells_that_ring_almost_together_share_a_caption_that_can_be_read(apart: float) -> None:
    b = Builder()
    b.bell(length=apart)
    b.bell()
    bells = [line for line in captions(b.build()) if line.text == "[Bell]"]
    assert len(bells) == 1
    assert bells[0].end - bells[0].start >= 2 * SAMPLE_RATE


def test_bells_with_a_second_between_them_have_captions_of_their_own() -> None:
    b = Builder()
    b.bell(length=1.2)
    b.bell()
    bells = [line for line in captions(b.build()) if line.text == "[Bell]"]
    assert [line.end - line.start for line in bells] == [int(1.2 * SAMPLE_RATE), 2 * SAMPLE_RATE]
