"""Text for eSpeak NG in which some words are given as phonemes: ``Find the [[s|'|oU|@|s]].``

The tables have eSpeak NG's names of phonemes, which differ from language to language;
``tests/speech/test_mnemonics.py`` asks it for the IPA of each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from psoas_audio.locale.ipa import VOWELS
from psoas_audio.locale.tags import main_language
from psoas_audio.speech.engine import Request, Word

_MAX_CHARACTERS = 140
"""eSpeak NG 1.52.0 crashes on phonemes of some 300 characters."""

_ALL = {
    **{sign: sign for sign in "pbtdkfvszhmnljw"},
    "ɡ": "g", "ŋ": "N", "ʃ": "S", "ʒ": "Z", "tʃ": "tS", "dʒ": "dZ", "ts": "ts", "pf": "pf",
    "θ": "T", "ð": "D", "x": "x", "χ": "X", "ç": "C", "ɣ": "Q", "β": "B", "ɲ": "n^", "ʎ": "l^",
    "ʝ": "J^", "ɾ": "*", "ʔ": "?", "ɫ": "l", "ɱ": "m", "ɦ": "h", "ʋ": "v", "ʕ": "?",
    "a": "a", "e": "e", "ɛ": "E", "i": "i", "iː": "i:", "o": "o", "ɔ": "O", "u": "u", "uː": "u:",
    "ə": "@", "ˈ": "'", "ˌ": ",",
}  # fmt: skip
_BY_LANGUAGE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "r": "r", "ɹ": "r", "ʁ": "r", "ʍ": "w",
        "æ": "a", "ɐ": "a#", "ɑ": "A:", "ɑː": "A:", "ɑːɹ": "A@", "ɒ": "0", "ʌ": "V",
        "eɪ": "eI", "ɛ": "E", "ɛɹ": "e@", "eə": "e@", "ɜ": "3:", "ɜː": "3:", "ɚ": "3",
        "aɪ": "aI", "aɪə": "aI@", "aɪɚ": "aI3", "aʊ": "aU", "aʊɚ": "aU3",
        "ɪ": "I", "ᵻ": "I#", "ɪɹ": "i@3", "iə": "i@",
        "oʊ": "oU", "əʊ": "oU", "o": "oU", "oː": "oU", "ɔː": "O:", "ɔ": "O:", "ɔɪ": "OI",
        "ɔːɹ": "O@", "ʊ": "U", "ʊɹ": "U@", "ʊə": "U@", "u": "u:", "y": "u:", "ø": "3:",
        "ɑ\u0303": "A~", "ɔ\u0303": "O~", "n\u0329": "n-", "l\u0329": "@L",
    },
    "de": {
        "r": "r", "ɹ": "r", "ʁ": "r", "ʀ": "r", "ɾ": "r",
        "aː": "A:", "ɑ": "A", "ɑː": "A:", "ɐ": "3", "ɜ": "3", "æ": "E", "aɪ": "aI", "aʊ": "aU",
        "eː": "e:", "ɛː": "E:", "ɛɪ": "eI", "eɪ": "eI", "ɪ": "I", "oː": "o:", "oʊ": "oU",
        "ɔʏ": "OY", "ɔɪ": "OY", "ɔø": "OY", "ʊ": "U", "y": "y:", "yː": "y:", "ʏ": "y",
        "ø": "Y:", "øː": "Y:", "œ": "W", "ɑ\u0303": "A~", "ɔ\u0303": "O~", "œ\u0303": "W~",
        "ɛ\u0303": "E", "n\u0329": "@|n", "l\u0329": "@|l", "m\u0329": "@|m",
    },
    "es": {
        "r": "R2", "ɾ": "**", "ɹ": "**", "ʁ": "R2",
        "ai": "aI", "aɪ": "aI", "ei": "eI", "eɪ": "eI", "oi": "oI", "oɪ": "oI", "ɪ": "i", "ʊ": "u",
        "au": "aU", "aʊ": "aU", "eu": "eU", "eʊ": "eU", "ɑ": "a", "ɑː": "a", "aː": "a", "æ": "a",
    },
    "fr": {
        "ʁ": "r", "r": "r", "ɹ": "r", "ʀ": "r",
        "ɑ": "a", "ɑː": "a", "aː": "a", "æ": "a", "ɐ": "a", "ɑ\u0303": "A~", "a\u0303": "A~",
        "ɛ\u0303": "E~", "œ": "W", "œ\u0303": "W~", "ø": "Y", "ɔ\u0303": "O~", "o\u0303": "O~",
        "y": "y", "ɥ": "y", "ɪ": "i", "ʊ": "u", "ʌ": "a",
    },
}  # fmt: skip


class _Piece(NamedTuple):
    """A part of the text that eSpeak NG gets; all numbers are characters."""

    position: int
    length: int
    original_position: int
    original_length: int
    plain: bool
    """Whether it is the same in the request's text."""


class EspeakText(NamedTuple):
    """A text with phonemes in it, and where its words came from."""

    text: str
    pieces: tuple[_Piece, ...]
    has_phonemes: bool

    def original(self, words: Iterable[Word]) -> tuple[Word, ...]:
        """*words* of ``text`` as words of the request's text; a pronunciation is one word."""
        found: list[Word] = []
        for word in words:
            for piece in self.pieces:
                offset = word.text_position - piece.position
                if not 0 <= offset < piece.length:
                    continue
                start = piece.original_position
                if piece.plain:
                    found.append(Word(start + offset, word.text_length, word.start))
                elif not found or found[-1].text_position != start:
                    found.append(Word(start, piece.original_length, word.start))
        return tuple(found)


def espeak_text(request: Request) -> EspeakText:
    """The request's text with pronunciations as phonemes, or respelled if eSpeak NG lacks a sound.

    No other part of the text can be read as phonemes: its square brackets become spaces.
    """
    language = _voice_language(request)
    plain = request.text.replace("[", " ").replace("]", " ")
    parts: list[str] = []
    pieces: list[_Piece] = []
    position = written = 0
    has_phonemes = False

    def add(part: str, start: int, end: int, *, is_plain: bool) -> None:
        nonlocal written
        parts.append(part)
        pieces.append(_Piece(written, len(part), start, end - start, is_plain))
        written += len(part)

    for said in request.pronunciations:
        start, end = said.text_position, said.text_position + said.text_length
        add(plain[position:start], position, start, is_plain=True)
        names = mnemonics(said.ipa, language)
        if names is None:
            phonemes = said.respelling.replace("[", " ").replace("]", " ")
        else:
            has_phonemes = True
            # A bracket or quote right before or after the phonemes would silence them.
            before = "" if plain[:start].endswith((" ", "-")) else " "
            after = "" if re.match(r"[-\s,.;:!?]|$", plain[end:]) else " "
            phonemes = f"{before}[[{names}]]{after}"
        add(phonemes, start, end, is_plain=False)
        position = end
    add(plain[position:], position, len(plain), is_plain=True)
    return EspeakText("".join(parts), tuple(pieces), has_phonemes)


def mnemonics(ipa: str, language: str) -> str | None:
    """eSpeak NG's phonemes for *ipa*; ``None`` if the BCP 47 *language* lacks one of them."""
    table = _table(main_language(language))
    words = []
    for word in ipa.split():
        names: list[str] = []
        position = 0
        while position < len(word):
            for size in (3, 2, 1):
                sign = word[position : position + size]
                rest = word[position + len(sign) :].lstrip("ˈˌ")
                if len(sign) > 1 and sign[-1] == "ɹ" and rest[:1] in tuple(VOWELS):
                    continue  # such an r belongs to the next syllable
                if len(sign) > 1 and sign[-1] == "ə" and rest[:1] == "ʊ":
                    continue  # the second sound is of “əʊ”
                if sign in table:
                    names.append(table[sign])
                    position += len(sign)
                    break
            else:
                if word[position] != "ː":  # of a vowel that has one length only
                    return None
                position += 1
        words.append("|".join(names))
    whole = "]] [[".join(words)
    return whole if 0 < len(whole) <= _MAX_CHARACTERS else None


def _voice_language(request: Request) -> str:
    """The language whose phonemes the voice has: that of its name, if that is a tag."""
    name = (request.voice or "").rsplit("/", 1)[-1].partition("+")[0]
    return name if main_language(name) in _BY_LANGUAGE else request.language


@cache
def _table(main: str) -> Mapping[str, str]:
    return {**_ALL, **_BY_LANGUAGE.get(main, {})}
