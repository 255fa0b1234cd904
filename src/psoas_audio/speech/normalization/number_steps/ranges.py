"""Ranges: ``30-60``, ``5°–10°``, ``10 cm - 15 cm``, ``1/2 - 3/4``."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import alternatives, before
from psoas_audio.speech.normalization.numerals.genders import word_before
from psoas_audio.speech.normalization.numerals.numerals import NUMBER

_AMOUNT = rf"(?:\d{{1,3}} )?\d{{1,2}}/\d{{1,3}}|{NUMBER}"
_DASH = r"(\s?[-–—]\s?|\s-\s?)"


def range_reader(language: Language) -> Callable[[str], str]:
    """Puts the language's word between the ends of a range."""
    suffixes = r"st|nd|rd|th|\.?[ºª]|er|ère|re|e|ème"
    names = alternatives(language.units)
    with_units = re.compile(
        rf"(?<![\w.,/-])(?<!\d')({_AMOUNT})(\s?)({names}|{suffixes})\.?\s?[-–—]\s?({_AMOUNT})\s?(\3)(?!\w)"
    )
    two_units = re.compile(
        rf"(?<![\w.,/-])(?<!\d')({_AMOUNT}\s?(?:{names}))\.?\s?[-–—]\s?(?={_AMOUNT}\s?(?:{names})(?!\w))"
    )
    bare = re.compile(
        rf"(?<![\w.,/-])(?<!\d')(~?)({_AMOUNT}){_DASH}({_AMOUNT})(?!\s?[=:]\s?\d|[/]\d|\.\d|-\d|-[^\W\d_]\b)"
    )
    label_words = alternatives(word for line in language.scores.series for word in line.split())
    label = re.compile(rf"(?:{label_words})\s$", re.IGNORECASE)
    word = language.signs.range

    def read(match: re.Match[str]) -> str:
        spaced = match[3] != match[3].strip()
        if spaced and label.search(before(match)):
            return f"{match[1]}{match[2]}, {match[4]}"
        between = word_before(before(match)) == language.signs.between
        link = language.signs.ampersand if between else word
        return f"{match[1]}{match[2]} {link} {match[4]}"

    def read_with_units(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}{match[3]} {word} {match[4]}{match[2]}{match[5]}"

    def step(text: str) -> str:
        if "-" not in text and "–" not in text and "—" not in text:
            return text
        text = with_units.sub(read_with_units, text)
        return bare.sub(read, two_units.sub(rf"\1 {word} ", text))

    return step
