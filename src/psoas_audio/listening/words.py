"""Turns the text of a script or a transcript into comparable words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from psoas_audio.locale.languages import find_language
from psoas_audio.speech.normalization.normalize import normalize_text

_WORD = re.compile(r"\w+(?:'\w+)*")
_LEAST_LETTERS = 3
"""Letters that are left of a word when an ending is taken off it."""


@lru_cache(maxsize=4096)
def comparable_words(text: str, language: str) -> tuple[str, ...]:
    """The words of *text*: lower case, numbers and units in words, hyphens taken for spaces.

    *language* is a BCP 47 tag. The words of ``30-60s`` are thirty, to, sixty and seconds.
    """
    return tuple(_WORD.findall(normalize_text(text, language).lower()))


def sound_key(word: str, language: str) -> str:
    """The same text for words of *language* that sound the same, or nearly: too and two, hip and
    hips. *word* is one of :func:`comparable_words`."""
    return _sound_key(language)(word)


def are_opposites(word: str, other: str, language: str) -> bool:
    """Whether two words of *language* mean the opposite of each other: left and right."""
    other_key = sound_key(other, language)
    return other_key in _opposites(language).get(sound_key(word, language), ())


@cache
def known_names(language: str) -> frozenset[str]:
    """Words of *language* that a transcriber can't be expected to write right, such as iliopsoas:
    those of its lexicon."""
    known = find_language(language)
    if known is None:
        return frozenset()
    return as_names((*known.lexicon, *known.hard_words), language)


def as_names(lexicon: tuple[str, ...], language: str) -> frozenset[str]:
    """The words of a *lexicon* as :func:`comparable_words` has them; phrases are left out."""
    each = (comparable_words(word, language) for word in lexicon)
    return frozenset(words[0] for words in each if len(words) == 1)


@cache
def _opposites(language: str) -> Mapping[str, frozenset[str]]:
    """The sound key of each word that has opposites to theirs."""
    known = find_language(language)
    found: dict[str, frozenset[str]] = {}
    for pair in known.listening.opposites.values() if known else ():
        one, other = (
            frozenset(sound_key(word, language) for word in forms.split()) for forms in pair
        )
        for words, their_opposites in ((one, other), (other, one)):
            for word in words:
                found[word] = found.get(word, frozenset()) | their_opposites
    return found


@cache
def _sound_key(language: str) -> Callable[[str], str]:
    known = find_language(language)
    forms = known.listening if known else None
    silent = str.maketrans("", "", "".join(forms.silent_letters if forms else ()))

    def heard(word: str) -> str:
        return _folded(word).translate(silent)

    classes = {heard(word): words[0] for words in (forms.alike if forms else ()) for word in words}
    endings = sorted(map(heard, forms.endings if forms else ()), key=len, reverse=True)

    @lru_cache(maxsize=4096)
    def key(word: str) -> str:
        plain = heard(word)
        if plain in classes:
            return classes[plain]
        for ending in endings:
            if plain.endswith(ending) and len(plain) - len(ending) >= _LEAST_LETTERS:
                stem = plain.removesuffix(ending)
                return classes.get(stem, stem)
        return plain

    return key


def _folded(word: str) -> str:
    """*word* without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
