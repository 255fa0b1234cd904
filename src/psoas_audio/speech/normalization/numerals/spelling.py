"""Numbers in words by num2words, and the corrections of what it gets wrong.

Every correction is here. They were found with num2words 0.5.14.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

MAX_DIGITS = 15
"""Longer numbers are read digit by digit."""

_SPANISH_ORDINALS = {
    11: "undécimo", 12: "duodécimo", 13: "decimotercero", 14: "decimocuarto",
    15: "decimoquinto", 16: "decimosexto", 17: "decimoséptimo", 18: "decimoctavo",
    19: "decimonoveno", 70: "septuagésimo",
}  # fmt: skip
"""RAE, Ortografía de la lengua española (2010), the table of numerals."""


def cardinal_words(number: int, main: str, region: str = "") -> str:
    """*number* as it is counted; empty if num2words doesn't know the language."""
    words = _num2words(number, _converter(main, region), "cardinal")
    if main == "en":
        return words.replace(",", "")
    if main == "es":  # veintiuno mil
        words = re.sub(r"veintiuno (?=mil)", "veintiún ", words)
        return re.sub(r"\buno (?=mil)", "un ", words)
    return words


def ordinal_words(number: int, main: str, region: str = "") -> str:
    """The ordinal of *number*, masculine singular, uninflected; empty if it isn't known."""
    if main == "es" and number in _SPANISH_ORDINALS:
        return _SPANISH_ORDINALS[number]
    words = _num2words(number, _converter(main, region), "ordinal")
    if main == "fr":  # quatre-vingtsième, deux centsième
        words = re.sub(r"(?<=vingt|.cent)sième$", "ième", words)
    return words


def year_words(number: int, main: str, region: str = "") -> str:
    """*number* as a year is said: ``nineteen oh five``."""
    if main == "en":
        return _num2words(number, "en", "year").replace("-", " ").replace(",", "")
    if main == "de" and 1100 <= number < 2000:
        return _num2words(number, "de", "year")
    return cardinal_words(number, main, region)


def digit_by_digit(digits: str, main: str, region: str = "") -> str:
    """The digits of *digits* in words, with spaces between them."""
    said = (
        cardinal_words(int(digit), main, region) or digit for digit in digits if digit.isdecimal()
    )
    return " ".join(said)


@lru_cache(maxsize=4096)
def _num2words(number: int, converter: str, form: str) -> str:
    try:
        return str(_library().num2words(number, lang=converter, to=form))
    except (NotImplementedError, OverflowError, ValueError, TypeError, KeyError, IndexError):
        return ""


@cache
def _converter(main: str, region: str) -> str:
    """num2words' name for the language: ``fr_CH`` says nonante."""
    of_region = f"{main}_{region}"
    return of_region if of_region in _library().CONVERTER_CLASSES else main


@cache
def _library() -> Any:
    import num2words  # 40 languages, which most texts don't need

    return num2words
