"""Roman numerals, told from words and pronouns by the noun before them."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import alternatives, word_set
from psoas_audio.speech.normalization.numerals.numerals import Numerals

ROMAN = r"(?=[IVXLC])C{0,3}(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})"
"""A regular expression of a numeral up to 399, written by the rules."""
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ALONE = word_set(
    "II III VI VII VIII IX XI XII XIII XIV XVI XVII XVIII XIX XX XXI",
)
"""Read as numbers without a noun before them: they are no words, and rarely abbreviations."""
_LETTERS = frozenset({"C", "CC", "L"})
"""Letters rather than numbers: ``Type C``."""
_HAS_ROMAN = re.compile(r"[IVXLC](?![a-df-zß-ÿ'])")
_BETWEEN = r"\s?(?:[-–/&,+]|and|or|to|und|oder|bis|y|o|a|et|ou|à)\s?"


def roman_value(numeral: str) -> int:
    """The number that a well-formed *numeral* stands for."""
    values = [_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def roman_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads ``Warrior II``, ``Types I and II``, ``XXe siècle``."""
    data = language.roman
    nouns = [word for line in data.after for word in line.split()]
    listed = alternatives([*nouns, *(noun.capitalize() for noun in nouns)])
    after_noun = re.compile(
        rf"(?<!\w)((?:(?:{listed})(?:e?s|en?)?\.?|\w{{2,24}}asana)\s)({ROMAN}(?:{_BETWEEN}{ROMAN}(?!\w))*)(?![\w'])(?!-\w)(?=(.{{0,12}}))",
        re.DOTALL,
    )
    verbs = {word for line in data.verbs_after_i for word in line.split()}
    ordinal = re.compile(rf"(?<![\w.])({ROMAN})(?={data.ordinal})") if data.ordinal else None
    alone = re.compile(rf"(?<![\w.-])({alternatives(_ALONE)})(?![\w'])")

    def word(numeral: str) -> str:
        return numerals.cardinal(roman_value(numeral))

    def read(match: re.Match[str]) -> str:
        numeral, rest = match[2], match[3]
        following = re.match(r"\s([^\W\d_]+)", rest)
        pronoun = (
            numeral == "I"
            and verbs
            and (match[1][0].islower() or (following and following[1] in verbs))
        )
        if pronoun or numeral in _LETTERS:
            return match[0]
        said = re.sub(r"(?<![^\W_])[IVXLC]+(?![^\W_])", lambda m: word(m[0]), numeral)
        said = re.sub(r"\s?[-–]\s?", f" {language.signs.range} ", said)
        said = re.sub(r"\s?[/&+]\s?", f" {language.signs.ampersand} ", said)
        return match[1] + said

    def step(text: str) -> str:
        if not _HAS_ROMAN.search(text):
            return text
        text = after_noun.sub(read, text)
        if ordinal:
            text = ordinal.sub(lambda m: m[0] if m[1] in _LETTERS else str(roman_value(m[1])), text)
        return alone.sub(lambda m: word(m[1]), text)

    return step
