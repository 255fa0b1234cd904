"""Whether a line, or the italic words in it, are a direction as a whole."""

from __future__ import annotations

import re

from psoas_audio.importing.prose.page import without_page_marks
from psoas_audio.importing.prose.page_words import SOUND_LABEL
from psoas_audio.script.directions import Length, Meaning, read_direction
from psoas_audio.script.directions.find import read_sentence
from psoas_audio.script.directions.lengths import search_length


def whole_direction(text: str) -> Meaning | None:
    """What a line means that is all direction: a pause, a bell, a time alone.

    What may as well be spoken, such as *rest* or *softly*, must stand in brackets.
    """
    meaning = read_direction(text)
    if meaning is None or re.search(r"[!?]$", text):
        return None
    if text[:1] in "([{<*♪" or meaning.action == "bell":
        return meaning
    if meaning.action == "note" and text.isupper():
        return meaning
    if meaning.action != "pause":
        return None
    return meaning if not meaning.guessed or read_sentence(text) else None


def stands_apart(written: str, meaning: Meaning, before: str) -> bool:
    """Whether italic or highlighted words are a direction, and no stressed words of a sentence."""
    before = without_page_marks(before).rstrip()
    if written.strip()[:1] in "([{<":
        return True
    if before and not re.search(r"[.!?…:;)\]\"'”’»]$", before):
        return False
    plain = meaning.action in ("pause", "hold", "rest", "breaths") and not meaning.guessed
    return plain or meaning.action == "bell" or read_sentence(written) is not None


_SILENCE = re.compile(
    r"\b(?:pause|silence|silent|quiet|wait|stille|schweigen|warten|pausa|silencio|esperar|attendre)\b",
    re.IGNORECASE,
)


def silence_in_words(text: str) -> Length | None:
    """How long a note in brackets asks for silence: ``[Let the silence last for 20 seconds.]``"""
    if text[:1] not in "([{" or not _SILENCE.search(text) or SOUND_LABEL.match(text[1:]):
        return None
    found = search_length(text)
    return found[2] if found and not search_length(text, found[1]) else None
