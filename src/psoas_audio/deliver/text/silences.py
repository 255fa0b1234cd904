"""Names and captions of silences: what the listener does while nothing is said."""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections.abc import Sequence

from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Breath, Clip, Gap, Timeline
from psoas_audio.units import SAMPLE_RATE

_NAMED_KINDS = ("hold", "rest", "move", "pause", "breathe")
"""The kinds of gaps that have a name."""
_MIN_LENGTHS = {"pause": 8 * SAMPLE_RATE, "move": 4 * SAMPLE_RATE}
"""In samples, by kind: a shorter silence isn't named. Other kinds: one second."""
_MAX_LABEL_CHARACTERS = 40
"""So that a caption has room for the length after it."""


def silence_caption(timeline: Timeline, gap: Gap, *, left: int | None = None) -> str:
    """The caption of *gap*, such as ``[Hold, 45 seconds]``; empty if it has none.

    With *left*, its remaining samples, it is ``[Hold, 20 seconds left]``.
    """
    if not has_name(gap):
        return ""
    language = timeline.language
    say = load_language(language).interface
    if gap.kind == "breathe":
        what = breath_cycle_caption(timeline, gap, gap.start if left is None else gap.end - left)
        if left is not None:
            return f"[{what}]"
        form = say["breath-cycles"]
    else:
        what = silence_name(gap, language)
        form = say["silence-length" if left is None else "silence-left"]
    time = length_in_words(gap.length if left is None else left, language)
    return f"[{form.format(what=what, time=time)}]"


def silence_name(gap: Gap, language: str) -> str:
    """What the listener does in *gap*: its label, or else its kind."""
    say = load_language(language).interface
    if gap.kind == "move" and f"move-to-{gap.label}" in say:
        return say[f"move-to-{gap.label}"]
    label = textwrap.shorten(gap.label, _MAX_LABEL_CHARACTERS, placeholder="…")
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


def has_name(gap: Gap) -> bool:
    """Whether *gap* is long enough, and of a kind, to be named."""
    return gap.kind in _NAMED_KINDS and gap.length >= _MIN_LENGTHS.get(gap.kind, SAMPLE_RATE)


def breath_cycle_caption(timeline: Timeline, gap: Gap, start: int) -> str:
    """The breath cycle at *start* (samples) in a breathing *gap*: ``Breathe in 4, out 6``."""
    language = load_language(timeline.language)
    say, point = language.interface, language.numbers.decimal_point
    clips = breath_clips(timeline, gap)
    now = next((clip for clip in clips if clip.end > start), None)
    if now is None:
        return say["breathe"]
    cycle = _cycle(clips, _number(now))
    last = _cycle(clips, _number(clips[-1]))
    phases = ", ".join(f"{say[f'cycle-{_kind(c)}']} {_seconds(c.length, point)}" for c in cycle)
    slower = sum(clip.length for clip in last) - sum(clip.length for clip in cycle)
    # A ramp changes by at least a tenth of a second; less comes from rounding to samples.
    ramp = say["slowing"] if slower > SAMPLE_RATE // 10 else ""
    return say["breath-cycle"].format(phases=phases) + ramp


def breath_clips(timeline: Timeline, gap: Gap) -> tuple[Clip, ...]:
    """The breath clips that start in *gap*."""
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
