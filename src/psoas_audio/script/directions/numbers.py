"""Numbers in figures and in words, from 0 to 60, in English, German, Spanish and French."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty"]
_GERMAN = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_GERMAN_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig"]
_SPANISH = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_SPANISH_TENS = ["veinte", "treinta", "cuarenta", "cincuenta", "sesenta"]
_FRENCH = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FRENCH_TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"]


def _with_tens(
    units: list[str], tens: list[str], joins: tuple[str, ...]
) -> Iterator[tuple[str, int]]:
    """The tens of a language, and the numbers between them."""
    for ten, name in enumerate(tens, start=2):
        yield name, ten * 10
        if ten < 6:
            for unit in range(1, 10):
                for join in joins:
                    yield f"{name}{join}{units[unit]}", ten * 10 + unit


def _german_compounds() -> Iterator[tuple[str, int]]:
    for ten, name in enumerate(_GERMAN_TENS, start=2):
        yield name, ten * 10
        if ten < 6:
            for unit in range(1, 10):
                yield f"{'ein' if unit == 1 else _GERMAN[unit]}und{name}", ten * 10 + unit


def _number_words() -> dict[str, int]:
    found: dict[str, int] = {}
    for words in (_ENGLISH, _GERMAN, _SPANISH, _FRENCH):
        found |= {word: number for number, word in enumerate(words)}
    found |= dict(_with_tens(_ENGLISH, _ENGLISH_TENS, ("-", " ")))
    found |= dict(_german_compounds())
    found |= dict(_with_tens(_SPANISH, _SPANISH_TENS, (" y ",)))
    found |= dict(_with_tens(_FRENCH, _FRENCH_TENS, ("-", " ", " et ", "-et-")))
    found |= {"a": 1, "an": 1, "ein": 1, "eine": 1, "einer": 1, "einen": 1, "einem": 1}
    found |= {"un": 1, "una": 1, "une": 1, "a couple of": 2, "zwo": 2, "veintiún": 21}
    return found | {word.replace("ß", "ss"): n for word, n in found.items() if "ß" in word}


NUMBER_WORDS = _number_words()
"""Lower-case words with their numbers, in all four languages."""
_LONGEST_FIRST = sorted(NUMBER_WORDS, key=len, reverse=True)
WORD_PATTERN = "|".join(re.escape(word) for word in _LONGEST_FIRST)
"""A regular expression for one of them; to be used between word boundaries."""
NUMBER_IN_FIGURES = r"\d+[ ]?[½¼¾]|[½¼¾]|\d+[ ]1/2|\d{1,6}(?:[.,]\d{1,3})?"
"""A regular expression for a number in figures: ``3``, ``1.5``, ``1,5``, ``½``, ``1 1/2``."""
NUMBER_PATTERN = rf"(?:{NUMBER_IN_FIGURES}|\b(?:{WORD_PATTERN})\b)"
"""A regular expression for a number in figures or words."""
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5}


def read_number(text: str) -> float:
    """The number that *text*, a match of :data:`NUMBER_PATTERN`, stands for."""
    text = text.strip().lower()
    if text in NUMBER_WORDS:
        return NUMBER_WORDS[text]
    for sign, value in _FRACTIONS.items():
        if text.endswith(sign):
            return float(text.removesuffix(sign).strip() or 0) + value
    return float(text.replace(",", "."))
