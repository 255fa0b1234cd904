"""Text normalization: an ordered list of steps from written text to text that engines read right.

What a language needs, such as its units and abbreviations, comes from its data file in
:mod:`psoas_audio.locale`. In a language without one, only punctuation is tidied, numbers are
written in words. Words that engines say wrongly are the business of :mod:`..pronunciation`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from psoas_audio.locale.languages import (
    ClockForms,
    Language,
    OrdinalForms,
    SignWords,
    find_language,
    main_language,
)
from psoas_audio.speech.whole_words import word_replacer


class NormalizationStep(NamedTuple):
    """A step of the normalization."""

    name: str
    """As ``psoas-audio say --explain`` shows it."""
    apply: Callable[[str], str]


_MAX_NUMBER_DIGITS = 15
"""Longer numbers are read digit by digit."""
_DIGIT = re.compile(r"\d")
_NUMBER = r"\d+(?:[.,]\d+)*"
_BEFORE_FRACTION_SIGN = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_PLAIN_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "⁄": "/", "−": "-", "‐": "-", "‑": "-", "‒": "-", "×": "x"}
)  # fmt: skip


def normalize_text(text: str, language: str) -> str:
    """The words of *text* in the BCP 47 *language*, written out, without marks and signs."""
    for step in _steps(language):
        text = step.apply(text)
    return text


def explain_normalization(text: str, language: str) -> list[tuple[str, str]]:
    """Name and result of each step of :func:`normalize_text`, in order."""
    results = []
    for step in _steps(language):
        text = step.apply(text)
        results.append((step.name, text))
    return results


def split_text(text: str, longest: int = 300) -> list[str]:
    """*text* in pieces of at most *longest* characters.

    It is cut at the ends of sentences if possible, else at commas, else between words.
    """
    pieces = [text.strip()] if text.strip() else []
    for cut in (r"(?<=[.!?])[\"')]*\s+", r"(?<=,)\s", r"\s"):
        pieces = [part for piece in pieces for part in _packed(piece, cut, longest)]
    return [
        piece[start : start + longest]
        for piece in pieces
        for start in range(0, len(piece), longest)
    ]


def _packed(text: str, cut: str, longest: int) -> list[str]:
    """*text* cut where *cut* matches, with as much as possible in each piece."""
    if len(text) <= longest:
        return [text]
    pieces: list[str] = []
    for part in re.split(cut, text):
        if pieces and len(pieces[-1]) + 1 + len(part) <= longest:
            pieces[-1] += " " + part
        elif part:
            pieces.append(part)
    return pieces


@cache
def _steps(language: str) -> list[NormalizationStep]:
    main, known = main_language(language), find_language(language)
    steps = [NormalizationStep("tidy", _tidy)]
    if known is not None:
        steps += [
            NormalizationStep("abbreviations", _abbreviations(known.abbreviations)),
            NormalizationStep("signs", lambda text: _signs(text, known.signs)),
            NormalizationStep("clock", _where_digits(lambda text: _clock(text, known.clock))),
            NormalizationStep("ranges", _where_digits(lambda text: _ranges(text, known.signs))),
            NormalizationStep("units", _where_digits(_units(known.units))),
            NormalizationStep("fractions", _where_digits(lambda text: _fractions(text, known))),
            NormalizationStep("ordinals", _where_digits(_ordinals(known.ordinals, main))),
        ]
    point = known.numbers.decimal_point if known else "."
    return [
        *steps,
        NormalizationStep("numbers", _where_digits(lambda text: _numbers(text, main, point))),
        NormalizationStep("markup", without_markup),
    ]


def _where_digits(step: Callable[[str], str]) -> Callable[[str], str]:
    """*step* for texts with digits; it changes no others, and most have none."""
    return lambda text: step(text) if _DIGIT.search(text) else text


def _tidy(text: str) -> str:
    """Make quotes, dashes and spaces plain; drop emoji, invisible and control characters."""
    text = unicodedata.normalize("NFKC", _BEFORE_FRACTION_SIGN.sub(" ", text)).translate(
        _PLAIN_SIGNS
    )
    text = re.sub(r"(?<=\d)\s*–\s*(?=\d)", "-", text)
    text = re.sub(r"\s*[—–]+\s*|\s-+\s", ", ", text)
    text = re.sub(r"\.{3,}", "...", text)
    if not (text.isascii() and text.isprintable()):
        spoken = (" " if c.isspace() else c for c in text if c.isspace() or _is_spoken(c))
        text = "".join(spoken)
    text = " ".join(text.split())
    return re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", text).lstrip(", ")


def _is_spoken(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "So":  # emoji and dingbats
        return character == "°"
    return category[0] != "C" and not 0xFE00 <= ord(character) <= 0xFE0F


def _abbreviations(abbreviations: Mapping[str, str]) -> Callable[[str], str]:
    return word_replacer({short.casefold(): words for short, words in abbreviations.items()})


def _signs(text: str, words: SignWords) -> str:
    for sign, word in (("&", words.ampersand), ("<", words.less_than), (">", words.more_than)):
        text = re.sub(rf"\s*{sign}\s*(?=[\w\s])", f" {word} ", text)
    text = re.sub(r"(?<![\w-])-(?=\d)", f"{words.minus} ", text)
    return re.sub(r"(?<=[^\W\d])/(?=[^\W\d])", f" {words.slash} ", text).strip()


def _clock(text: str, forms: ClockForms) -> str:
    def read(match: re.Match[str]) -> str:
        hour, minute = int(match[1]), int(match[2])
        form = forms.minutes if minute >= 10 else forms.first_minutes if minute else forms.full_hour
        return form.format(h=hour, m=minute)

    after = rf"(?:\s{forms.word_after}\b)?" if forms.word_after else ""
    return re.sub(rf"(?<![\d:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]){after}", read, text)


def _fractions(text: str, language: Language) -> str:
    numbers = language.numbers

    def read(match: re.Match[str]) -> str:
        words = language.fractions.get(match[2])
        if words is None:
            return match[0]
        if not match[1]:
            return words
        if match[2] == "1/2" and numbers.and_a_half:
            one = numbers.one_before_half if match[1] == "1" else ""
            whole = one or _in_words(match[1], language.tag) or match[1]
            return whole + numbers.and_a_half
        return f"{match[1]} {language.signs.ampersand} {words}"

    return re.sub(r"(?<![\d/.,])(?:(\d+)\s)?(\d/\d+)(?![\d/])", read, text)


def _ranges(text: str, words: SignWords) -> str:
    """Read ``4-7-8``, then ``30-60``, then ``3x``."""
    text = re.sub(r"(?<![\w-])\d+(?:-\d+){2,}(?![\w-])", lambda m: m[0].replace("-", ", "), text)
    text = re.sub(rf"(?<![\w-])({_NUMBER})-(?={_NUMBER})", rf"\1 {words.range} ", text)
    return re.sub(r"(?<!\w)(\d+)\s?x(?:\s?(?=\d)|(?!\w))", rf"\1 {words.times} ", text).strip()


def _units(units: Mapping[str, tuple[str, str]]) -> Callable[[str], str]:
    names = "|".join(re.escape(name) for name in sorted(units, key=len, reverse=True))
    # Four digits and an s are a decade. The full stop of a unit goes, unless it ends a sentence.
    amount = re.compile(
        rf"(?<![\w.,/])((?!\d{{4}}s\b)(?:(?:\d+ )?\d/)?{_NUMBER})\s?({names})(?!\w)"
        r"(?:\.(?=,|\s[a-zà-ÿ]))?"
    )

    def read(match: re.Match[str]) -> str:
        one, more = units[match[2]]
        part = "/" in match[1] and " " not in match[1]
        return f"{match[1]} {one if part or match[1] == '1' else more}"

    def step(text: str) -> str:
        # Minutes and seconds: 1m30s.
        text = re.sub(r"(?<!\w)(\d+)m(?:(?=\d+s\b)|\b)", r"\1min ", text).strip()
        return amount.sub(read, re.sub(r"(?<=min ) +", "", text))

    return step


def _ordinals(forms: OrdinalForms, main: str) -> Callable[[str], str]:
    if forms.full_stop_after:
        return _full_stop_ordinals(forms, main)
    if not forms.suffix:
        return lambda text: text
    ordinal = re.compile(rf"(?<![\w.,])(\d{{1,4}})(?:{forms.suffix})\b")
    return lambda text: ordinal.sub(lambda m: _in_words(m[1], main, "ordinal") or m[0], text)


def _full_stop_ordinals(forms: OrdinalForms, main: str) -> Callable[[str], str]:
    """Read ``am 2. Tag`` and ``1. Runde:``, but not a number at the end of a sentence."""
    before = "|".join(map(re.escape, (*forms.inflected_after, *forms.full_stop_after)))
    ordinal = re.compile(
        rf"((?:^|(?<=[.!?:;,] )|\b(?:{before})\s))(\d{{1,2}})\.(?= [A-ZÄÖÜ][a-zäöüß])",
        re.IGNORECASE,
    )

    def read(match: re.Match[str]) -> str:
        word = _in_words(match[2], main, "ordinal")
        inflected = match[1].casefold().strip() in forms.inflected_after
        return f"{match[1]}{word}{forms.ending * inflected}" if word else match[0]

    return lambda text: ordinal.sub(read, text)


def _numbers(text: str, main: str, point: str) -> str:
    group = "," if point == "." else "."
    grouped = rf"\d{{1,3}}(?:\{group}\d{{3}})+"

    def read(match: re.Match[str]) -> str:
        whole, decimals = match[1].replace(group, ""), match[2]
        if len(whole) > _MAX_NUMBER_DIGITS or (len(whole) > 1 and whole[0] == "0"):
            return " ".join(match[0])
        return _in_words(f"{whole}.{decimals}" if decimals else whole, main) or match[0]

    return re.sub(rf"(?<![\w.,:])({grouped}|\d+)(?:\{point}(\d{{1,6}}))?(?![\w:])", read, text)


@lru_cache(maxsize=1024)
def _in_words(number: str, main: str, form: str = "cardinal") -> str:
    """*number* in words, as ``cardinal`` or ``ordinal``; empty if num2words can't say it."""
    from num2words import num2words

    try:
        value = float(number) if "." in number else int(number)
        return str(num2words(value, lang=main, to=form))
    except (NotImplementedError, OverflowError, ValueError, TypeError, KeyError):
        return ""


def without_markup(text: str) -> str:
    """Remove signs that some engine takes for markup, phonemes or commands."""
    return " ".join(re.sub(r"[<>&\[\]{}|\\`*_#~^]+", " ", text).split())
