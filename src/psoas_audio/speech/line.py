"""A line: the words to be spoken, with the voice and its settings."""

from __future__ import annotations

from dataclasses import dataclass

from psoas_audio.errors import Mark
from psoas_audio.locale.ipa import WrittenPronunciation

PLAIN = "plain"
"""The treatment that does nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words to be spoken, and how."""

    id: str
    """Media id: lines with the same id sound the same."""
    text: str
    """The written words."""
    engine: str
    voice: str | None
    """The engine's name for the voice; ``None`` for its default in ``language``."""
    rate: int
    """Effective words per minute."""
    pitch: int
    """0 to 100; 50 is the voice's own."""
    language: str
    """BCP 47."""
    mark: Mark
    """Its place in the script, for errors."""
    treatment: str = PLAIN
    """What is done to the voice, see ``treatment``."""
    pronounced: tuple[WrittenPronunciation, ...] = ()
    """IPA that is given for words of ``text``, in order."""
    hurried: bool = False
    """Whether a voice that is slower than ``rate`` needs no warning, as nobody asked for it."""
