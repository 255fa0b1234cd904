"""What one homograph of a text is."""

from __future__ import annotations

from dataclasses import dataclass

from psoas_audio.speech.engine import Pronunciation


@dataclass(frozen=True, slots=True)
class Decision:
    """A homograph, and how it was decided."""

    said: Pronunciation
    """Without IPA where every engine says the word as it should."""
    sense: str
    """``verb``, ``noun`` …"""
    reason: str
    """The rule that decided, as ``psoas-audio say --explain`` shows it."""
