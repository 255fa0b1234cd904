"""From written text to what an engine gets: plain words, and how the hard ones are said."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from psoas_audio.locale.ipa import WrittenPronunciation, slashed
from psoas_audio.speech.engine import Pronunciation
from psoas_audio.speech.normalization.normalize import explain_normalization, normalize_text
from psoas_audio.speech.normalization.text_steps.markup import without_markup
from psoas_audio.speech.pronunciation.homographs import find_homographs
from psoas_audio.speech.pronunciation.inflection import with_possessives
from psoas_audio.speech.pronunciation.lexicon import (
    PronouncedWords,
    SaidAs,
    own_lexicon,
    said_as,
    shipped_lexicon,
    shipped_respellings,
)
from psoas_audio.speech.pronunciation.prepared_text import PreparedText
from psoas_audio.speech.pronunciation.respelling import respelled_text
from psoas_audio.speech.pronunciation.tagged import Decision
from psoas_audio.speech.whole_words import WholeWords, word_replacer


def prepare_text(
    text: str,
    language: str,
    lexicon: Mapping[str, str],
    marked: Sequence[WrittenPronunciation] = (),
) -> PreparedText:
    """What an engine gets for *text* in the BCP 47 *language*.

    *lexicon* has the script's own words, each with its IPA between slashes or its respelling;
    *marked* are the pronunciations written in *text* itself.
    """
    own = _own_words(language, tuple(lexicon.items()))
    written = own.replace_written(unicodedata.normalize("NFC", text) if own.written else text)
    return _pronounced(own.words(written), written, own, language, marked).prepared


def explain_text(
    text: str,
    language: str,
    lexicon: Mapping[str, str],
    marked: Sequence[WrittenPronunciation] = (),
) -> tuple[list[tuple[str, str]], PreparedText]:
    """Name and result of each step of :func:`prepare_text`, in order, and what it comes to."""
    own = _own_words(language, tuple(lexicon.items()))
    written = own.replace_written(text)
    steps = [] if written == text else [("lexicon", written)]
    steps += explain_normalization(written, language)
    words = own.words(written)
    found = _pronounced(words, written, own, language, marked)
    prepared = found.prepared
    steps += [
        ("lexicon", _marked_text(words, found.by_lexicon, {})),
        ("homographs", _marked_text(words, prepared.pronunciations, found.reasons)),
        ("respelled", respelled_text(words, prepared.pronunciations)),
    ]
    return steps, prepared


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """A script's lexicon, by the way its words are found."""

    language: str
    written: Mapping[str, SaidAs]
    """Words with IPA that normalization changes, such as ``C#``: found before it."""
    replace_written: Callable[[str], str]
    """Puts in the respellings of such words."""
    replace: Callable[[str], str]
    """Puts in the other respellings, in normalized text."""
    lexicon: PronouncedWords
    """The other words with IPA."""

    def words(self, written: str) -> str:
        """*written* text normalized, with respellings."""
        return self.replace(normalize_text(written, self.language))


@cache
def _own_words(language: str, lexicon: tuple[tuple[str, str], ...]) -> _OwnWords:
    early: dict[str, SaidAs] = {}
    early_respelled: dict[str, str] = {}
    late: list[tuple[str, str]] = []
    respelled = dict(shipped_respellings(language))
    for word, value in lexicon:
        key = unicodedata.normalize("NFC", word)
        folded = key.casefold()
        respelled.pop(folded, None)
        stays = normalize_text(key, language).casefold() == folded
        if slashed(value) is None:
            alias = without_markup(value)
            if stays:
                alias = normalize_text(alias, language)
            (respelled if stays else early_respelled)[folded] = alias
        elif stays:
            late.append((key, value))
        else:
            early[folded] = said_as(value, key, language)
    return _OwnWords(
        language,
        early,
        word_replacer(with_possessives(early_respelled, language)),
        word_replacer(with_possessives(respelled, language)),
        own_lexicon(language, tuple(late)),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    prepared: PreparedText
    by_lexicon: tuple[Pronunciation, ...]
    reasons: Mapping[int, Decision]
    """By position in the text."""


def _pronounced(
    words: str,
    written: str,
    own: _OwnWords,
    language: str,
    marked: Sequence[WrittenPronunciation],
) -> _Found:
    """The pronunciations of *words*, which *written* is read as: what is marked goes before the
    script's lexicon, that before homographs, and these before the shipped lexicon."""
    asked = [
        (mark.start, mark.start + mark.length, said_as(f"/{mark.ipa}/", "", language))
        for mark in marked
    ]
    asked += [
        (start, end, own.written[word])
        for start, end, word in WholeWords(own.written).find(written)
    ]
    first = [said for place in asked for said in _in_words(*place, written, words, own)]
    first += [said.at(start, end) for start, end, said in own.lexicon.find(words)]
    decisions = [each for each in find_homographs(words, language) if each.said.ipa]
    shipped = [said.at(start, end) for start, end, said in shipped_lexicon(language).find(words)]
    chosen = _apart([*first, *(decision.said for decision in decisions), *shipped])
    reasons = {d.said.text_position: d for d in decisions if d.said in chosen}
    by_lexicon = tuple(said for said in chosen if said.text_position not in reasons)
    return _Found(PreparedText(words, chosen), by_lexicon, reasons)


def _in_words(
    start: int, end: int, said: SaidAs, written: str, words: str, own: _OwnWords
) -> Iterable[Pronunciation]:
    """The place in *words* of what stands between *start* and *end* of *written*, if it is found:
    the occurrence of the same word with as many before it."""
    word = own.words(written[start:end])
    finder = WholeWords([word])
    before = sum(1 for _ in finder.find(own.words(written[:start])))
    places = list(finder.find(words))
    if said.ipa and before < len(places):
        found_start, found_end, _ = places[before]
        respelling = said.respelling or words[found_start:found_end]
        yield Pronunciation(found_start, found_end - found_start, said.ipa, respelling)


def _apart(pronunciations: Iterable[Pronunciation]) -> tuple[Pronunciation, ...]:
    """*pronunciations* in order of position, without those that overlap an earlier one."""
    kept: list[Pronunciation] = []
    taken: set[int] = set()
    for said in pronunciations:
        place = range(said.text_position, said.text_position + said.text_length)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(said)
    return tuple(sorted(kept, key=lambda said: said.text_position))


def _marked_text(
    text: str, pronunciations: Sequence[Pronunciation], reasons: Mapping[int, Decision]
) -> str:
    """*text* with each pronunciation beside its word, as a script would write it."""
    parts: list[str] = []
    position = 0
    for said in pronunciations:
        start, end = said.text_position, said.text_position + said.text_length
        decision = reasons.get(start)
        why = f", {decision.sense}: {decision.reason}" if decision else ""
        parts += [text[position:start], f"[{text[start:end]}](/{said.ipa}/{why})"]
        position = end
    return "".join([*parts, text[position:]])
