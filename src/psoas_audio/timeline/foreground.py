"""What a bed makes room for: words, and the tones that lead a breath or a movement."""

from __future__ import annotations

from collections.abc import Iterable

from psoas_audio.timeline.model import Clip, Timeline


def spoken_intervals(timeline: Timeline) -> list[tuple[int, int]]:
    """Where words are spoken: (start, end) in samples, sorted and apart."""
    return _merged(timeline.track("voice").clips)


def front_intervals(timeline: Timeline) -> list[tuple[int, int]]:
    """Where words are spoken or breath tones sound: (start, end) in samples, sorted and apart."""
    return _merged([*timeline.track("voice").clips, *timeline.track("breath").clips])


def _merged(clips: Iterable[Clip]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted((clip.start, clip.end) for clip in clips):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
