"""The words that engines say wrongly, and how they are said: those of a language, and a script's.

A pronunciation is IPA between slashes, ``/ˈsoʊ.æs/``, or a respelling, ``so-as``. A respelling
takes the place of the word in the text, whatever the engine; IPA goes beside the text, and each
engine takes from it what it can read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from psoas_audio.locale.ipa import localized, read_ipa, slashed
from psoas_audio.locale.languages import find_language
from psoas_audio.speech.engine import Pronunciation
from psoas_audio.speech.pronunciation.inflection import Ending, endings, possessives
from psoas_audio.speech.pronunciation.respelling import respell
from psoas_audio.speech.whole_words import WholeWords


@dataclass(frozen=True, slots=True)
class SaidAs:
    """How a word is said."""

    ipa: str
    """As :func:`read_ipa` gives it; empty for a respelling."""
    respelling: str
    """Empty where the word as written will do."""

    def at(self, start: int, end: int) -> Pronunciation:
        """This as the pronunciation of what stands between *start* and *end* of a text."""
        return Pronunciation(start, end - start, self.ipa, self.respelling)

    def with_ending(self, ending: Ending) -> SaidAs:
        """This with an ending."""
        ipa = ending.add(self.ipa) if self.ipa else ""
        respelling = self.respelling + ending.letters if self.respelling else ""
        return replace(self, ipa=ipa, respelling=respelling)


def said_as(value: str, word: str, language: str) -> SaidAs:
    """What *value*, IPA between slashes or a respelling, says of *word*.

    IPA that can't be read is taken as no value: the word stays as written.
    """
    ipa = slashed(value)
    if ipa is None:
        return SaidAs("", value)
    try:
        local = localized(read_ipa(ipa), language)
    except ValueError:
        return SaidAs("", word)
    return SaidAs(local, respell(local, language) or word)


class PronouncedWords:
    """Finds words that have a pronunciation."""

    def __init__(
        self,
        words: Collection[str],
        say: Callable[[str], SaidAs],
        word_endings: tuple[Ending, ...],
    ) -> None:
        """*words* are casefolded. *say* is only called for those that are found: a text has few of
        the hundreds in a lexicon."""
        self._words = words
        self._say = cache(say)
        self._endings = word_endings
        inflected = (word + ending.letters for word in words for ending in word_endings)
        self._found = WholeWords([*words, *(word for word in inflected if word not in words)])

    def find(self, text: str) -> Iterator[tuple[int, int, SaidAs]]:
        """Start, end and pronunciation of each word in *text* that has one, in order."""
        for start, end, word in self._found.find(text):
            said = self._said(word)
            if not said.respelling:
                said = replace(said, respelling=text[start:end])
            if text[start].isupper() and not text[start:end].isupper():
                said = replace(said, respelling=capitalized(said.respelling))
            yield start, end, said

    def _said(self, word: str) -> SaidAs:
        if word in self._words:
            return self._say(word)
        return next(
            self._say(word.removesuffix(ending.letters)).with_ending(ending)
            for ending in self._endings
            if word.endswith(ending.letters) and word.removesuffix(ending.letters) in self._words
        )


def capitalized(text: str) -> str:
    """*text* with a capital first letter, as sentences begin."""
    return text[:1].upper() + text[1:]


@cache
def shipped_lexicon(language: str) -> PronouncedWords:
    """The words that come with the BCP 47 *language*."""
    words: dict[str, tuple[str, str, str]] = {}
    for word, value in _entries(language).items():
        ipa, respelling = (value, "") if isinstance(value, str) else value
        if slashed(ipa) is not None:
            words[word.casefold()] = word, ipa, respelling

    def say(word: str) -> SaidAs:
        written, ipa, respelling = words[word]
        return replace(said_as(ipa, written, language), respelling=respelling)

    return PronouncedWords(words, say, endings(language))


def shipped_respellings(language: str) -> Mapping[str, str]:
    """The words, casefolded, that come with the BCP 47 *language* and have no IPA."""
    return {
        word.casefold(): value
        for word, value in _entries(language).items()
        if isinstance(value, str) and slashed(value) is None
    }


def _entries(language: str) -> Mapping[str, str | tuple[str, str]]:
    known = find_language(language)
    return known.lexicon if known else {}


@cache
def own_lexicon(language: str, words: tuple[tuple[str, str], ...]) -> PronouncedWords:
    """The words of a script, as they stand in normalized text, with their values."""
    said = {word.casefold(): said_as(value, word, language) for word, value in words}
    return PronouncedWords(said, said.__getitem__, possessives(language))
