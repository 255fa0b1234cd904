"""Puts the pronunciations of a request among the phonemes that a voice's own reader gives.

The reader must see a whole sentence: it joins words and weakens some by those around them. So each
word with a pronunciation is read as a stand-in, whose phonemes are then exchanged for the IPA.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from psoas_audio.locale.ipa import VOWELS
from psoas_audio.locale.tags import main_language
from psoas_audio.speech.engine import Pronunciation, Request
from psoas_audio.speech.pronunciation.respelling import respelled

Phonemizer = Callable[[str], list[list[str]]]
"""A text to the phonemes of each sentence, one Unicode character each."""

_STAND_INS = ("momizumum", "imozumum")
"""For words that begin with a consonant and with a vowel: no language has them, and all readers
give them sounds. "the" and the French "les" are read by what follows."""
_GLIDE = "ʲ"
"""Newer versions of eSpeak NG write it between two vowels (*radius*). Piper's voices were made
with older ones, and never learnt it: in ``en_US-joe-medium`` its weights are as they were before
training (length 0.35; of signs that occur in English, 0.57 to 1.42)."""
_WITHOUT_GLIDE = ("en", "de", "es", "fr")
"""Languages that have no such consonants, as Russian has."""
_UNSTABLE = "ˈˌː"
"""What differs between a word alone and in a sentence."""


def pronounced_phonemes(request: Request, read_text: Phonemizer) -> list[list[str]]:
    """The phonemes of each sentence of the request's text, by *read_text* and its pronunciations.

    If a stand-in can't be found again, the words are respelled instead.
    """

    def read(text: str) -> list[list[str]]:
        return [_known_to_voices(sentence, request.language) for sentence in read_text(text)]

    said = request.pronunciations
    if not said:
        return read(request.text)
    sentences = read(_with_stand_ins(request))
    wanted = [(_sounds(read(_stand_in(one))), one) for one in said]
    found = _exchanged(sentences, wanted)
    return read(respelled(request)) if found is None else found


def _known_to_voices(sentence: list[str], language: str) -> list[str]:
    if main_language(language) not in _WITHOUT_GLIDE:
        return sentence
    return [sign for sign in sentence if sign != _GLIDE]


def _stand_in(said: Pronunciation) -> str:
    begins_with_vowel = said.ipa.lstrip("ˈˌ")[:1] in tuple(VOWELS)
    return _STAND_INS[begins_with_vowel]


def _with_stand_ins(request: Request) -> str:
    parts: list[str] = []
    position = 0
    for said in request.pronunciations:
        stand_in = _stand_in(said)
        if request.text[said.text_position].isupper():
            stand_in = stand_in.capitalize()  # else a sentence would not end before it
        parts += [request.text[position : said.text_position], stand_in]
        position = said.text_position + said.text_length
    return "".join([*parts, request.text[position:]])


def _sounds(sentences: Sequence[Sequence[str]]) -> list[str]:
    return [sign for sentence in sentences for sign in sentence if sign not in _UNSTABLE]


def _exchanged(
    sentences: Sequence[Sequence[str]], wanted: Sequence[tuple[list[str], Pronunciation]]
) -> list[list[str]] | None:
    """*sentences* with the IPA of each of *wanted* for its sounds; ``None`` if one isn't there."""
    left = list(wanted)
    found: list[list[str]] = []
    for sentence in sentences:
        signs: list[str] = []
        position = 0
        while position < len(sentence):
            end = _end_of(left[0][0], sentence, position) if left else None
            if end is None:
                signs.append(sentence[position])
                position += 1
            else:
                signs += unicodedata.normalize("NFD", left.pop(0)[1].ipa)
                position = end
        found.append(signs)
    return None if left else found


def _end_of(sounds: Sequence[str], sentence: Sequence[str], start: int) -> int | None:
    """Where *sounds* end in *sentence* if they begin at *start*, stress and length aside."""
    position = start
    for sound in sounds:
        while position < len(sentence) and sentence[position] in _UNSTABLE:
            position += 1
        if position == len(sentence) or sentence[position] != sound:
            return None
        position += 1
    while position < len(sentence) and sentence[position] == "ː":
        position += 1
    return position
