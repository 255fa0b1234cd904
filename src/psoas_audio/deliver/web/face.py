"""The face of a session: what a page shows of it, as JSON values.

Each part is a list sorted by start. Every item begins with its start and end, in whole milliseconds
from the session's start, so that a page can move it by adding to both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.lookup import figure_at, figure_description
from psoas_audio.deliver.text.captions import spoken_captions, with_speakers
from psoas_audio.deliver.text.silences import has_name, silence_caption, silence_name
from psoas_audio.deliver.web.breaths import breath_levels
from psoas_audio.deliver.web.exits import exits
from psoas_audio.deliver.web.steps import steps
from psoas_audio.timeline.model import Clip, Gap, Marker, Take, Timeline
from psoas_audio.units import samples_to_ms

SPOKEN_LINE_CHARACTERS = 50
"""Characters of a line; the page shows up to two lines of what is said."""

Face = dict[str, Any]
"""``length`` (ms) and the lists ``chapters``, ``moments``, ``breaths``, ``steps``, ``lines`` and
``transcript``; of a fixed page also ``exits``."""


def session_face(timeline: Timeline, details: Details) -> Face:
    """The face of *timeline*; names and descriptions are in the language of *details*."""
    language = details.language
    return {
        "length": samples_to_ms(timeline.length),
        "chapters": [
            [*_times(m), m.title, *_chapter_figure(timeline, m, language), m.side]
            for m in timeline.markers
        ],
        "moments": list(_moments(timeline, language)),
        "breaths": list(breath_levels(timeline.track("breath").clips)),
        "steps": [
            [samples_to_ms(step.start), samples_to_ms(step.end), step.id, step.group]
            for step in steps(timeline)
        ],
        "lines": list(_lines(timeline, language)),
        "transcript": list(_transcript(timeline)),
    }


def fixed_face(timeline: Timeline, details: Details) -> Face:
    """The face of *timeline* on a page where it can't be changed: with what leads out, and from
    where (start, end, and the start and end of each part)."""
    found = [
        [*map(samples_to_ms, each[:2]), [list(map(samples_to_ms, part)) for part in each.parts]]
        for each in exits(timeline)
    ]
    return {**session_face(timeline, details), "exits": found}


def face_figures(timeline: Timeline) -> dict[str, tuple[str, str]]:
    """The name and the side of every figure that the face of *timeline* shows, by its id."""
    shown = [figure_at(timeline, marker) for marker in timeline.markers]
    shown += [(name, side) for _, name, side in _moment_figures(timeline)]
    shown += [(name, side) for name, side in _line_figures(timeline).values() if name]
    return {figure_id(name, side): (name, side) for name, side in shown}


def figure_id(name: str, side: str) -> str:
    """The id in the page of the figure called *name* on a *side*."""
    name = name or "none"
    return f"{name}-left" if side == "left" else name


def _moments(timeline: Timeline, language: str) -> Iterator[list[Any]]:
    """Start, end, kind, name, figure and its description of each named silence."""
    for gap, name, side in _moment_figures(timeline):
        yield [
            *_times(gap),
            gap.kind,
            silence_name(gap, language),
            figure_id(name, side),
            figure_description(name, language, side),
        ]


def _moment_figures(timeline: Timeline) -> Iterator[tuple[Gap, str, str]]:
    """Each named silence with the name and the side of its figure."""
    for marker in timeline.markers:
        for gap in timeline.track("voice").gaps:
            if marker.start <= gap.start < marker.end and has_name(gap):
                yield gap, *figure_at(timeline, marker, gap)


def _lines(timeline: Timeline, language: str) -> Iterator[list[Any]]:
    """Start, end, text, language, starts of words, speaker, figure and its description of each
    caption; the last two are empty where they are the chapter's."""
    plain = spoken_captions(timeline, SPOKEN_LINE_CHARACTERS)
    figures = _line_figures(timeline)
    starts = list(figures)
    for line, named in zip(plain, with_speakers(plain), strict=True):
        words = [samples_to_ms(start) for start in named.word_starts]
        text = " ".join(named.text.split())
        name, side = figures[starts[bisect_right(starts, line.start) - 1]]
        shown = (figure_id(name, side), figure_description(name, language, side)) if name else ()
        yield [*_times(line), text, line.language, words, line.speaker, *(shown or ("", ""))]


def _line_figures(timeline: Timeline) -> dict[int, tuple[str, str]]:
    """Where each spoken line starts (samples), in order, and its figure and side; empty where they
    are those of the chapter."""
    found = {}
    for marker in timeline.markers:
        own = figure_at(timeline, marker)
        for clip in timeline.track("voice").clips:
            if marker.start <= clip.start < marker.end:
                shown = figure_at(timeline, marker, clip)
                found[clip.start] = ("", "") if shown == own else shown
    return found


def _transcript(timeline: Timeline) -> Iterator[list[Any]]:
    """Start, end, text, language, speaker and kind (``said`` or ``silence``) of each entry."""
    voice = timeline.track("voice")
    items: list[Clip | Gap] = [*voice.gaps, *voice.clips]
    for item in sorted(items, key=lambda item: item.start):
        if isinstance(item, Gap):
            if caption := silence_caption(timeline, item):
                yield [*_times(item), caption, "", "", "silence"]
        elif isinstance(item.media, Take):
            take = item.media
            text = " ".join(take.text.split())
            yield [*_times(item), text, take.language, take.speaker, "said"]


def _chapter_figure(timeline: Timeline, marker: Marker, language: str) -> tuple[str, str]:
    """The id and the description of a chapter's figure."""
    name, side = figure_at(timeline, marker)
    return figure_id(name, side), figure_description(name, language, side)


def _times(item: Any) -> list[int]:
    return [samples_to_ms(item.start), samples_to_ms(item.end)]
