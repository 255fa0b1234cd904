"""Amounts of money, with the sign before or after."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import alternatives, before
from psoas_audio.speech.normalization.numerals.numerals import NUMBER, Numerals

_SCALES = {"k": 1000, "K": 1000}


def currency_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads ``$1,234.56``, ``5,50 €``, ``$5-10``, ``Fr. 50.–``."""
    own = language.regions.get(numerals.region, {}).get("currencies", {})
    units = {**language.currencies, **own}
    made = cache(lambda: _amount_reader(units, language, numerals))
    return lambda text: made()(text) if any(name in text for name in units) else text


def _amount_reader(
    units: Mapping[str, tuple[str, ...]], language: Language, numerals: Numerals
) -> Callable[[str], str]:
    names = alternatives(units)

    def amount(name: str) -> str:
        return rf"(?P<{name}>{NUMBER})(?P<{name}k>k|K)?(?P<{name}dash>\.[-–—]{{1,2}})?"

    link = r"\s?(?:-|–|to|bis|a|à)\s?"
    first = re.compile(
        rf"(?<![\w$€£])(?P<unit>{names})\s?{amount('n')}"
        rf"(?:(?P<link>{link})(?:{names})?\s?{amount('n2')})?(?P<scale>\s(?:million|billion|Million(?:en)?|millones|millón|millions?)\b)?(?![\w]|[.,]\d)"
    )
    second = re.compile(
        rf"(?<![\w.,/])(?<!\d')(?:{amount('n2')}(?P<link>{link}))?{amount('n')}(?P<scale>\s(?:million|billion|Million(?:en)?|millones|millón|millions?))?\s?(?P<unit>{names})(?!\w)"
    )
    determiners = alternatives(language.adjectives.determiners)
    not_nouns = alternatives(w for line in language.adjectives.not_nouns for w in line.split())
    adjective = re.compile(
        rf"(?<!\w)({determiners})\s(?P<unit>{names})(?P<n>{NUMBER})(?=\s[a-z]+\b)"
        rf"(?!\s(?:{not_nouns})(?!\w))",
        re.IGNORECASE,
    )
    forms = language.money
    cents_value = re.compile(r"\d{2}")

    def one_amount(
        written: str, unit: tuple[str, ...], match: re.Match[str], *, bare: bool = False
    ) -> str:
        one, more, cent, cents = unit
        whole, sign, decimals = numerals.value(written)
        if sign and cents_value.fullmatch(decimals) and cent:
            main = numerals.counted(int(whole), before(match), f" {more}")
            name = one if whole == "1" else more
            if int(decimals) == 0:
                return main if bare else f"{main} {name}"
            part = numerals.counted(int(decimals), "", f" {cents}")
            if int(whole) == 0:
                return f"{part} {cent if int(decimals) == 1 else cents}"
            return forms.cents.format(
                main=f"{main} {name}", part=part, cent=cent if int(decimals) == 1 else cents
            )
        name = one if numerals.is_one(written) else more
        said = numerals.in_words(written, before(match), f" {name}")
        return said if bare else f"{said} {name}"

    def read(match: re.Match[str]) -> str:
        unit = units[match["unit"]]
        groups = match.groupdict()
        written, other = groups["n"], groups.get("n2")
        scale = groups.get("scale")
        if scale:
            of = f" {forms.of}" if forms.of else ""
            return f"{numerals.in_words(written)}{scale}{of} {unit[1]}"
        if groups["nk"]:
            written = str(int(float(numerals.value(written)[0]) * 1000))
        first_is_unit = match[0].startswith(match["unit"])
        if other:
            low, high = (written, other) if first_is_unit else (other, written)
            return (
                f"{one_amount(low, unit, match, bare=True)} {language.signs.range} "
                f"{one_amount(high, unit, match)}"
            )
        return one_amount(written, unit, match)

    def before_noun(match: re.Match[str]) -> str:
        one = units[match["unit"]][0]
        return f"{match[1]} {numerals.in_words(match['n'])}-{one}"

    def step(text: str) -> str:
        if language.tag == "en":
            text = adjective.sub(before_noun, text)
        return second.sub(read, first.sub(read, text))

    return step
