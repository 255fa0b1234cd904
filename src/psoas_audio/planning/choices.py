"""What a producer chooses when a script becomes a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from psoas_audio.script.model import Chapter, Count, Guidance, Pattern, Span, VoiceSettings

DEFAULT_ENGINE = "pyttsx3"
DEFAULT_RATE = 115
"""Effective words per minute; instructions are spoken at 110 to 125."""
DEFAULT_PITCH = 50


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of one render; ``None`` leaves the script's own."""

    length: int | None = None
    """Length of the session in samples."""
    guidance: Guidance = "full"
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    """Overrides the voice at the top of the script, but not that of chapters and steps."""
    language: str | None = None
    """BCP 47 tag of a translation."""
    skip: tuple[str, ...] = ()
    """Titles of chapters to leave out."""
    start_side: str | None = None
    """``left`` or ``right``."""
    breath: Pattern | None = None
    """The breathing pattern that times holds, in place of the script's."""
    bed: str | None = None
    """A sound's name, or ``none``."""
    target: float | None = None
    """LUFS that the voice is set to, as two channels play it."""
    automatic: tuple[tuple[str, str], ...] = ()
    """Languages with the voice, as ``ENGINE:NAME``, that speaks where the script leaves it open;
    for other languages it is the best that is installed."""

    @property
    def changes_length(self) -> bool:
        """Whether it may change how long the steps of a script can last."""
        return bool(self.language or self.skip or self.breath or self.voice.rate)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where in its range every elastic part of a script lies."""

    holds: Fraction = Fraction(1, 2)
    """0 shortest to 1 longest: holds, rests, pauses, moves."""
    counts: Fraction = Fraction(1, 2)
    """0 fewest to 1 most: breaths, rounds, breath cycles."""
    optional: int | None = None
    """How many optional chapters are kept, the smallest priorities first; ``None`` keeps all."""

    def length(self, span: Span) -> int:
        """The length chosen from *span*, in samples."""
        return span.shortest + int((span.longest - span.shortest) * self.holds)

    def dropped(self, chapters: Sequence[Chapter]) -> frozenset[int]:
        """Indices of the optional chapters that are left out, the largest priorities first."""
        optional = sorted((c.priority, n) for n, c in enumerate(chapters) if c.priority is not None)
        keep = len(optional) if self.optional is None else self.optional
        if len(optional) == len(chapters):
            keep = max(keep, 1)  # a session has a chapter, even where all are optional
        return frozenset(n for _, n in optional[keep:])

    def number(self, count: Count) -> int:
        """The number chosen from *count*; every number has an equal share of the way."""
        numbers = count.most - count.fewest + 1
        return count.fewest + min(numbers - 1, int(numbers * self.counts))
