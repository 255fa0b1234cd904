"""Readability of spoken text: Flesch–Kincaid grade, with syllables estimated from spelling."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|[\"'”’)])")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûü]+")
_CORRECTIONS = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (r"(?<![cstgx])i[aou](?!us)|(?<![cstgx])iou", 1),  # iliacus, lion, various; not tension
        (r"(?<![cst])ie(?=t|n[ct])|\bscie", 1),  # quiet, science; not patient
        (r"(?<![qg])u[ao]", 1),  # usual, gradual; not equal
        (r"(?<!p)eo(?!u)|(?:cr|\br)ea(?=te|ct)|(?:id|ar)ea(?=l?s?\b)", 1),  # video, create, area
        (r"[iy]sm\b|thm\b|oe[mt]|oas\b|[ao]yer|[aeiouy]ing\b", 1),  # rhythm, poem, psoas, being
        (r"(?<=[^aeiouyl])e\b|(?<=[aeiou]l)e\b|(?<=[gq])ue\b", -1),  # release, rule; not table
        (r"(?<=[^aeiouycgsxzl])es\b(?<!shes)(?<!ches)|(?<=[aeiou]l)es\b", -1),  # sides; not places
        (r"(?<=[^aeiouydtl])ed\b|(?<=[aeioul]l)ed\b", -1),  # moved; not rested, settled
        (r"(?<=[^aeioul])e(?=(?:ly|ful|less|ness|ment)\b)|\bsom(?=e.)|(?<=\bev)e(?=[rn])", -1),
    )
)


def words(text: str) -> list[str]:
    """The words of *text*."""
    return _WORD.findall(text)


@lru_cache(maxsize=4096)  # most of any text is a few hundred words
def syllables(word: str) -> int:
    """Estimated syllables of an English word, at least 1; some words are off by one."""
    word = word.lower().replace("’", "'").replace("'", "")
    if word.isdigit():
        return len(word)
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part)
    count = len(_VOWELS.findall(word))
    return max(1, count + sum(len(p.findall(word)) * change for p, change in _CORRECTIONS))


def grade(text: str) -> float:
    """Flesch–Kincaid grade of *text* (a US school year); 0 if it has no words."""
    spoken = words(text)
    if not spoken:
        return 0.0
    sentences = len(_SENTENCE_END.findall(text.rstrip(" .!?…\"'”’)") + "."))
    total = sum(syllables(word) for word in spoken)
    return 0.39 * len(spoken) / sentences + 11.8 * total / len(spoken) - 15.59
