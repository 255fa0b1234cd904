"""Telephone numbers, and numbers in spaced groups."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import alternatives
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_INTERNATIONAL = re.compile(
    r"(?<![\w.,/])(?:\+|00)[1-9]\d{0,2}(?:[ ./-]?\(?\d{1,8}\)?){2,7}(?![\w%])"
)
_LEADING_ZERO = re.compile(r"(?<![\w.,/:-])(?<!\d )\(?0\d{1,5}\)?(?:[ /-]\d{1,8}){1,5}(?![\w%:])")
_AMERICAN = re.compile(r"(?<![\w.,/-])(?:\(\d{3}\)\s?|\d{3}[-.])?\d{3}[-.]\d{4}(?![\w-])")
_AFTER_CALL = r"\+?\d[\d ().-]{0,20}\d(?![\w%:/])"
_POINT_FIRST = re.compile(r"(?:(?<=[\s(~<>+±$€£-])|^)\.(?=\d{1,3}(?![\w.]))")
_GROUPS = re.compile(r"(?<![\w.,'/:-])(?<!\d )([1-9]\d{0,2}(?: \d{3})+)(?![\w'-])(?! \d)")


def phone_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads telephone numbers digit by digit, or in pairs where the language does."""
    data = language.phone
    calls = alternatives(word for line in data.after for word in line.split())
    articles = alternatives(data.articles)
    after_call = re.compile(
        rf"(?<!\w)((?:{calls})(?:\s(?:{articles}))?\s)({_AFTER_CALL})(?!\s?(?:{alternatives(data.not_before)})\b)",
        re.IGNORECASE,
    )
    has_call = re.compile(rf"(?<!\w)(?:{calls})(?!\w)", re.IGNORECASE)

    def read(written: str) -> str:
        groups = re.findall(r"\d+", written)
        plus = f"{language.signs.plus} " if written.startswith("+") else ""
        pairs = data.pairs == "yes"
        return plus + ", ".join(
            _pair(group, numerals) if pairs else numerals.digits(group) for group in groups
        )

    def read_after_call(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match[2])
        if data.pairs == "yes" and len(digits) < 4:
            return match[0]
        return match[1] + read(match[2]) if len(digits) > 2 else match[0]

    def step(text: str) -> str:
        for pattern in (_INTERNATIONAL, _LEADING_ZERO, _AMERICAN):
            text = pattern.sub(lambda match: read(match[0]), text)
        return after_call.sub(read_after_call, text) if has_call.search(text) else text

    return step


def group_joiner(numerals: Numerals) -> Callable[[str], str]:
    """Reads ``10 000`` as one number, and ``.5`` where a point is the sign of decimals as 0.5."""
    has_point = numerals.point == "."

    def step(text: str) -> str:
        if has_point and "." in text:
            text = _POINT_FIRST.sub("0.", text)
        return _GROUPS.sub(lambda match: match[1].replace(" ", ""), text)

    return step


def _pair(group: str, numerals: Numerals) -> str:
    if len(group) == 4:
        return f"{_pair(group[:2], numerals)} {_pair(group[2:], numerals)}"
    if len(group) > 3:
        return numerals.digits(group)
    zeros = len(group) - len(group.lstrip("0"))
    rest = group[zeros:]
    said = [numerals.cardinal(0)] * zeros + ([numerals.cardinal(int(rest))] if rest else [])
    return " ".join(said)
