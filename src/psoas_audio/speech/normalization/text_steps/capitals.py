"""Words in capitals: abbreviations that are spelled, and emphasis, which isn't."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import alternatives, dotted

_CAPITALS = re.compile(r"(?<![\w.@#])[^\W\d_]{2,}(?:'?s)?(?!\w)")
_CONTRACTION = re.compile(r"(?<![\w.])([A-Z]+)'(T|S|M|RE|LL|VE|D)(?!\w)")
_NEXT_TO_DIGIT = re.compile(r"\d\s?[^\W\d]|[^\W\d]\s?\d")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*\s*")
_TWO_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}|I'[A-Z]")
_DOTTED_INSIDE = re.compile(r"(?<![\w.])((?:[A-Z]\.){1,6}[A-Z])\.(?=\s[a-zß-ÿ])")
"""Letters with stops inside a sentence, which the last stop would end: *the U.S. or Canada*."""
_VOWELS = re.compile(r"[AEIOUYÄÖÜÀ-ÆÈ-ÏÒ-ÖØ-Ý]")
_UNSAYABLE = re.compile(
    r"^(?![BCFGKP][LR]|[DTWV]R|[CGKPRSTW]H|[GKMP]N|P[FST]|S[CKLMNPQTW]|T[SWZ]|[DZ]W|QU|[DK]J|KW)"
    r"[^AEIOUYÄÖÜÀ-ÆÈ-ÏÒ-ÖØ-Ý]{2}|[BCDFGHKMPSTVWXZ]R$"
)
"""Beginnings and ends that no word has in these languages."""
_LONGEST_SPELLED = 3
"""Letters of an unknown word in capitals that is spelled though it could be said."""
_MOSTLY_CAPITALS = 0.7
"""Share of words of four letters or more in capitals, from which a sentence is shouted."""


def capitals_reader(language: Language) -> Callable[[str], str]:
    """Spells abbreviations (``A.S.I.S``) and writes emphasis small."""
    data = language.letters
    spelled = {word for line in data.spelled for word in line.split()}
    said = {word for line in data.said for word in line.split()}
    short = {word for line in data.short_words for word in line.split()}
    read_as = data.read_as
    units = {name.casefold() for name in (*language.units, *language.currencies)}
    phrases = data.spelled_in
    in_phrase = (
        re.compile(rf"(?<!\w)(?:{alternatives(phrases)})(?!\w)", re.IGNORECASE) if phrases else None
    )

    def read(word: str, *, shouted: bool) -> str:
        letters, plural = (word, "") if word.isupper() else (word.rstrip("s").rstrip("'"), "s")
        if not letters.isupper() or len(letters) < 2:
            return word
        low = letters.casefold()
        if letters in read_as:
            return read_as[letters] + plural
        if letters in spelled and low not in short:
            return dotted(letters) + ("'s" if plural else "")
        if plural and low not in short:
            return dotted(letters) + "'s"
        if letters in said:
            return word
        sayable = _VOWELS.search(letters) and not _UNSAYABLE.search(letters)
        if shouted or low in short or (sayable and len(letters) > _LONGEST_SPELLED):
            return word.lower()
        return dotted(letters)

    def read_in_place(match: re.Match[str], *, shouted: bool) -> str:
        near = match.string[max(0, match.start() - 2) : match.end() + 2]
        if match[0].casefold() in units and _NEXT_TO_DIGIT.search(near):
            return match[0]
        return read(match[0], shouted=shouted)

    def contraction(match: re.Match[str]) -> str:
        return match[1] + "'" + match[2].lower() if match[1] == "I" else match[0].lower()

    def sentence(match: re.Match[str]) -> str:
        text = match[0]
        if not _TWO_CAPITALS.search(text):
            return text
        words = re.findall(r"[^\W\d_]{2,}", text)
        shouting = [word for word in words if word.isupper()]
        shouted = len(shouting) > 1 and len(shouting) >= _MOSTLY_CAPITALS * len(words)
        first = re.match(r"\W*", text)
        start = first.end() if first else 0
        text = _CONTRACTION.sub(contraction, text)
        text = _CAPITALS.sub(lambda each: read_in_place(each, shouted=shouted), text)
        if match[0][start : start + 2].isupper() and text[start : start + 1].islower():
            text = text[:start] + text[start].upper() + text[start + 1 :]
        return text

    def step(text: str) -> str:
        if "." in text:
            text = _DOTTED_INSIDE.sub(r"\1", text)
        if not _TWO_CAPITALS.search(text):
            return text
        if in_phrase:
            text = in_phrase.sub(_spell_capitals, text)
        return _SENTENCE.sub(sentence, text)

    return step


def _spell_capitals(match: re.Match[str]) -> str:
    """The phrase with each word in capitals spelled, unless all of it is in capitals."""
    if match[0].isupper() and " " in match[0]:
        return match[0]
    return re.sub(r"(?<!\w)[A-Z]{2,5}(?!\w)", lambda word: dotted(word[0]), match[0])
