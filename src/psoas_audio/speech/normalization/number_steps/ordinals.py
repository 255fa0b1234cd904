"""Ordinal numbers, with the endings that their neighbours ask for."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, before, word_set
from psoas_audio.speech.normalization.numerals.french import french_ordinal
from psoas_audio.speech.normalization.numerals.genders import word_before
from psoas_audio.speech.normalization.numerals.german import german_ordinal, noun_after
from psoas_audio.speech.normalization.numerals.numerals import Numerals
from psoas_audio.speech.normalization.numerals.spanish import counted_noun, spanish_ordinal

_ENGLISH = re.compile(
    r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d{1,9})\s?(?:st|nd|rd|th)(?!\w)", re.IGNORECASE
)
_ENGLISH_RANGE = re.compile(r"(?<=st|nd|rd|th)\s?[-–]\s?(?=\d{1,3}(?:st|nd|rd|th))", re.IGNORECASE)
_FRENCH = re.compile(
    r"(?<![\w.,])(\d{1,4})(?:(ers?|er)|(res?|ères?|ére|nde?s?)|(?:i?[eè]mes?|ième|es?))(?!\w)"
)
_FRENCH_AINE = re.compile(r"(?<![\w.,])(10|12|15|20|30|40|50|60|100)-?aine(s?)(?!\w)")
"""Such a number of things, more or less: a dozen is *une 12aine*."""
_FRENCH_ABOUT = {"10": "diz"}
_SPANISH = re.compile(
    r"(?<![\w.,])(\d{1,3})(?:\.?([ºª]|°(?!\s?[CF]\b))(s?)|\.?(er)(?!\w)|\.?(?:(?:[rdtmvn]|er)?([oa])(s?))(?!\w))"
)
_DEGREES = re.compile(r"(?<=\d)\s?[ºª]")
_GERMAN = re.compile(
    r"(?<![\w.,:/-])(\d{1,3})\.(?=(?:\s?[-–,]|\s(?:und|oder|bis|,)\s?)\s?\d{1,3}\.\s)|(?<![\w.,:/-])(\d{1,3})\.(?=\s[^\W\d_])"
)
_SPANISH_DETERMINERS = word_set(
    "el la los las un una su tu mi del al cada este esta en primer nuestro nuestra",
)


def ordinal_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads the ordinals of the language."""
    if language.tag == "es":
        return _spanish(numerals)
    if language.tag == "fr":
        return _french(numerals)
    if language.tag == "de":
        return _german(language, numerals)
    if language.tag == "en":
        return _english(language, numerals)
    if not language.ordinals.suffix:
        return lambda text: text
    ordinal = re.compile(rf"(?<![\w.,])(\d{{1,4}})(?:{language.ordinals.suffix})\b")
    return lambda text: ordinal.sub(lambda m: numerals.ordinal(int(m[1])) or m[0], text)


def _english(language: Language, numerals: Numerals) -> Callable[[str], str]:
    def read(match: re.Match[str]) -> str:
        return numerals.ordinal(int(match[1].replace(",", ""))) or match[0]

    def step(text: str) -> str:
        return _ENGLISH.sub(read, _ENGLISH_RANGE.sub(f" {language.signs.range} ", text))

    return step


def _french(numerals: Numerals) -> Callable[[str], str]:
    def read(match: re.Match[str]) -> str:
        number = int(match[1])
        if number == 2 and match[3] and match[3].startswith("n"):
            return "seconde" if "e" in match[3] else "second"
        plural = "s" if match[0].endswith("s") else ""
        feminine = bool(match[3]) or word_before(before(match)) in (
            "la",
            "une",
            "cette",
            "ma",
            "ta",
            "sa",
            "chaque",
        )
        return french_ordinal(numerals.ordinal(number), feminine) + plural

    def about(match: re.Match[str]) -> str:
        words = _FRENCH_ABOUT.get(match[1]) or numerals.cardinal(int(match[1])).rstrip("e")
        return f"{words}aine{match[2]}"

    return lambda text: _FRENCH.sub(read, _FRENCH_AINE.sub(about, text))


def _spanish(numerals: Numerals) -> Callable[[str], str]:
    def read(match: re.Match[str]) -> str:
        number, sign, short, letter = int(match[1]), match[2], match[4], match[5]
        noun = counted_noun(after(match))
        announced = word_before(before(match)) in _SPANISH_DETERMINERS
        starts = re.search(r"(?:^|[.!?:;]\s)$", before(match))
        counts = announced or starts or number == 1 or (noun and number <= 30)
        if sign in ("º", "°") and not (announced if sign == "°" else counts):
            return f"{match[1]}°"
        if not numerals.ordinal(number):
            return match[1] if sign else f"{match[1]} {match[0].removeprefix(match[1])}"
        feminine = sign == "ª" or letter == "a"
        plural = bool(match[3] or match[6])
        shortened = bool(short or noun) and not plural
        return spanish_ordinal(numerals.ordinal(number), feminine, shortened) + "s" * plural

    return lambda text: _DEGREES.sub("°", _SPANISH.sub(read, text))


def _german(language: Language, numerals: Numerals) -> Callable[[str], str]:
    forms, genders = language.ordinals, numerals.genders
    assert genders is not None
    before_it = {*forms.full_stop_after, *forms.inflected_after}
    links = re.compile(r"((?:\d{1,3}\.|[a-zäöüß]+(?:te|ste)[nrs]?)\s?(?:[-–,]|und|oder|bis)\s?)$")

    def announced(text: str) -> bool:
        """Whether the words before say that a number with a stop is an ordinal."""
        return word_before(text) in before_it

    def read(match: re.Match[str]) -> str:
        digits = match[1] or match[2]
        earlier, follows = before(match), after(match)
        # In "am 1. und 2. Tag" the words before the first number count for both.
        linked = links.search(earlier)
        start = earlier[: linked.start()] if linked else earlier
        noun = _noun_of_list(follows)
        lower = follows[1:2].islower()
        sure = announced(start) or (match[1] and True) or bool(linked)
        if match[1] is None and not sure:
            if lower:
                sure = True
            else:
                opens = not start.strip() or start.rstrip()[-1:] in ".!?:;,("
                sure = opens and genders.knows(noun) and bool(noun)
                if opens and not sure and not start.strip():
                    return f"{numerals.cardinal(int(digits))}:"
        if not sure or (lower and not announced(start) and not linked and not genders.knows(noun)):
            return match[0]
        if word_before(start) in (
            "bis",
            "nach",
            "ab",
            "seit",
            "mit",
            "von",
            "um",
        ) and not genders.knows(noun):
            return match[0]
        said = german_ordinal(numerals.ordinal(int(digits)), start, noun, genders)
        return _capital(said) if not start.strip() else said

    ranged = re.compile(r"(?<=\d\.)\s?[-–]\s?(?=\d{1,3}\.\s)")

    at_end = re.compile(r"(?<=\s)(\d{1,2})\.(?=\s*$|\s[A-ZÄÖÜ])")
    ends = ("der", "am", "den", "dem", "zum", "vom", "beim")

    def read_at_end(match: re.Match[str]) -> str:
        if word_before(before(match)) not in ends or _noun_of_list(after(match)):
            return match[0]
        said = numerals.ordinal(int(match[1]))
        return german_ordinal(said, before(match), "Tag", genders) + "."

    def step(text: str) -> str:
        if "." not in text:
            return text
        text = at_end.sub(read_at_end, text)
        return _GERMAN.sub(read, ranged.sub(f" {language.signs.range} ", text))

    return step


def _noun_of_list(text: str) -> str:
    """The noun that an ordinal belongs to, past further ordinals: ``und 2. Tag``."""
    rest = re.sub(r"^(?:\s?(?:[-–,]|und|oder|bis)?\s?\d{1,3}\.)+", "", text)
    return noun_after(rest)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
