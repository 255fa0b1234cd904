"""Whatever number is left: in words, in agreement with the noun after it."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.speech.normalization.context import after, before
from psoas_audio.speech.normalization.numerals.numerals import NUMBER, Numerals

_NUMBER = re.compile(rf"(?<![^\W\d_]){NUMBER}")


def cardinal_reader(numerals: Numerals) -> Callable[[str], str]:
    """Reads every number; in a range, the first one counts the noun of the second."""
    language = numerals.language
    links = "|".join(
        re.escape(word)
        for word in ({language.signs.range, language.signs.slash} if language else set())
    )
    past_range = re.compile(rf"\s(?:{links})\s{NUMBER}(?=\s)") if links else None
    cases = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")

    def read(match: re.Match[str]) -> str:
        follows = after(match)
        further = past_range.match(follows) if past_range else None
        noun = follows[further.end() :] if further else follows
        if further and numerals.main == "de" and numerals.is_one(match[0]):
            return "ein" if noun[:1] == " " and noun[1:2].isalpha() else "eins"
        if further and numerals.main == "es" and numerals.is_one(match[0]):
            said = numerals.in_words(match[0], "", noun)
            return "uno" if said == "un" else said
        if numerals.main == "de" and re.match(r"-[A-ZÄÖÜ]", follows) and numerals.is_one(match[0]):
            return "ein"
        return numerals.in_words(match[0], before(match), noun)

    def step(text: str) -> str:
        return _NUMBER.sub(read, cases.sub(" ", text))

    return step
