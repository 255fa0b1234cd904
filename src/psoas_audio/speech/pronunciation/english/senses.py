"""What the rules for homographs return, and the helpers that they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from psoas_audio.speech.pronunciation.english.place import Place
from psoas_audio.speech.pronunciation.english.verbs import read_verb


class Sense(NamedTuple):
    """A sense in the language's data file, and why it was chosen."""

    name: str
    reason: str


Chooser = Callable[[Place], Sense | None]
"""Chooses the sense of a word at its place; ``None`` if it can't tell."""

_ENDINGS = ("s", "es", "d", "ed", "ing")


def vocabulary(text: str) -> frozenset[str]:
    """The words of *text*, which are separated by spaces."""
    return frozenset(text.split())


def find_word(place: Place, words: frozenset[str]) -> str:
    """One of *words* in the rest of the sentence, in any inflected form; empty if there is none."""
    forms = {
        word.removesuffix(ending): word
        for word in place.others
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) > len(ending) + 2
    } | {word: word for word in place.others}
    return min((word for form, word in forms.items() if form in words), default="")


def is_verb(place: Place) -> bool:
    """Whether the word at *place* is read as a verb."""
    reading = read_verb(place, may_be_adjective=False)
    return reading is not None and reading.is_verb
