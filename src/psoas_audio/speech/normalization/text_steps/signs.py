"""Signs between and before words: ``&``, ``@``, ``<``, ``±``, ``#``, the slash."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language

_HAS_SIGN = re.compile(r"[&@<>=+/~#%^±≤≥≠÷√∞§°$€£¥¢-]")
_SLASH = re.compile(r"(?<=[^\W\d_])(?:\.|(-))?\s?/\s?-?(?=[^\W\d_])")
_GERMAN_FEMININE = re.compile(r"(?<=[a-zäöüß])[*:_/]-?(?=in(?:nen)?(?!\w))")
_LEFT_SLASH = re.compile(r"(?<=\w)\s?/\s?(?=\w)")


def sign_reader(language: Language) -> Callable[[str], str]:
    """Reads the signs that no other step has read."""
    words = language.signs
    rules: list[tuple[str, re.Pattern[str], str]] = [
        ("&", re.compile(r"\s*&\s*(?=[\w\s])"), f" {words.ampersand} "),
        ("≥", re.compile(r"\s*(?:≥|>=)\s*(?=[\w-])"), f" {words.at_least} "),
        ("≤", re.compile(r"\s*(?:≤|<=)\s*(?=[\w-])"), f" {words.at_most} "),
        (">", re.compile(r"\s*>=\s*(?=[\w-])"), f" {words.at_least} "),
        ("<", re.compile(r"\s*<=\s*(?=[\w-])"), f" {words.at_most} "),
        ("<", re.compile(r"\s*<\s*(?=[\w\s-])"), f" {words.less_than} "),
        (">", re.compile(r"\s*>\s*(?=[\w\s-])"), f" {words.more_than} "),
        ("±", re.compile(r"\s*±\s*(?=\d)"), f" {words.plus_minus} "),
        ("+", re.compile(r"\+\s?/\s?-\s*(?=\d)"), f"{words.plus_minus} "),
        ("~", re.compile(r"(?<!\w)~\s?(?=\d)"), f"{words.about} "),
        ("+", re.compile(r"(?<=\d)\+(?=\s|$|[.,;:!?)-])"), f" {words.and_more}"),
        ("+", re.compile(r"\s*\+\s*(?=\w)"), f" {words.plus} "),
        ("^", re.compile(r"(?<=\w)\^2(?!\d)"), f" {words.squared}"),
        ("^", re.compile(r"(?<=\w)\^3(?!\d)"), f" {words.cubed}"),
        ("^", re.compile(r"(?<=\w)\^(?=-?\d)"), f" {words.power} "),
        ("=", re.compile(r"(?<=\d)\s-\s(?=\d+(?:[.,]\d+)?\s?=)"), f" {words.minus} "),
        ("=", re.compile(r"\s*=+\s*(?=\w)"), f" {words.equals} "),
        ("≠", re.compile(r"\s*≠\s*(?=\w)"), f" {words.not_equal} "),
        ("÷", re.compile(r"\s*÷\s*(?=\d)"), f" {words.divided_by} "),
        ("@", re.compile(r"(?<!\S)@\s*(?=\S)"), f"{words.at} "),
        ("#", re.compile(r"(?<!\w)#\s?(?=\d)"), f"{words.number} "),
        ("-", re.compile(r"(?<![\w-])-(?=\d)"), f"{words.minus} "),
        ("%", re.compile(r"\s?%"), f" {words.percent} "),
        ("°", re.compile(r"\s?°"), f" {words.degrees} "),
        ("∞", re.compile(r"\s?∞"), f" {words.infinity} "),
        ("√", re.compile(r"\s?√\s?(?=\d)"), f" {words.root_of} "),
        ("§", re.compile(r"§\s?(?=\d)"), f"{words.section} "),
    ]

    is_german = language.tag == "de"
    twice_about = re.compile(rf"(?<!\w)({words.about}) {words.about}(?!\w)", re.IGNORECASE)

    def step(text: str) -> str:
        if is_german and "in" in text:
            text = _GERMAN_FEMININE.sub(" ", text)
        if not _HAS_SIGN.search(text):
            return text
        for sign, pattern, said in rules:
            if sign in text:
                text = pattern.sub(said, text)
        if "/" in text:
            text = _SLASH.sub(lambda m: f"{m[1] or ''} {words.slash} ", text)
            text = _LEFT_SLASH.sub(" ", text)
        text = " ".join(text.split())
        return twice_about.sub(r"\1", text)

    return step
