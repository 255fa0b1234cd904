"""The choices that turn a script into one variant of its session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from psoas_audio.errors import Mark
from psoas_audio.script.model import Chapter, Count, Guidance, Pattern, Span, VoiceSettings
from psoas_audio.units import MP3_FRAME

DEFAULT_ENGINE = "pyttsx3"
DEFAULT_RATE = 115
"""Effective words per minute; instructions are spoken at 110 to 125."""
DEFAULT_PITCH = 50
"""0 to 100; 50 leaves the voice as it is."""
ELASTIC_STEP = 2 * MP3_FRAME
"""Samples (48 ms) in steps of which elastic lengths are chosen. Two, so that the middle of a hold
is on the grid of MP3 frames wherever its beginning is."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one render; ``None`` leaves it to the script."""

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
    """A sound's name, ``none``, or ``apart`` for one that plays beside the session."""
    target: float | None = None
    """Loudness of the voice in LUFS, as played on two channels."""
    values: tuple[tuple[str, str], ...] = ()
    """Names of ``{values}`` with the words to use for them, in place of the script's."""
    automatic: tuple[tuple[str, str], ...] = ()
    """Language to the voice, as ``ENGINE:NAME``, that speaks it where the script names none;
    in other languages the best voice that is installed speaks."""

    @property
    def changes_length(self) -> bool:
        """Whether they may change the range of lengths that the script can have."""
        return bool(self.language or self.skip or self.breath or self.voice.rate or self.values)


@dataclass(frozen=True, slots=True)
class Stretch:
    """How far every elastic part of a script is stretched within its range."""

    holds: Fraction = Fraction(1, 2)
    """0 shortest to 1 longest: holds, rests, pauses, moves."""
    counts: Fraction = Fraction(1, 2)
    """0 fewest to 1 most: breaths, rounds, breath cycles."""
    optional: int | None = None
    """How many optional chapters are included, smallest priority first; ``None`` is all."""
    raised: frozenset[Mark] = frozenset()
    """Places of the steps whose number is one more than ``counts`` makes it."""

    def length(self, span: Span) -> int:
        """The length chosen from *span*, in samples: its shortest and whole elastic steps."""
        steps = int((span.longest - span.shortest) * self.holds) // ELASTIC_STEP
        return span.shortest + steps * ELASTIC_STEP

    def dropped(self, chapters: Sequence[Chapter]) -> frozenset[int]:
        """Indices of the optional chapters that are left out, those of the largest priority."""
        optional = sorted((c.priority, n) for n, c in enumerate(chapters) if c.priority is not None)
        included = len(optional) if self.optional is None else self.optional
        if len(optional) == len(chapters):
            included = max(included, 1)  # a session has a chapter, even if all are optional
        return frozenset(n for _, n in optional[included:])

    def number(self, count: Count, mark: Mark) -> int:
        """The number chosen from *count*, of the step at *mark*; every number has an equal share
        of the range."""
        numbers = count.most - count.fewest + 1
        added = int(numbers * self.counts) + (mark in self.raised)
        return count.fewest + min(numbers - 1, added)
