"""Audacity's labels and REAPER's project have everything at its place."""

import re
from pathlib import PurePath

import pytest
from session_example import Builder

from psoas_audio.deliver.text.daw import audacity_labels, reaper_project
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE

STEMS = {"voice": "stems/voice.wav", "bed": "stems/bed.wav"}


def test_labels_read_back_as_the_timeline_to_the_sample(timeline: Timeline) -> None:
    rows = [line.split("\t") for line in audacity_labels(timeline).splitlines()]
    found = {(round(float(a) * SAMPLE_RATE), round(float(b) * SAMPLE_RATE), c) for a, b, c in rows}
    for marker in timeline.markers:
        assert (marker.start, marker.end, marker.title) in found
    for clip in timeline.track("voice").clips:
        assert (clip.start, clip.end, clip.media.text) in found  # type: ignore[union-attr]
    assert [float(row[0]) for row in rows] == sorted(float(row[0]) for row in rows)


def blocks(text: str) -> list[object]:
    """A project as nested lists, one per ``<…>``."""
    stack: list[list[object]] = [[]]
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("<"):
            block: list[object] = [line[1:]]
            stack[-1].append(block)
            stack.append(block)
        elif line == ">":
            stack.pop()
        else:
            stack[-1].append(line)
    assert len(stack) == 1
    return stack[0]


def test_the_project_has_a_track_for_each_stem_and_a_marker_for_each_chapter(
    timeline: Timeline,
) -> None:
    text = reaper_project(timeline, STEMS)
    (project,) = blocks(text)
    assert isinstance(project, list)
    assert len([b for b in project if isinstance(b, list) and b[0].startswith("TRACK")]) == 2
    markers = re.findall(r"MARKER (\d+) ([\d.]+) \"(.+)\" 0", text)
    assert [m[2] for m in markers] == [m.title for m in timeline.markers]
    starts = [round(float(m[1]) * SAMPLE_RATE) for m in markers]
    assert starts == [m.start for m in timeline.markers]
    for file in re.findall(r'FILE "(.+)"', text):
        assert not PurePath(file).is_absolute()


@pytest.mark.parametrize("title", ['say "so"', 'it\'s "so"', "a'b\"c`d", "<TRACK\n>", "tab\there"])
def test_any_title_is_quoted_in_the_project(title: str) -> None:
    b = Builder()
    b.chapter(title, "supine")
    b.say(title)
    b.gap("hold", 10.0, title)
    session = b.build()
    (project,) = blocks(reaper_project(session, STEMS))
    assert isinstance(project, list)
    assert len(project) == 6
    assert all(line.count("\t") == 2 for line in audacity_labels(session).splitlines())
