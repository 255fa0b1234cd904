"""Spanish: un, una, veintiún, doscientas; primer and tercer."""

from __future__ import annotations

import re

from psoas_audio.speech.normalization.context import word_set
from psoas_audio.speech.normalization.numerals.genders import (
    FEMININE,
    Genders,
    word_before,
    words_after,
)

_NO_NOUNS = word_set(
    "a al ante con contra de del desde en entre hacia hasta para por según sin sobre tras y e",
    "o u que si no ni es son está están más menos luego después antes ahora cada como cuando",
    "donde pero porque se te me le lo nos os ya así muy bien mejor pronto aquí ahí allí",
    "además entonces también hay fue era respira inhala exhala suelta descansa repite",
)
"""What may follow a number that counts nothing."""
_QUALIFIERS = word_set(
    "buen gran primer tercer últimos primeros largos lentos nuevos",
)


def counted_noun(after: str) -> str:
    """The word that the number counts; empty if the next one can't be it."""
    for word in words_after(after, 2):
        low = word.casefold()
        if low in _NO_NOUNS or word[0].isupper():
            return ""
        if low not in _QUALIFIERS:
            return low
    return ""


def spanish_cardinal(words: str, before: str, after: str, genders: Genders) -> str:
    """*words* (``veintiuno``, ``doscientos``) as they are said before a noun."""
    noun = counted_noun(after)
    if word_before(before) in {"la", "las"}:
        return _feminine(words)  # a la una, a las veintiuna
    if not noun:
        return words
    return agreeing(words, noun, genders)


def agreeing(words: str, noun: str, genders: Genders) -> str:
    """*words* with the gender of *noun*."""
    if genders.of(noun) == FEMININE:
        return _feminine(words)
    if words.endswith("veintiuno"):
        return words[: -len("uno")] + "ún"
    return re.sub(r"\buno$", "un", words)


def _feminine(words: str) -> str:
    words = re.sub(r"uno$", "una", words)
    return re.sub(r"(cient|quinient)os(?! mill)", r"\1as", words)


def spanish_ordinal(words: str, feminine: bool, before_noun: bool) -> str:
    """*words* (``primero``) with the gender asked for, shortened before a masculine noun."""
    if feminine:
        return re.sub(r"o\b", "a", words)
    if before_noun and words.endswith(("primero", "tercero")):
        return re.sub(r"(primer|tercer)o$", r"\1", words)
    return words


def spanish_half(noun: str, genders: Genders) -> str:
    """``medio`` or ``media`` for *noun*."""
    return "media" if genders.of(noun) == FEMININE else "medio"
