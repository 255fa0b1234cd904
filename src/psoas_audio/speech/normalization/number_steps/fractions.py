"""Fractions: of something, of a unit, and after a whole number."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, before, word_set
from psoas_audio.speech.normalization.numerals.french import french_half
from psoas_audio.speech.normalization.numerals.genders import FEMININE, word_before, words_after
from psoas_audio.speech.normalization.numerals.german import (
    adjective_for,
    article_for,
    case_of,
    noun_after,
)
from psoas_audio.speech.normalization.numerals.numerals import Numerals
from psoas_audio.speech.normalization.numerals.spanish import (
    counted_noun,
    spanish_half,
    spanish_ordinal,
)

_MIXED_HYPHEN = re.compile(r"(?<![\w.,/-])(\d{1,3})-(?=([1-9])/([234568]|16)(?![\d/]))")
_FRACTION = re.compile(r"(?<![\w/.,])(?:(\d{1,3})\s)?(\d{1,2})/(\d{1,3})(?![\w/]|[.,]\d)")
_WITH_NOUN = re.compile(
    r"(?<![\w/.,])(?:(\d{1,3})\s)?(\d{1,2})/(\d{1,3})\s([^\W\d_]{2,30})(?![\w/])"
)
_GERMAN_GENITIVE = re.compile(r"\s(?:d(?:er|es)|vom|von|[mds]?einer|[mds]?eines|ihrer)\s")
_OF = re.compile(r"\s(?:de|del|du|des|d')(?!\w)")
_ENGLISH_HALF_BEFORE = word_set(
    "way a an the your my his her our their its this that of as",
)
_ENGLISH_NO_NOUNS = word_set("of full way as the a an your more less done and or to in on at")
_ENGLISH_ARTICLES = word_set(
    "a an the another each every your one",
)


def join_mixed(text: str) -> str:
    """``1-1/2`` as ``1 1/2``."""
    return _MIXED_HYPHEN.sub(lambda m: f"{m[1]} " if int(m[2]) < int(m[3]) else m[0], text)


def fraction_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads ``1/2``, ``2/3``, ``1 1/2`` with the grammar of the language."""
    reader = _Fractions(language, numerals)
    plain = {"en": reader.english, "de": reader.german}.get(language.tag, reader.plain)
    with_noun = {"es": reader.spanish, "fr": reader.french}.get(language.tag)

    def step(text: str) -> str:
        if "/" not in text:
            return text
        if with_noun:
            text = _WITH_NOUN.sub(lambda m: with_noun(m) or m[0], text)
        return _FRACTION.sub(lambda m: plain(m) or m[0], text)

    return step


class _Fractions:
    """How each language says a matched fraction; empty where it has no words for it."""

    def __init__(self, language: Language, numerals: Numerals) -> None:
        self._language = language
        self._numerals = numerals
        self._forms = language.fractions
        self._and = language.signs.ampersand
        self._units = frozenset(words[0] for words in language.units.values())

    def plain(self, match: re.Match[str]) -> str:
        """``2 2/3`` as ``two and two thirds``."""
        part = self._part(match)
        whole_half = self._forms.get("half_of") if match[2] == "1" and match[3] == "2" else ""
        if whole_half and not match[1] and _OF.match(after(match)):
            return whole_half
        if part and match[1]:
            return f"{self._numerals.in_words(match[1])} {self._and} {part}"
        return part

    def english(self, match: re.Match[str]) -> str:
        """``half a``, ``a quarter``, ``three quarters of an``."""
        part = self._part(match)
        if not part:
            return ""
        half = match[2] == "1" and match[3] == "2"
        if match[1]:
            return f"{self._numerals.in_words(match[1])} and {'a half' if half else part}"
        if match[2] == "1" and word_before(before(match)) in _ENGLISH_ARTICLES:
            return part.removeprefix("one ")
        following = words_after(after(match), 1)
        noun = following[0].casefold() if following else ""
        if noun and noun not in _ENGLISH_NO_NOUNS and word_before(before(match)) in ("a", "the"):
            return re.sub(r" (?=\w+$)", "-", part).removesuffix(self._forms["plural"])
        if half and noun in _ENGLISH_HALF_BEFORE:
            return "half"
        if half and not noun and word_before(before(match)) == "in":
            return "half"  # "fold it in 1/2"
        countable = noun in self._units or noun in self._language.adjectives.half_of
        if not countable or (not half and noun == "inch"):
            return part
        article = "an" if noun[0] in "aeio" or noun == "hour" else "a"
        return f"half {article}" if half else f"{part} of {article}"

    def german(self, match: re.Match[str]) -> str:
        """``eine halbe``, ``zweieinhalb``, ``eine dreiviertel``."""
        genders, noun = self._numerals.genders, noun_after(after(match))
        half = match[2] == "1" and match[3] == "2"
        if match[1] and half:
            whole = "ein" if match[1] == "1" else self._numerals.in_words(match[1])
            return whole + self._language.numbers.and_a_half
        if half and not match[1]:
            if word_before(before(match)) == "zur":
                return "Hälfte"
            if _GERMAN_GENITIVE.match(after(match)):
                return "die Hälfte"
        if match[1] or not noun or genders is None:
            return self.plain(match)
        case, previous = case_of(before(match)), word_before(before(match))
        if half:
            adjective = adjective_for("halb", noun, case, genders)
            if re.fullmatch(r"(?:[mds]?ein|kein)\w*", previous):
                return adjective
            return f"{article_for(noun, case, genders)} {adjective}"
        if match[3] == "4" and noun in self._units:
            quarters = self._part(match).split()[0].removeprefix("ein")
            return f"{article_for(noun, case, genders)} {quarters}viertel"
        return self.plain(match)

    def spanish(self, match: re.Match[str]) -> str:
        """``media hora``, ``una hora y media``, ``tres cuartos de hora``."""
        genders, noun = self._numerals.genders, match[4]
        if genders is None or not counted_noun(f" {noun}"):
            return ""
        half = match[2] == "1" and match[3] == "2"
        if noun in ("parte", "partes") and not match[1] and not half:
            ordinal = spanish_ordinal(self._numerals.ordinal(int(match[3])), True, False)
            low = self._numerals.counted(int(match[2]), "", f" {noun}")
            return f"{low} {ordinal}{'s' * (noun == 'partes')} {noun}"
        part = spanish_half(noun, genders) if half else self._part(match)
        if match[1]:
            whole = self._numerals.counted(int(match[1]), before(match), f" {noun}")
            return f"{whole} {self._counted(match)} {self._and} {part}"
        return f"{part} {noun}" if half or not part else f"{part} de {noun}"

    def french(self, match: re.Match[str]) -> str:
        """``une demi-heure``, ``une heure et demie``, ``trois quarts d'heure``."""
        genders, noun = self._numerals.genders, match[4]
        if genders is None or not genders.of(noun):
            return ""
        half = match[2] == "1" and match[3] == "2"
        if match[1]:
            part = french_half(noun, genders) if half else self._part(match)
            whole = self._numerals.counted(int(match[1]), before(match), f" {noun}")
            return f"{whole} {self._counted(match)} et {part}"
        if half:
            article = "une " if genders.of(noun) == FEMININE else "un "
            if word_before(before(match)) in ("un", "une", "la", "le", "cette", "chaque", "d"):
                article = ""
            return f"{article}demi-{noun}"
        link = "d'" if noun[0].casefold() in "aeiouhâéèêœ" else "de "
        return f"{self._part(match)} {link}{noun}"

    def _counted(self, match: re.Match[str]) -> str:
        """The noun of *match*; a unit has the number of the whole."""
        for one, more in self._language.units.values():
            if match[4] in (one, more):
                return one if match[1] == "1" else more
        return _singular(match[4]) if match[1] == "1" else match[4]

    def _part(self, match: re.Match[str]) -> str:
        """``two thirds``."""
        low, high = int(match[2]), int(match[3])
        listed = self._forms.get(f"{low}/{high}", "")
        if listed or high < 2 or "one" not in self._forms:
            return listed
        name = self._forms.get(str(high)) or self._ordinal(high)
        if not name:
            return ""
        if low == 1:
            return f"{self._forms['one']} {name}"
        plural = "" if name.endswith(("s", "x")) else self._forms.get("plural", "")
        return f"{self._numerals.cardinal(low)} {name}{plural}"

    def _ordinal(self, high: int) -> str:
        ordinal = self._numerals.ordinal(high)
        if self._language.tag == "de" and ordinal:
            return f"{ordinal}l".capitalize()
        if self._language.tag == "es" and high > 10:
            return f"{self._numerals.cardinal(high).replace(' ', '')}avo"
        return ordinal


def _singular(noun: str) -> str:
    """*noun* in Spanish or French, without the ending of its plural."""
    if noun.endswith("iones"):
        return noun.removesuffix("iones") + "ión"
    return noun.removesuffix("s") if noun[-2:-1] in "aeioué" or not noun.endswith("es") else noun
