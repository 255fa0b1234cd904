"""French: un and une, vingt et une; premier and première."""

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
    "à au aux avec chez contre dans de des du en entre et jusque mais ou où par pas pendant",
    "pour puis que qui sans si sous sur vers est sont était plus moins ensuite après avant",
    "alors maintenant quand comme il elle on vous nous je tu ils elles le la les se ne y",
    "respirez inspirez expirez lâchez relâchez reposez répétez",
) - {"pas"}
"""What may follow a number that counts nothing; ``pas`` is a step too."""
_FEMININE_ADJECTIVES = word_set(
    "grande grandes petite petites longue longues bonne bonnes belle belles première",
    "premières dernière dernières nouvelle nouvelles profonde profondes lente lentes courte",
    "courtes",
)
_MASCULINE_ADJECTIVES = word_set(
    "grand grands petit petits long longs bon bons beau beaux premier premiers dernier",
    "derniers nouveau nouveaux profond profonds lent lents court courts",
)


def is_feminine(after: str, genders: Genders) -> bool:
    """Whether the number before *after* counts feminine things."""
    words = words_after(after, 2)
    for word in words:
        low = word.casefold()
        if low in _NO_NOUNS:
            break
        if low in _FEMININE_ADJECTIVES:
            return True
        if low in _MASCULINE_ADJECTIVES:
            return False
        gender = genders.of(low)
        if gender:
            return gender == FEMININE
    first = words[0] if words else ""
    counts = first and first.casefold() not in _NO_NOUNS and not first[0].isupper()
    return bool(counts) and genders.likely(first) == FEMININE


def french_cardinal(words: str, before: str, after: str, genders: Genders) -> str:
    """*words* (``vingt et un``, ``quatre-vingts``) as they are said between their neighbours."""
    if word_before(before) in ("années", "page", "an"):
        return words.removesuffix("s") if words.endswith(("vingts", "cents")) else words
    if words.endswith("un") and is_feminine(after, genders):
        return words + "e"
    return words


def french_ordinal(words: str, feminine: bool) -> str:
    """*words* (``premier``) with the gender asked for."""
    return re.sub(r"premier$", "première", words) if feminine else words


def french_half(noun: str, genders: Genders) -> str:
    """``demi`` after ``et``, with the gender of *noun*."""
    return "demie" if genders.likely(noun) == FEMININE else "demi"
