"""Units in full, after their numbers and as parts of compounds."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, alternatives, before, ends_sentence
from psoas_audio.speech.normalization.numerals.german import noun_after
from psoas_audio.speech.normalization.numerals.numerals import NUMBER, Numerals

_DEGREE_SIGN = re.compile(r"(?<=\d)\s?º")
_BREATH_COUNT = re.compile(r"\b(?:breath|inhal|exhal|count|for\s$)", re.IGNORECASE)
_STOP_GOES = re.compile(r"\s?[,;:)]|\s[a-zß-ÿ(]|\s?[-–]")


def unit_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads units, singular or plural; as adjectives where the language has them so."""
    units = language.units
    lower = {name.casefold(): words for name, words in units.items() if len(name) > 1}
    names = alternatives(units)
    amount = rf"(?:\d{{1,3}} )?\d{{1,2}}/\d{{1,3}}|{NUMBER}"
    # Four digits and an s are a decade.
    after_number = re.compile(
        rf"(?<![\w.,/])(?<!\d')((?!\d{{4}}s\b)(?:{amount}))\s?({names})(?![\w'])(\.(?!\w))?",
        re.IGNORECASE,
    )
    compound = re.compile(
        rf"(?<![\w.,/])(?<!\d')({NUMBER})-({names})(?!\w)(\.?)(-?)", re.IGNORECASE
    )
    degree_nouns = alternatives(language.adjectives.degree_nouns)
    degrees_before_noun = re.compile(
        rf"(?<![\w.,])({NUMBER})\s?°-?(?=[ ]?(?:{degree_nouns})(?!\w))"
    )
    german_compound = re.compile(rf"(?<![\w.,/])(?<!\d')({NUMBER})\s?({names})-(?=[A-ZÄÖÜ])")
    determiners = alternatives(language.adjectives.determiners)
    not_nouns = alternatives(w for line in language.adjectives.not_nouns for w in line.split())
    adjective = re.compile(
        rf"(?<!\w)((?:{determiners})\s(?:[a-z]+\s)?(?:{NUMBER}\s(?:to|or)\s)?{NUMBER})[\s]?({names})(?!\w)\.?\s(?=[a-z]+\b)(?!(?:{not_nouns})(?!\w))",
        re.IGNORECASE,
    )
    is_english, is_german = language.tag == "en", language.tag == "de"
    inch = re.compile(
        rf"\s?(?:{alternatives(language.adjectives.inch_before)})(?!\w)|\s*[.,;!)]|\s*$"
        rf"|\s{language.signs.range}\s{NUMBER}\s?in(?!\w)"
    )

    inch_things = re.compile(rf"(?:{alternatives(language.adjectives.inch_things)})(?!\w)")

    def words_of(name: str) -> tuple[str, ...] | None:
        return units.get(name) or lower.get(name.casefold())

    def is_inch(match: re.Match[str]) -> bool:
        counted = _BREATH_COUNT.search(before(match)) or " out" in after(match)[:25]
        return bool(inch.match(match.string, match.end(2))) and not counted

    def read(match: re.Match[str]) -> str:
        words = words_of(match[2])
        if words is None:
            return match[0]
        if is_english and match[2].casefold() == "in" and not is_inch(match):
            return match[0]
        number = match[1]
        part = "/" in number and " " not in number
        said = words[0] if part or (" " not in number and numerals.is_one(number)) else words[1]
        return f"{number} {said}{_stop(match)}"

    def _stop(match: re.Match[str]) -> str:
        if not match[3]:
            return ""
        follows = after(match)
        if _STOP_GOES.match(follows):
            return ""
        following_number = re.match(rf"\s{NUMBER}\s?({names})(?!\w)", follows, re.IGNORECASE)
        if following_number:
            return ""
        if is_german and numerals.genders and numerals.genders.knows(noun_after(follows)):
            return ""
        return "." if ends_sentence(match) or follows[:1] == " " else ""

    def read_compound(match: re.Match[str]) -> str:
        words = words_of(match[2])
        if words is None:
            return match[0]
        if is_english:
            said = f"{match[1]}-{words[0]}{match[4]}"
        elif is_german:
            said = f"{match[1]}-{words[1]}{match[4]}"
        else:
            unit = words[0] if numerals.is_one(match[1]) else words[1]
            said = f"{match[1]} {unit}{' ' * len(match[4])}"
        return said + "." * bool(match[3] and not match[4] and ends_sentence(match))

    def read_adjective(match: re.Match[str]) -> str:
        words = words_of(match[2])
        is_in = match[2].casefold() == "in"
        if not words or (is_in and not inch_things.match(match.string, match.end())):
            return match[0]
        return f"{match[1]}-{words[0]} "

    def step(text: str) -> str:
        if "º" in text:
            text = _DEGREE_SIGN.sub("°", text)
        if is_english:
            text = adjective.sub(read_adjective, text)
            text = degrees_before_noun.sub(
                lambda m: f"{m[1]}-{units['°'][0]}" + " " * (text[m.end() : m.end() + 1] != " "),
                text,
            )
        if is_german:
            text = german_compound.sub(
                lambda m: f"{m[1]}-{(words_of(m[2]) or (m[2], m[2]))[1]}-", text
            )
        if "-" in text:
            text = compound.sub(read_compound, text)
        return after_number.sub(read, text)

    return step
