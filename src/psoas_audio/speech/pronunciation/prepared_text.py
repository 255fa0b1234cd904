"""What an engine gets of a line."""

from __future__ import annotations

from dataclasses import dataclass

from psoas_audio.speech.engine import Pronunciation


@dataclass(frozen=True, slots=True)
class PreparedText:
    """What an engine gets of a line."""

    text: str
    """Plain words, as ``normalize_text`` gives them, with the lexicon's respellings."""
    pronunciations: tuple[Pronunciation, ...] = ()
    """Sorted by position; they don't overlap."""
