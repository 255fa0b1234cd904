"""How often: ``3x``, ``3x10``, ``x4``; and counted patterns of breath: ``4-7-8``."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, alternatives, before
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_PATTERN = re.compile(r"(?<![\w.,/-])\d{1,2}(?:\s?[-–]\s?\d{1,2}){2,}(?![\w%°/]|[.,-]\d)")
_EQUAL = re.compile(r"(?<![\w.,/-])(\d{1,2})[-–]\1(?![\w%°/]|[.,-]\d|\s?-)")
_LENGTHS = "cm|mm|m|in|ft"
_DIGITS = re.compile(r"\d+")
_PRODUCT = re.compile(r"(?<![\w.,/-])(\d{1,3})\s?[xX*]\s?(?=\d)")
_RANGE_TIMES = re.compile(r"(?<![\w.,/-])(\d{1,3})\s?[-–]\s?(\d{1,3})\s?[xX](?![\w*])")
_TIMES = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[.,]\d{1,2})?)\s?[xX](?![\w*])")
_TIMES_AFTER = re.compile(r"(?<!\w)[xX]\s?(\d{1,3})(?![\w%°:/]|[.,]\d)")


def count_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads how often something is done."""
    forms = language.counting
    nouns = alternatives(word for line in forms.pattern_nouns for word in line.split())
    pair = re.compile(
        rf"(?<![\w.,/-])(\d{{1,2}})-(\d{{1,2}})(?=[ -](?:{nouns})(?!\w))", re.IGNORECASE
    )

    size = re.compile(
        rf"(?<=\d)(\s?(?:{_LENGTHS}))\s?[xX]\s?(?=\d+(?:[.,]\d+)?\s?(?:{_LENGTHS})(?!\w))"
    )
    product_of_nouns = re.compile(r"(?<=[a-zß-ÿ])\s[xX]\s?(?=\d{1,3}(?:[-–]\d+)?\s?[^\W\d_]{2})")

    def times(number: str) -> str:
        special = {"1": forms.once, "2": forms.twice}.get(number)
        said = numerals.in_words(number, "", f" {forms.times_noun}")
        return special or forms.times.format(n=said)

    def pattern(match: re.Match[str]) -> str:
        return ", ".join(numerals.cardinal(int(each)) for each in _DIGITS.findall(match[0]))

    def product(match: re.Match[str]) -> str:
        return f"{numerals.cardinal(int(match[1]))} {language.signs.times} "

    def range_times(match: re.Match[str]) -> str:
        low = numerals.counted(int(match[1]), "", f" {forms.times_noun}")
        high = numerals.counted(int(match[2]), "", f" {forms.times_noun}")
        return forms.range_times.format(low=low, high=high)

    def step(text: str) -> str:
        if "-" in text or "–" in text:
            text = _PATTERN.sub(pattern, text)
            text = _EQUAL.sub(pattern, text)
            text = pair.sub(pattern, text)
        if "x" in text or "X" in text or "*" in text:
            text = _RANGE_TIMES.sub(range_times, text)
            text = _PRODUCT.sub(product, text)
            text = _TIMES.sub(lambda m: times(m[1]), text)
            text = size.sub(rf"\1 {language.signs.by} ", text)
            text = product_of_nouns.sub(f" {language.signs.times} ", text)
            text = _TIMES_AFTER.sub(_after_comma(times), text)
        return text

    return step


def _after_comma(times: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    """``30s x3`` as ``30s, three times``."""

    def read(match: re.Match[str]) -> str:
        said = times(match[1])
        return (
            f", {said}"
            if re.search(r"[\w)]\s$", before(match)) and not after(match)[:2].strip()
            else said
        )

    return read
