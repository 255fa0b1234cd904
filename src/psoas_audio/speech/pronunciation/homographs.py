"""Words that are written alike and said differently: finds which of them a text means.

The rules of a language decide by the words around. A language without rules has no homographs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from psoas_audio.locale.tags import main_language
from psoas_audio.speech.pronunciation.english.tagger import find_english_homographs
from psoas_audio.speech.pronunciation.tagged import Decision

Tagger = Callable[[str, str], list[Decision]]
"""Finds the homographs of a normalized text in a BCP 47 language, in order."""

_TAGGERS: Mapping[str, Tagger] = {"en": find_english_homographs}


def find_homographs(text: str, language: str) -> list[Decision]:
    """The homographs of the normalized *text* in the BCP 47 *language*, in order."""
    tagger = _TAGGERS.get(main_language(language))
    return tagger(text, language) if tagger else []
