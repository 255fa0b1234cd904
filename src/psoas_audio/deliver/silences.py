"""What the silences of a session are called where words must stand for them."""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections.abc import Sequence

from psoas_audio.timeline.model import Breath, Clip, Gap, Timeline
from psoas_audio.units import SAMPLE_RATE, spoken_length

_NAMES = {
    "hold": "Hold",
    "rest": "Rest",
    "move": "Move into place",
    "pause": "Pause",
    "breathe": "Breathe",
}
_MOVES = {
    "standing": "Come to standing",
    "sitting": "Come to sitting",
    "half-kneeling": "Come onto one knee",
    "all-fours": "Come onto hands and knees",
    "supine": "Move onto your back",
    "prone": "Move onto your front",
    "side-lying": "Move onto your side",
}
"""What a move is called by the position it leads to: its label."""
_SHORTEST = {"pause": 8 * SAMPLE_RATE, "move": 4 * SAMPLE_RATE}
"""Samples under which a silence goes without saying, by kind."""
_LABEL = 40
"""Characters of a label that are shown: a caption has room for the length behind it."""
_PHASES = {"in": "in", "sip": "sip", "full": "hold", "out": "out", "empty": "hold"}


def describe(timeline: Timeline, gap: Gap, *, left: int | None = None) -> str:
    """A caption for *gap*, such as ``[Hold, 45 seconds]``; empty where none is wanted.

    *left* (samples) tells it again from inside: ``[Hold, 20 seconds left]``.
    """
    if not is_told(gap):
        return ""
    if gap.kind == "breathe":
        if left is None:
            return f"[{breathing(timeline, gap, gap.start)}, for {spoken_length(gap.length)}]"
        return f"[{breathing(timeline, gap, gap.end - left)}]"
    if left is None:
        return f"[{silence_name(gap)}, {spoken_length(gap.length)}]"
    return f"[{silence_name(gap)}, {spoken_length(left)} left]"


def silence_name(gap: Gap) -> str:
    """What to do in *gap*, in few words: its label as a sentence, or its kind."""
    if gap.kind == "move" and gap.label in _MOVES:
        return _MOVES[gap.label]
    label = textwrap.shorten(gap.label, _LABEL, placeholder="…")
    return label[:1].upper() + label[1:] if label else _NAMES[gap.kind]


def is_told(gap: Gap) -> bool:
    """Whether *gap* asks something of the listener that must be told: not a mere pause."""
    return gap.kind in _NAMES and gap.length >= _SHORTEST.get(gap.kind, SAMPLE_RATE)


def breathing(timeline: Timeline, gap: Gap, start: int) -> str:
    """The breath cycle at *start* (samples) of a breathing *gap*: ``Breathe in 4, out 6``."""
    clips = breaths_in(timeline, gap)
    now = next((clip for clip in clips if clip.end > start), None)
    if now is None:
        return "Breathe"
    cycle = _cycle(clips, _number(now))
    last = _cycle(clips, _number(clips[-1]))
    words = ", ".join(f"{_PHASES[_kind(clip)]} {_seconds(clip.length)}" for clip in cycle)
    slower = sum(clip.length for clip in last) - sum(clip.length for clip in cycle)
    # A ramp changes by whole tenths of a second; less is only rounding to samples.
    ramp = ", slowing" if slower > SAMPLE_RATE // 10 else ""
    return f"Breathe {words}{ramp}"


def breaths_in(timeline: Timeline, gap: Gap) -> tuple[Clip, ...]:
    """The breath clips that begin inside *gap*."""
    clips = timeline.track("breath").clips
    first = bisect_left(clips, gap.start, key=lambda clip: clip.start)
    after = bisect_left(clips, gap.end, key=lambda clip: clip.start)
    return tuple(clip for clip in clips[first:after] if isinstance(clip.media, Breath))


def _cycle(clips: Sequence[Clip], number: int) -> tuple[Clip, ...]:
    return tuple(clip for clip in clips if _number(clip) == number)


def _number(clip: Clip) -> int:
    assert isinstance(clip.media, Breath)
    return clip.media.cycle


def _kind(clip: Clip) -> str:
    assert isinstance(clip.media, Breath)
    return clip.media.kind


def _seconds(samples: int) -> str:
    return f"{round(samples / SAMPLE_RATE, 1):g}"
