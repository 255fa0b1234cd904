"""What the silences of a session are called where words must stand for them."""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections.abc import Sequence

from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Breath, Clip, Gap, Timeline
from psoas_audio.units import SAMPLE_RATE

_TOLD = ("hold", "rest", "move", "pause", "breathe")
"""The kinds of gaps that words can stand for."""
_SHORTEST = {"pause": 8 * SAMPLE_RATE, "move": 4 * SAMPLE_RATE}
"""Samples under which a silence goes without saying, by kind."""
_LABEL = 40
"""Characters of a label that are shown: a caption has room for the length behind it."""


def describe(timeline: Timeline, gap: Gap, *, left: int | None = None) -> str:
    """A caption for *gap*, such as ``[Hold, 45 seconds]``; empty where none is wanted.

    *left* (samples) tells it again from inside: ``[Hold, 20 seconds left]``.
    """
    if not is_told(gap):
        return ""
    language = timeline.language
    say = load_language(language).interface
    if gap.kind == "breathe":
        what = breathing(timeline, gap, gap.start if left is None else gap.end - left)
        if left is not None:
            return f"[{what}]"
        told = say["cycles"]
    else:
        what = silence_name(gap, language)
        told = say["for" if left is None else "left"]
    time = length_in_words(gap.length if left is None else left, language)
    return f"[{told.format(what=what, time=time)}]"


def silence_name(gap: Gap, language: str) -> str:
    """What to do in *gap*, in few words: its label as a sentence, or its kind."""
    say = load_language(language).interface
    if gap.kind == "move" and f"to {gap.label}" in say:
        return say[f"to {gap.label}"]
    label = textwrap.shorten(gap.label, _LABEL, placeholder="…")
    return label[:1].upper() + label[1:] if label else say[gap.kind]


def length_in_words(samples: int, language: str) -> str:
    """*samples* in words for a caption: ``45 seconds``, ``1 Minute 30 Sekunden``."""
    say = load_language(language).interface
    minutes, seconds = divmod((samples + SAMPLE_RATE // 2) // SAMPLE_RATE, 60)
    parts = []
    if minutes:
        parts.append(f"{minutes} {say['minute' if minutes == 1 else 'minutes']}")
    if seconds or not minutes:
        parts.append(f"{seconds} {say['second' if seconds == 1 else 'seconds']}")
    return " ".join(parts)


def is_told(gap: Gap) -> bool:
    """Whether *gap* asks something of the listener that must be told: not a mere pause."""
    return gap.kind in _TOLD and gap.length >= _SHORTEST.get(gap.kind, SAMPLE_RATE)


def breathing(timeline: Timeline, gap: Gap, start: int) -> str:
    """The breath cycle at *start* (samples) of a breathing *gap*: ``Breathe in 4, out 6``."""
    language = load_language(timeline.language)
    say, point = language.interface, language.numbers.decimal_point
    clips = breaths_in(timeline, gap)
    now = next((clip for clip in clips if clip.end > start), None)
    if now is None:
        return say["breathe"]
    cycle = _cycle(clips, _number(now))
    last = _cycle(clips, _number(clips[-1]))
    phases = ", ".join(f"{say[_kind(c)]} {_seconds(c.length, point)}" for c in cycle)
    slower = sum(clip.length for clip in last) - sum(clip.length for clip in cycle)
    # A ramp changes by whole tenths of a second; less is only rounding to samples.
    ramp = say["slowing"] if slower > SAMPLE_RATE // 10 else ""
    return say["cycle"].format(phases=phases) + ramp


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


def _seconds(samples: int, point: str) -> str:
    return f"{round(samples / SAMPLE_RATE, 1):g}".replace(".", point)
