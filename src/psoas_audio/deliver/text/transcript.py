"""The transcript: what a session says by chapter, with its silences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.text.silences import silence_caption
from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Clip, Gap, Marker, Take, Timeline
from psoas_audio.units import clock

_WIDTH = 78
"""Characters of a line."""


def transcript(timeline: Timeline, details: Details) -> str:
    """The transcript of *timeline* as plain text, after a header with the *details*."""
    blocks = [_head(timeline, details)]
    for marker in timeline.markers:
        title = f"{clock(marker.start)}  {_one_line(marker.title)}"
        blocks.append(f"{title}\n{'-' * len(title)}")
        blocks.extend(_wrap(paragraph) for paragraph in paragraphs(timeline, marker))
    return "\n\n".join(blocks) + "\n"


class SpokenText(NamedTuple):
    """A part of a paragraph in one language, by one speaker."""

    text: str
    language: str
    """BCP 47; empty for that of the session."""
    speaker: str = ""
    """The name of who says it; empty where one voice speaks."""


def paragraphs(timeline: Timeline, marker: Marker) -> Iterator[str]:
    """The paragraphs of a chapter: the lines between two named silences, and those silences."""
    for parts in paragraphs_by_language(timeline, marker):
        words = " ".join(part.text for part in parts)
        yield f"{parts[0].speaker}: {words}" if parts[0].speaker else words


def paragraphs_by_language(timeline: Timeline, marker: Marker) -> Iterator[list[SpokenText]]:
    """The same, each as its parts in one language after the other.

    Where another speaker begins, so does a paragraph.
    """
    lines: list[SpokenText] = []
    for item in _items(timeline, marker):
        if isinstance(item, Gap):
            if caption := silence_caption(timeline, item):
                if lines:
                    yield lines
                    lines = []
                yield [SpokenText(caption, "")]
        elif isinstance(item.media, Take):
            take = item.media
            text, language = _one_line(take.text), take.language
            if lines and lines[-1].speaker != take.speaker:
                yield lines
                lines = []
            if lines and lines[-1].language == language:
                lines[-1] = lines[-1]._replace(text=f"{lines[-1].text} {text}")
            else:
                lines.append(SpokenText(text, language, take.speaker))
    if lines:
        yield lines


def _items(timeline: Timeline, marker: Marker) -> list[Clip | Gap]:
    voice = timeline.track("voice")
    items: list[Clip | Gap] = [*voice.gaps, *voice.clips]
    inside = (item for item in items if marker.start <= item.start < marker.end)
    return sorted(inside, key=lambda item: item.start)


def _head(timeline: Timeline, details: Details) -> str:
    title = _one_line(details.title)
    say = load_language(details.language).interface
    kind, level = (say.get(word, word) for word in (details.kind, details.level))
    facts = [clock(timeline.length), kind, level, details.variant]
    lines = [title, "=" * len(title), " · ".join(filter(None, facts))]
    notes = {
        "need": ", ".join(details.equipment),
        "avoid": ", ".join(details.avoid),
        "note": details.notes,
    }
    texts = [say[name].format(things=_one_line(text)) for name, text in notes.items() if text]
    texts.extend(map(_one_line, details.voice_notes))
    lines.extend("\n" + _wrap(text) for text in (_one_line(details.summary), *texts) if text)
    return "\n".join(lines)


def _wrap(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
