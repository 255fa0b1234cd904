"""A timeline as one list of what happens, for ``diff`` and the golden files of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from psoas_audio.timeline.model import BedSound, Sound, Take, Timeline
from psoas_audio.units import samples_to_ms

EntryKind = Literal[
    "chapter", "say", "bell", "lead-in", "pause", "hold", "rest", "move", "breathe", "lead-out"
]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happens."""

    kind: str
    """An :data:`EntryKind`."""
    text: str
    """A chapter's title, a line's words, a bell's name, a gap's label."""
    start: int
    """Samples from the session's start."""
    length: int
    """Samples."""
    voice: str = ""
    """The voice of a line and its rate; empty for what isn't spoken."""


def entries(timeline: Timeline) -> tuple[TimelineEntry, ...]:
    """Everything that happens, by start; of what starts together, chapters, gaps, bells, lines.

    Breath tones aren't listed one by one, only the gap that they lie in.
    """
    order = {"chapter": 0, "bell": 2, "say": 3}
    return tuple(sorted(_entries(timeline), key=lambda e: (e.start, order.get(e.kind, 1))))


def _entries(timeline: Timeline) -> Iterator[TimelineEntry]:
    for marker in timeline.markers:
        yield TimelineEntry("chapter", marker.title, marker.start, marker.length)
    for gap in timeline.track("voice").gaps:
        # The bell itself is listed below.
        if gap.kind != "bell":
            yield TimelineEntry(gap.kind, gap.label, gap.start, gap.length)
    for clip in timeline.track("voice").clips:
        if isinstance(clip.media, Take):
            take = clip.media
            voice = f"{take.engine} {take.voice}".strip() + f" at {take.rate}"
            voice += f", {take.treatment}" * (take.treatment != "plain")
            voice += f", {clip.level:g} dB" * (clip.level != 0)
            yield TimelineEntry("say", take.text, clip.start, clip.length, voice)
    for clip in timeline.track("bells").clips:
        if isinstance(clip.media, Sound) and clip.media.name != "tick":
            yield TimelineEntry("bell", clip.media.name, clip.start, clip.length)


def compact_text(timeline: Timeline) -> str:
    """*timeline* as text, a line for each entry: start and length in ms, kind, text."""
    bed = next((c.media.name for c in timeline.track("bed").clips
                if isinstance(c.media, BedSound)), "none")  # fmt: skip
    lines = [
        f"{timeline.title} · {timeline.language} · {samples_to_ms(timeline.length)} ms"
        f" · bed {bed} {timeline.track('bed').level:g} dB"
        f" · {len(timeline.track('breath').clips)} breath tones"
    ]
    for entry in entries(timeline):
        times = f"{samples_to_ms(entry.start):>8} {samples_to_ms(entry.length):>7}"
        lines.append(f"{times} {entry.kind:<8} {entry.text}".rstrip())
    return "\n".join(lines) + "\n"
