"""Writes IPA as letters that most engines of a language read right, for those that read no IPA."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from psoas_audio.locale.ipa import VOWELS
from psoas_audio.locale.tags import main_language
from psoas_audio.speech.engine import Pronunciation, Request

_ENGLISH = {
    "aɪə": "ire", "aɪɚ": "ire", "aʊɚ": "our", "aɪ": "ye", "aʊ": "ow", "eɪ": "ay", "oʊ": "oh",
    "əʊ": "oh", "ɔɪ": "oy", "ɑːɹ": "ar", "ɔːɹ": "or", "ɛɹ": "air", "ɪɹ": "eer", "ʊɹ": "oor",
    "ɜː": "er", "ɜːɹ": "er", "ɚ": "er", "ɑː": "ah", "ɑ": "ah", "ɔː": "aw", "ɔ": "aw", "iː": "ee",
    "i": "ee", "uː": "oo", "u": "oo", "æ": "a", "ɐ": "a", "ɒ": "o", "ɛ": "e", "e": "e", "ɪ": "i",
    "ᵻ": "i", "ʌ": "u", "ʊ": "oo", "ə": "uh", "o": "oh", "a": "a", "tʃ": "ch", "dʒ": "j",
    "ʃ": "sh", "ʒ": "zh", "θ": "th", "ð": "th", "ŋ": "ng", "ŋk": "nk", "ŋɡ": "ng", "ɡ": "g",
    "j": "y", "ɹ": "r", "r": "r", "ɾ": "t", "s": "ss", "ks": "x", "x": "kh", "ʔ": "",
}  # fmt: skip
_GERMAN = {
    "aɪ": "ai", "aʊ": "au", "ɔʏ": "eu", "ɔø": "eu", "eɪ": "ej", "oʊ": "oh", "aː": "ah", "ɑː": "ah",
    "ɑ": "a", "a": "a", "ɐ": "er", "eː": "eh", "e": "e", "ɛː": "äh", "ɛ": "e", "ɪ": "i",
    "iː": "ie", "i": "i", "oː": "oh", "o": "o", "ɔ": "o", "ʊ": "u", "uː": "uh", "u": "u",
    "yː": "üh", "y": "ü", "ʏ": "ü", "øː": "öh", "œ": "ö", "ø": "ö", "ə": "e", "æ": "ä",
    "tʃ": "tsch", "dʒ": "dsch", "ʃ": "sch", "ʒ": "sch", "ts": "z", "tsj": "tsj", "ks": "x",
    "kv": "qu", "v": "w", "z": "s", "s": "ss", "ʃt": "scht", "ç": "ch", "x": "ch", "ŋ": "ng",
    "ŋk": "nk", "ŋɡ": "ng", "ɡ": "g", "ʁ": "r", "ɾ": "r", "ɹ": "r", "r": "r", "ʔ": "",
}  # fmt: skip
_SPANISH = {
    "ɪ": "i", "ʊ": "u", "tʃ": "ch", "dʒ": "y", "ʝ": "y", "ʃ": "sh", "ɲ": "ñ", "ʎ": "ll", "θ": "z",
    "x": "j", "β": "b", "ð": "d", "ɣ": "g", "ɡ": "g", "ɡe": "gue", "ɡi": "gui", "ɣe": "gue",
    "ɣi": "gui", "θe": "ce", "θi": "ci", "ks": "x", "ke": "que", "ki": "qui", "k": "c",
    "ŋ": "n", "ɾ": "r", "j": "i", "w": "u", "ɛ": "e", "ɔ": "o", "v": "b",
}  # fmt: skip
_FRENCH = {
    "ɑ\u0303": "an", "ɛ\u0303": "in", "œ\u0303": "un", "ɔ\u0303": "on", "e": "é", "ɛ": "è",
    "ɔ": "o", "ø": "eu", "œ": "eu", "ə": "e", "u": "ou", "y": "u", "tʃ": "tch", "dʒ": "dj",
    "ʃ": "ch", "ʒ": "j", "ɲ": "gn", "j": "y", "w": "ou", "ɥ": "u", "s": "ss", "ɡ": "g",
    "ɡe": "gué", "ɡɛ": "guè", "ɡi": "gui", "ks": "x", "ŋ": "ng", "ʁ": "r", "ɑ": "a",
}  # fmt: skip
_BY_LANGUAGE: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "es": _SPANISH,
    "fr": _FRENCH,
}
_ACCENTED = str.maketrans("aeiou", "áéíóú")


def respelled(request: Request) -> str:
    """The request's text with each hard word respelled, so that most engines say it right."""
    return respelled_text(request.text, request.pronunciations)


def respelled_text(text: str, pronunciations: Sequence[Pronunciation]) -> str:
    """*text* with the respelling of each of *pronunciations* in its place."""
    parts: list[str] = []
    position = 0
    for said in pronunciations:
        parts += [text[position : said.text_position], said.respelling]
        position = said.text_position + said.text_length
    return "".join([*parts, text[position:]])


def respell(ipa: str, language: str) -> str:
    """*ipa* of :func:`read_ipa` in letters; empty in a language whose spelling isn't known here."""
    main = main_language(language)
    table = _BY_LANGUAGE.get(main)
    if table is None:
        return ""
    return " ".join(_spelled(word, table, main) for word in ipa.split())


def _spelled(word: str, table: Mapping[str, str], main: str) -> str:
    signs = re.sub("[ˈˌ]" if main != "es" else "ˌ", "", word)
    letters: list[str] = []
    position = 0
    while position < len(signs):
        for size in (3, 2, 1):
            sign = signs[position : position + size]
            if sign in table:
                letters.append(table[sign])
                break
            if size == 1 and sign != "ː":
                letters.append(sign)
        position += len(sign)
    text = "".join(letters)
    # Doubled after a vowel, so that it isn't said as z.
    text = re.sub("(?<![aeiouyhäöüéèwr])ss", "s", text)
    match main:
        case "es":
            return _with_accent(text)
        case "fr" if signs[-1] not in VOWELS + "\u0303":
            return text + "e"  # else the last consonant is silent
        case _:
            return text


def _with_accent(text: str) -> str:
    """Spanish *text* whose stressed vowel follows ``ˈ``, with the accent on that vowel."""
    before, _, after = text.partition("ˈ")
    return before + after[:1].translate(_ACCENTED) + after[1:]
