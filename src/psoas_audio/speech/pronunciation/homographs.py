"""Words that are written alike and said differently: finds which of them a text means.

The rules of a language decide by the words around; each decision has a reason that
``psoas-audio say --explain`` shows. A language without rules has no homographs here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from psoas_audio.locale.languages import main_language
from psoas_audio.speech.engine import Pronunciation


@dataclass(frozen=True, slots=True)
class Decision:
    """What one homograph of a text is."""

    said: Pronunciation
    sense: str
    """``verb``, ``noun`` …"""
    reason: str
    """The rule that decided."""


Tagger = Callable[[str, str], list[Decision]]
"""Finds the homographs of a normalized text in a BCP 47 language, in order."""

_TAGGERS: dict[str, Tagger] = {}


def find_homographs(text: str, language: str) -> list[Decision]:
    """The homographs of the normalized *text* whose sound must be told to an engine."""
    tagger = _TAGGERS.get(main_language(language))
    return tagger(text, language) if tagger else []
