"""The words the program puts in by itself, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Built-in words of one language."""

    sides: Mapping[str, str]
    """``left`` and ``right`` to the word spoken."""
    ready: str
    halfway: str
    numbers: tuple[str, ...]
    """Zero to ten, as counted aloud."""
    phases: Mapping[str, str]
    """Breath phase to the words that start it."""
    short_phases: Mapping[str, str]
    """The same, where the phase is too short for the words."""


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_WORDS = {
    "en": Words(
        sides={"left": "left", "right": "right"},
        ready="Get ready.",
        halfway="Halfway.",
        numbers=_split("zero one two three four five six seven eight nine ten"),
        phases={
            "in": "Breathe in.",
            "sip": "And a sip.",
            "full": "Hold.",
            "out": "Breathe out.",
            "empty": "Rest.",
        },
        short_phases={"in": "In.", "sip": "Sip.", "full": "Hold.", "out": "Out.", "empty": "Rest."},
    ),
    "de": Words(
        sides={"left": "links", "right": "rechts"},
        ready="Bereit machen.",
        halfway="Die Hälfte.",
        numbers=_split("null eins zwei drei vier fünf sechs sieben acht neun zehn"),
        phases={
            "in": "Einatmen.",
            "sip": "Noch etwas ein.",
            "full": "Halten.",
            "out": "Ausatmen.",
            "empty": "Ruhen.",
        },
        short_phases={"in": "Ein.", "sip": "Ein.", "full": "Halt.", "out": "Aus.", "empty": "Ruh."},
    ),
    "es": Words(
        sides={"left": "izquierdo", "right": "derecho"},
        ready="Prepárate.",
        halfway="La mitad.",
        numbers=_split("cero uno dos tres cuatro cinco seis siete ocho nueve diez"),
        phases={
            "in": "Inhala.",
            "sip": "Un poco más.",
            "full": "Sostén.",
            "out": "Exhala.",
            "empty": "Descansa.",
        },
        short_phases={
            "in": "Toma.",
            "sip": "Más.",
            "full": "Pausa.",
            "out": "Suelta.",
            "empty": "Pausa.",
        },
    ),
    "fr": Words(
        sides={"left": "gauche", "right": "droit"},
        ready="Préparez-vous.",
        halfway="La moitié.",
        numbers=_split("zéro un deux trois quatre cinq six sept huit neuf dix"),
        phases={
            "in": "Inspirez.",
            "sip": "Encore un peu.",
            "full": "Retenez.",
            "out": "Expirez.",
            "empty": "Pause.",
        },
        short_phases={
            "in": "Prenez.",
            "sip": "Encore.",
            "full": "Pause.",
            "out": "Soufflez.",
            "empty": "Pause.",
        },
    ),
}

LANGUAGES = tuple(_WORDS)
"""Languages that have built-in words, as two letters."""


def words(language: str) -> Words:
    """The built-in words of a BCP 47 *language*; English where there are none."""
    return _WORDS.get(language.split("-")[0].lower(), _WORDS["en"])
