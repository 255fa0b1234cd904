"""The timeline for audio editors: Audacity labels and a Reaper project."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from fractions import Fraction

from psoas_audio.deliver.text.silences import has_name, silence_name
from psoas_audio.timeline.model import Sound, Take, Timeline
from psoas_audio.units import SAMPLE_RATE, db_to_gain

_NAMESPACE = uuid.UUID("6f1c1f0e-54a1-4f0a-9c8e-3a8d5d7f2b60")
"""Namespace of the ids in a Reaper project, so that the same session gives the same file."""


def audacity_labels(timeline: Timeline) -> str:
    """Chapters, spoken lines, named silences and bells as an Audacity label track."""
    labels = [(marker.start, marker.end, marker.title) for marker in timeline.markers]
    voice = timeline.track("voice")
    labels += [(c.start, c.end, c.media.text) for c in voice.clips if isinstance(c.media, Take)]
    labels += [
        (g.start, g.end, f"[{silence_name(g, timeline.language)}]")
        for g in voice.gaps
        if has_name(g)
    ]
    bells = timeline.track("bells").clips
    labels += [
        (clip.start, clip.start, f"[{clip.media.name}]")
        for clip in bells
        if isinstance(clip.media, Sound) and not clip.media.name.startswith("tick")
    ]
    lines = (
        f"{_seconds(start)}\t{_seconds(end)}\t{' '.join(text.split())}"
        for start, end, text in sorted(labels)
    )
    return "".join(f"{line}\n" for line in lines)


def reaper_project(timeline: Timeline, stems: Mapping[str, str], *, lowered: int = 0) -> str:
    """A Reaper project: a track for each stem, a marker for each chapter.

    *stems* maps track names to WAV files in the project's folder, each as long as the session.
    They are *lowered* dB below the mix, and the tracks' faders raise them again.
    """
    lines = [
        '<REAPER_PROJECT 0.1 "6.0" 0',
        f"  SAMPLERATE {SAMPLE_RATE} 1 0",
        "  TEMPO 60 4 4",
    ]
    for number, marker in enumerate(timeline.markers, 1):
        lines.append(f"  MARKER {number} {_seconds(marker.start)} {_quoted(marker.title)} 0")
    for name, file in stems.items():
        lines.extend(_track(timeline, name, file, db_to_gain(lowered)))
    return "\n".join((*lines, ">", ""))


def _track(timeline: Timeline, name: str, file: str, gain: float) -> Iterator[str]:
    yield f"  <TRACK {_id(timeline, name)}"
    yield f"    NAME {_quoted(name)}"
    yield f"    VOLPAN {gain:.6f} 0 -1 -1 1"
    yield "    <ITEM"
    yield "      POSITION 0"
    yield f"      LENGTH {_seconds(timeline.length)}"
    yield "      LOOP 0"
    yield f"      NAME {_quoted(name)}"
    yield f"      IGUID {_id(timeline, name + ' item')}"
    yield "      <SOURCE WAVE"
    yield f"        FILE {_quoted(file)}"
    yield "      >"
    yield "    >"
    yield "  >"


def _id(timeline: Timeline, name: str) -> str:
    return f"{{{str(uuid.uuid5(_NAMESPACE, f'{timeline.name} {name}')).upper()}}}"


def _quoted(text: str) -> str:
    """*text* in a kind of quotes that it doesn't contain: the format has no escaping."""
    line = " ".join(text.split())
    mark = next((mark for mark in "\"'`" if mark not in line), "")
    return f"{mark}{line}{mark}" if mark else '"' + line.replace('"', "'") + '"'


def _seconds(samples: int) -> str:
    """*samples* in seconds with six decimals, without the rounding of floats."""
    microseconds = round(Fraction(samples * 1_000_000, SAMPLE_RATE))
    whole, part = divmod(microseconds, 1_000_000)
    return f"{whole}.{part:06}"
