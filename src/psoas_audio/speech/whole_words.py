"""Finds words where they stand by themselves: ``C`` in ``in C,`` but not in ``C#`` or ``Cs``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

_WORD = re.compile(r"\w+")
_SIGNS_BEFORE = "#@$€£%"
_SIGNS_AFTER = "#+%°€$£"
_NUMBER_SIGNS = ".,:/-"


class WholeWords:
    """Finds each of some words in texts, in any case; the longest wins."""

    def __init__(self, words: Iterable[str]) -> None:
        """*words* that have no letter or digit are never found."""
        self._by_first: dict[str, list[tuple[int, str]]] = {}
        for word in sorted(words, key=len, reverse=True):
            if first := _WORD.search(word):
                key = first[0].casefold()
                self._by_first.setdefault(key, []).append((first.start(), word.casefold()))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and casefolded word of each place in *text*, in order, without overlaps."""
        passed = 0
        for match in _WORD.finditer(text) if self._by_first else ():
            for offset, word in self._by_first.get(match[0].casefold(), ()):
                start = match.start() - offset
                end = start + len(word)
                if (
                    start >= passed
                    and text[start:end].casefold() == word
                    and stands_alone(text, start, end)
                ):
                    yield start, end, word
                    passed = end
                    break


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a whole word: no part of a word, a number or a sign's name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before == "_" or (before and before in _SIGNS_BEFORE):
        return False
    if after.isalnum() or after == "_" or (after and after in _SIGNS_AFTER):
        return False
    if after in ("'", "’") and text[end + 1 : end + 2].isalpha():  # I'm
        return False
    if before in ("'", "’") and end - start < 3 and text[start - 2 : start - 1].isalnum():
        return False  # isn't, but l'asana
    if text[start].isdigit() and before in tuple(_NUMBER_SIGNS):
        return not text[start - 2 : start - 1].isalnum()
    if text[end - 1].isdigit() and after in tuple(_NUMBER_SIGNS):
        return not text[end + 1 : end + 2].isalnum()
    return True


def word_replacer(words: Mapping[str, str]) -> Callable[[str], str]:
    """A function that replaces each whole word that is a key of *words*, in any case, by its value.

    The keys are casefolded. The longest match wins, and no replacement is replaced again.
    """
    found = WholeWords(words)

    def replace(text: str) -> str:
        parts: list[str] = []
        position = 0
        for start, end, word in found.find(text):
            parts += [text[position:start], words[word]]
            position = end
        return "".join([*parts, text[position:]])

    return replace
