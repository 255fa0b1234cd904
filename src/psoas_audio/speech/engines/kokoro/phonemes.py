"""From words to the model's signs, with the place of each word among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from psoas_audio.speech.engine import Pronunciation
from psoas_audio.speech.engines.kokoro.alphabet import model_signs
from psoas_audio.speech.neural.pauses import COMMAS, STOPS
from psoas_audio.speech.neural.phrase_breaks import MIN_WORDS_AFTER, MIN_WORDS_BEFORE, Break

_WORD = re.compile(r"[^\s,;:.!?…—–()“”„\"«»¿¡‑-]+")
_MARKS = {**{mark: mark for mark in COMMAS + STOPS}, "–": "—", "(": ",", ")": ","}
_MAX_SIGNS = 400
"""Signs of one run of the model, which takes 510 and rushes through texts near that."""

Phonemize = Callable[[str], str]
"""Words of one clause in the International Phonetic Alphabet."""


@dataclass(frozen=True, slots=True)
class PhonemeWord:
    """Where a word of the text is among the signs."""

    text_position: int
    """Characters from the text's start."""
    text_length: int
    """Characters."""
    start: int
    """Signs from the start."""
    end: int
    """Signs from the start, exclusive."""


@dataclass(frozen=True, slots=True)
class Phonemes:
    """A text in the model's signs."""

    signs: str
    words: tuple[PhonemeWord, ...]
    lost: frozenset[str] = frozenset()
    """Sounds that the model has no sign for."""
    breaks: Mapping[int, Break] = field(default_factory=dict)
    """Signs that are commas of ours, and what they divide."""


@dataclass(frozen=True, slots=True)
class _TextWord:
    text: str
    position: int
    ipa: str = ""
    """How it is said, if the request tells."""


@dataclass(frozen=True, slots=True)
class _SpokenWord:
    word: _TextWord
    ipa: str
    joined: bool = False
    """Whether it follows the word before it without a space."""


def to_phonemes(
    text: str,
    pronunciations: Sequence[Pronunciation],
    language: str,
    phonemize: Phonemize,
    breaks_before: Mapping[str, Break] = MappingProxyType({}),
) -> Phonemes:
    """*text* in the model's signs. *language* is a BCP 47 tag.

    A comma is put before the words of *breaks_before* (lower case) where a long phrase has none, as
    someone who speaks slowly would pause there.
    """
    signs, words, lost = "", [], frozenset[str]()
    breaks: dict[int, Break] = {}
    for clause, mark, kind in _clauses(text, pronunciations, phonemize, breaks_before):
        for spoken in _spoken(clause, phonemize):
            new, unknown = model_signs(spoken.ipa, language)
            lost |= unknown
            if not new:
                continue
            if signs and not spoken.joined:
                signs += " "
            word = spoken.word
            place = (len(signs), len(signs) + len(new))
            words.append(PhonemeWord(word.position, len(word.text), *place))
            signs += new
        if kind is not None:
            breaks[len(signs)] = kind
        signs += mark
    if signs and signs[-1] not in STOPS:
        signs = signs.rstrip(COMMAS) + "."
    return Phonemes(signs, tuple(words), lost, breaks)


def split_phonemes(phonemes: Phonemes, most: int = _MAX_SIGNS) -> Iterator[Phonemes]:
    """*phonemes* in parts of at most *most* signs, cut after stops, else after commas or words."""
    start = 0
    while len(phonemes.signs) - start > most:
        window = phonemes.signs[start : start + most]
        cuts = (max(map(window.rfind, marks)) + 1 for marks in (STOPS, COMMAS, " "))
        size = next((cut for cut in cuts if cut > most // 3), most)
        yield _part(phonemes, start, start + size)
        start += size
    yield _part(phonemes, start, len(phonemes.signs))


def _part(phonemes: Phonemes, start: int, end: int) -> Phonemes:
    words = (
        replace(word, start=max(0, word.start - start), end=min(word.end, end) - start)
        for word in phonemes.words
        if start <= word.start < end
    )
    breaks = {sign - start: kind for sign, kind in phonemes.breaks.items() if start <= sign < end}
    return Phonemes(phonemes.signs[start:end], tuple(words), phonemes.lost, breaks)


def _clauses(
    text: str,
    pronunciations: Sequence[Pronunciation],
    phonemize: Phonemize,
    breaks_before: Mapping[str, Break],
) -> Iterator[tuple[list[_TextWord], str, Break | None]]:
    """The words up to each mark, the mark, and what it divides if it is ours."""
    clause: list[_TextWord] = []
    words = list(_words(text, pronunciations, phonemize))
    for index, word in enumerate(words):
        clause.append(word)
        end = word.position + len(word.text)
        following = words[index + 1 : index + 1 + MIN_WORDS_AFTER]
        between = text[end : following[0].position] if following else text[end:]
        mark = _mark(between)
        kind = breaks_before.get(following[0].text.casefold()) if following and not mark else None
        long = len(clause) >= MIN_WORDS_BEFORE and len(following) == MIN_WORDS_AFTER
        if kind is not None and long:
            mark = ","
        if mark:
            yield clause, mark, kind
            clause = []
    if clause:
        yield clause, "", None


def _words(
    text: str, pronunciations: Sequence[Pronunciation], phonemize: Phonemize
) -> Iterator[_TextWord]:
    """The words of *text*; those that one pronunciation covers are one word."""
    given = list(pronunciations)
    words = list(_WORD.finditer(text))
    while words:
        word = words.pop(0)
        start, end = word.span()
        while given and given[0].text_position + given[0].text_length <= start:
            given.pop(0)
        if not given or given[0].text_position >= end:
            yield _TextWord(word[0], start)
            continue
        known = given.pop(0)
        known_end = known.text_position + known.text_length
        while words and words[0].start() < known_end:
            end = words.pop(0).end()
        ipa = _elided(text[start : known.text_position], phonemize) + known.ipa
        ends_in_s = text[known_end:end].casefold()[-1:] == "s"
        yield _TextWord(text[start:end], start, ipa + _plural(known.ipa) * ends_in_s)


def _elided(prefix: str, phonemize: Phonemize) -> str:
    """How what is run into the next word sounds, such as the French ``l’``."""
    return phonemize(prefix + "a").strip().rstrip("aɑːˈ") if prefix else ""


def _plural(ipa: str) -> str:
    """The sound of an ``s`` after *ipa*."""
    if ipa.endswith(("s", "z", "ʃ", "ʒ", "ʧ", "ʤ")):
        return "ɪz"
    return "s" if ipa.endswith(("p", "t", "k", "f", "θ")) else "z"


def _mark(between: str) -> str:
    """The model's mark for what stands between two words, if anything does."""
    if "..." in between:
        return "…"
    marks = [_MARKS[sign] for sign in between if sign in _MARKS]
    if stops := [mark for mark in marks if mark in STOPS]:
        return stops[0]
    if marks:
        return marks[0]
    return "—" if " - " in between else ""


def _spoken(clause: list[_TextWord], phonemize: Phonemize) -> list[_SpokenWord]:
    """How each word of *clause* sounds among the others."""
    if not clause:
        return []
    whole = phonemize(" ".join(word.text for word in clause))
    parts = whole.split()
    counts = [len(word.text.split()) for word in clause]
    if sum(counts) == len(parts):
        spoken = []
        for word, count in zip(clause, counts, strict=True):
            own = [parts.pop(0) for _ in range(count)]
            spoken.append(_SpokenWord(word, word.ipa or " ".join(own)))
        return spoken
    told = next((index for index, word in enumerate(clause) if word.ipa), None)
    if told is not None:
        before, after = clause[:told], clause[told + 1 :]
        known = _SpokenWord(clause[told], clause[told].ipa)
        return [*_spoken(before, phonemize), known, *_spoken(after, phonemize)]
    return _shared(clause, " ".join(parts), phonemize)


def _shared(clause: list[_TextWord], ipa: str, phonemize: Phonemize) -> list[_SpokenWord]:
    """*ipa*, in which words are run together, shared out by how long each is alone."""
    alone = [max(1, len(phonemize(word.text).strip())) for word in clause]
    scale = len(ipa) / sum(alone)
    spoken, start, reached = [], 0, 0.0
    for word, length in zip(clause, alone, strict=True):
        reached += length * scale
        end = len(ipa) if word is clause[-1] else max(start, _near_space(ipa, round(reached)))
        part = ipa[start:end]
        spoken.append(_SpokenWord(word, part.strip(), joined=start > 0 and part[:1] != " "))
        start = end
    return spoken


def _near_space(ipa: str, position: int) -> int:
    """The space within two letters of *position*, or *position*."""
    near = [at for at in range(position - 2, position + 3) if ipa[at : at + 1] == " "]
    return min(near, key=lambda at: abs(at - position), default=position)
