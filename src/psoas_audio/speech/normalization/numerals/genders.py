"""The grammatical gender of nouns: by a list, by the end of a compound, by suffix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from psoas_audio.locale.reading import NounGenders

MASCULINE, FEMININE, NEUTER = "masculine", "feminine", "neuter"
_LETTERS = re.compile(r"[^\W\d_]+")


class Genders:
    """Looks genders up in the data of a language."""

    def __init__(self, nouns: NounGenders) -> None:
        self._listed: Mapping[str, str] = {
            noun.casefold(): gender
            for gender, listed in (
                (MASCULINE, nouns.masculine),
                (FEMININE, nouns.feminine),
                (NEUTER, nouns.neuter),
            )
            for line in listed
            for noun in line.split()
        }
        self._suffixes = sorted(
            (
                (suffix, gender)
                for gender, suffixes in (
                    (MASCULINE, nouns.masculine_suffixes),
                    (FEMININE, nouns.feminine_suffixes),
                    (NEUTER, nouns.neuter_suffixes),
                )
                for line in suffixes
                for suffix in line.split()
            ),
            key=lambda pair: -len(pair[0]),
        )
        self._mostly_feminine = tuple(
            suffix for line in nouns.mostly_feminine_suffixes for suffix in line.split()
        )
        self._compounds = nouns.compounds == "yes"
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, noun: str) -> str:
        """``masculine``, ``feminine`` or ``neuter``; empty if nothing tells it."""
        noun = noun.casefold()
        if noun in self._listed:
            return self._listed[noun]
        if self._compounds:
            for start in range(2, len(noun) - 2):
                if noun[start:] in self._listed:
                    return self._listed[noun[start:]]
        else:
            for plural in ("s", "x", "es"):
                if noun.endswith(plural) and noun.removesuffix(plural) in self._listed:
                    return self._listed[noun.removesuffix(plural)]
        for suffix, gender in self._suffixes:
            if noun.endswith(suffix) and len(noun) > len(suffix) + 1:
                return gender
        return ""

    def likely(self, noun: str) -> str:
        """The gender of *noun*, or what most nouns with such an end have."""
        if known := self.of(noun):
            return known
        feminine = bool(self._mostly_feminine) and noun.casefold().endswith(self._mostly_feminine)
        return FEMININE if feminine else MASCULINE

    def knows(self, noun: str) -> bool:
        """Whether *noun*, or the end of a compound, is listed or has a suffix of nouns."""
        return bool(self.of(noun))


def words_after(text: str, count: int = 3) -> list[str]:
    """Up to *count* words at the start of *text*, as far as nothing but spaces is between them."""
    words: list[str] = []
    position = 0
    while len(words) < count:
        gap = re.compile(r"[ -]?").match(text, position)
        found = _LETTERS.match(text, gap.end() if gap else position)
        if not found:
            break
        words.append(found[0])
        position = found.end()
    return words


def word_before(text: str) -> str:
    """The last word of *text*, casefolded; empty if a sign is between."""
    found = re.search(r"([^\W\d_]+)['’]?\s*$", text[-40:])
    return found[1].casefold() if found else ""
