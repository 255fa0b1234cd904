"""The numbers of rulers: ``Henry VIII``, ``Ludwig II.``, ``François Ier``."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import alternatives, before, ends_sentence
from psoas_audio.speech.normalization.numerals.genders import word_before
from psoas_audio.speech.normalization.numerals.german import DATIVE, case_of
from psoas_audio.speech.normalization.numerals.numerals import Numerals
from psoas_audio.speech.normalization.numerals.spanish import spanish_ordinal
from psoas_audio.speech.normalization.text_steps.roman import ROMAN, roman_value

_LAST_SPANISH_ORDINAL = 10
"""Up to Pío décimo; then Alfonso doce (RAE, Ortografía de la lengua española, 2010)."""
_GERMAN_ACCUSATIVE_AFTER = ("für", "um", "durch", "gegen", "ohne", "über")


def ruler_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads a Roman numeral after the name of a king, a queen or a pope."""
    data = language.roman
    feminine = {name for line in data.queens for name in line.split()}
    names = alternatives({*feminine, *(name for line in data.kings for name in line.split())})
    ruler = re.compile(
        rf"(?<![\w-])(?P<name>(?:(?:{names})[ -])*(?:{names}))(?P<genitive>s?)\s(?P<number>{ROMAN})"
        r"(?:(?<=I)(?:er|re|ère))?(?P<stop>\.?)(?![\w'-])"
    )
    title = re.compile(rf"(?:{alternatives(data.titles)})s?\s$", re.IGNORECASE)
    pronoun = re.compile(
        rf"\s(?:{alternatives(w for x in data.verbs_after_i for w in x.split())})\b"
    )
    say = {"en": _english, "de": _german, "es": _spanish, "fr": _french}.get(language.tag)

    def read(match: re.Match[str]) -> str:
        is_i = match["number"] == "I" and data.verbs_after_i
        if is_i and pronoun.match(match.string, match.end()):
            return match[0]
        earlier = title.sub("", before(match))
        is_queen = re.split("[ -]", match["name"])[-1] in feminine
        assert say is not None
        said = say(match, roman_value(match["number"]), earlier, is_queen, numerals)
        stop = "." if match["stop"] and ends_sentence(match) else ""
        return f"{match['name']}{match['genitive']} {said}{stop}"

    def step(text: str) -> str:
        return ruler.sub(read, text) if _MAY_HAVE_ONE.search(text) else text

    return step if say else lambda text: text


_MAY_HAVE_ONE = re.compile(r"[a-zß-ÿ]\s[IVX]")


def _english(_: re.Match[str], number: int, __: str, ___: bool, numerals: Numerals) -> str:
    return f"the {numerals.ordinal(number)}"


def _german(
    match: re.Match[str], number: int, earlier: str, is_queen: bool, numerals: Numerals
) -> str:
    ordinal = numerals.ordinal(number).capitalize()
    last = word_before(earlier)
    if match["genitive"] or last in ("des", "eines"):
        return f"{'der' if is_queen else 'des'} {ordinal}n"
    if last in _GERMAN_ACCUSATIVE_AFTER:
        return f"die {ordinal}" if is_queen else f"den {ordinal}n"
    if last in ("dem", "der") or case_of(earlier) == DATIVE:
        return f"{'der' if is_queen else 'dem'} {ordinal}n"
    return f"{'die' if is_queen else 'der'} {ordinal}"


def _spanish(_: re.Match[str], number: int, __: str, is_queen: bool, numerals: Numerals) -> str:
    if number > _LAST_SPANISH_ORDINAL:
        return numerals.cardinal(number)
    return spanish_ordinal(numerals.ordinal(number), is_queen, before_noun=False)


def _french(_: re.Match[str], number: int, __: str, is_queen: bool, numerals: Numerals) -> str:
    if number > 1:
        return numerals.cardinal(number)
    return "première" if is_queen else "premier"
