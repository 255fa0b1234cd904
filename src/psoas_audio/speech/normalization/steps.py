"""From written words to words an engine says right: an ordered list of pure steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from psoas_audio.speech.lexicon import aliases, replacer
from psoas_audio.speech.normalization.wording import WORDINGS, Wording

Step = tuple[str, Callable[[str], str]]
"""Name and what it does."""

_MOST_DIGITS = 15
"""Longer numbers are read digit by digit."""
_DIGIT = re.compile(r"\d")
_DIGITS = r"\d+(?:[.,]\d+)*"
_VULGAR = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_PRETTY = str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "⁄": "/", "−": "-", "‐": "-", "‑": "-", "‒": "-", "×": "x"}
)  # fmt: skip


def prepare(text: str, language: str, lexicon: Mapping[str, str]) -> str:
    """What an engine shall say for *text*; *lexicon*: the script's own words and aliases."""
    for _, step in _steps(language, tuple(lexicon.items())):
        text = step(text)
    return text


def explain(text: str, language: str, lexicon: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name and result of every step of :func:`prepare`, in order."""
    told = []
    for name, step in _steps(language, tuple(lexicon.items())):
        text = step(text)
        told.append((name, text))
    return told


def sentences(text: str, longest: int = 300) -> list[str]:
    """*text* in pieces of at most *longest* characters, cut at sentences, commas or words."""
    pieces = [text.strip()] if text.strip() else []
    for cut in (r"(?<=[.!?])[\"')]*\s+", r"(?<=,)\s", r"\s"):
        pieces = [part for piece in pieces for part in _packed(piece, cut, longest)]
    return [
        piece[start : start + longest]
        for piece in pieces
        for start in range(0, len(piece), longest)
    ]


def _packed(text: str, cut: str, longest: int) -> list[str]:
    """*text* cut where *cut* matches, in pieces as few as greed finds; short text whole."""
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
def _steps(language: str, lexicon: tuple[tuple[str, str], ...]) -> list[Step]:
    main = language.split("-")[0].casefold()
    wording = WORDINGS.get(main)
    steps: list[Step] = [("tidy", _tidy)]
    if wording is not None:
        steps += [
            ("abbreviations", _abbreviations(wording)),
            ("signs", lambda text: _signs(text, wording)),
            ("clock", _where_digits(lambda text: _clock(text, wording))),
            ("ranges", _where_digits(lambda text: _ranges(text, wording))),
            ("units", _where_digits(lambda text: _units(text, wording, main))),
            ("fractions", _where_digits(lambda text: _fractions(text, wording, main))),
            ("ordinals", _where_digits(lambda text: _ordinals(text, wording, main))),
        ]
    point = wording.point if wording else "."
    steps.append(("numbers", _where_digits(lambda text: _numbers(text, main, point))))
    steps.append(("markup", _without_markup))

    def plain(text: str) -> str:
        for _, step in steps:
            text = step(text)
        return text

    # A script's words may hold numbers or signs: they are sought as they sound by then.
    own = {plain(word): _without_markup(_tidy(alias)) for word, alias in lexicon}
    own.pop("", None)
    return [*steps, ("lexicon", replacer(aliases(language, own)))]


def _where_digits(step: Callable[[str], str]) -> Callable[[str], str]:
    """*step*, which changes no text without digits: most are spared it."""
    return lambda text: step(text) if _DIGIT.search(text) else text


def _tidy(text: str) -> str:
    """Plain quotes, dashes and spaces; no emoji, no invisible or control characters."""
    text = unicodedata.normalize("NFKC", _VULGAR.sub(" ", text)).translate(_PRETTY)
    text = re.sub(r"(?<=\d)\s*–\s*(?=\d)", "-", text)
    text = re.sub(r"\s*[—–]+\s*|\s-+\s", ", ", text)
    text = re.sub(r"\.{3,}", "...", text)
    if not (text.isascii() and text.isprintable()):
        kept = (" " if c.isspace() else c for c in text if c.isspace() or _is_spoken(c))
        text = "".join(kept)
    text = " ".join(text.split())
    return re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", text).lstrip(", ")


def _is_spoken(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "So":  # emoji and dingbats
        return character == "°"
    return category[0] != "C" and not 0xFE00 <= ord(character) <= 0xFE0F


def _abbreviations(wording: Wording) -> Callable[[str], str]:
    return replacer({short.casefold(): words for short, words in wording.abbreviations.items()})


def _signs(text: str, wording: Wording) -> str:
    for sign, words in (("&", wording.and_), ("<", wording.less), (">", wording.more)):
        text = re.sub(rf"\s*{sign}\s*(?=[\w\s])", f" {words} ", text)
    text = re.sub(r"(?<![\w-])-(?=\d)", f"{wording.minus} ", text)
    return re.sub(r"(?<=[^\W\d])/(?=[^\W\d])", f" {wording.either} ", text).strip()


def _clock(text: str, wording: Wording) -> str:
    def said(match: re.Match[str]) -> str:
        hour, minute = int(match[1]), int(match[2])
        form = wording.clock[0 if minute == 0 else 1 if minute < 10 else 2]
        return form.format(h=hour, m=minute)

    after = rf"(?:\s{wording.hour}\b)?" if wording.hour else ""
    return re.sub(rf"(?<![\d:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]){after}", said, text)


def _fractions(text: str, wording: Wording, main: str) -> str:
    def said(match: re.Match[str]) -> str:
        words = wording.fractions.get(match[2])
        if words is None:
            return match[0]
        if not match[1]:
            return words
        if match[2] == "1/2" and wording.and_a_half:
            return _counted(match[1], main) + wording.and_a_half
        return f"{match[1]} {wording.and_} {words}"

    return re.sub(r"(?<![\d/.,])(?:(\d+)\s)?(\d/\d+)(?![\d/])", said, text)


def _ranges(text: str, wording: Wording) -> str:
    """``4-7-8``, then ``30-60``, then ``3x``."""
    text = re.sub(r"(?<![\w-])\d+(?:-\d+){2,}(?![\w-])", lambda m: m[0].replace("-", ", "), text)
    text = re.sub(rf"(?<![\w-])({_DIGITS})-(?={_DIGITS})", rf"\1 {wording.range} ", text)
    return re.sub(r"(?<!\w)(\d+)\s?x(?:\s?(?=\d)|(?!\w))", rf"\1 {wording.times} ", text).strip()


@cache
def _amount(main: str) -> re.Pattern[str]:
    """A number with a unit of the language *main*."""
    units = WORDINGS[main].units
    names = "|".join(re.escape(name) for name in sorted(units, key=len, reverse=True))
    # Four digits and an s are a decade; a unit's full stop ends a sentence only at the end.
    return re.compile(
        rf"(?<![\w.,/])((?!\d{{4}}s\b)(?:(?:\d+ )?\d/)?{_DIGITS})\s?({names})(?!\w)"
        r"(?:\.(?=,|\s[a-zà-ÿ]))?"
    )


def _units(text: str, wording: Wording, main: str) -> str:
    def said(match: re.Match[str]) -> str:
        one, more = wording.units[match[2]]
        part = "/" in match[1] and " " not in match[1]
        return f"{match[1]} {one if part or match[1] == '1' else more}"

    # Minutes and seconds: 1m30s.
    text = re.sub(r"(?<!\w)(\d+)m(?:(?=\d+s\b)|\b)", r"\1min ", text).strip()
    text = re.sub(r"(?<=min ) +", "", text)
    return _amount(main).sub(said, text)


def _ordinals(text: str, wording: Wording, main: str) -> str:
    if main == "de":
        return _german_ordinals(text)
    if not wording.ordinal:
        return text
    return re.sub(
        rf"(?<![\w.,])(\d{{1,4}})(?:{wording.ordinal})\b",
        lambda match: _in_words(match[1], main, "ordinal") or match[0],
        text,
    )


def _german_ordinals(text: str) -> str:
    """``am 2. Tag`` and ``1. Runde:``; a number that ends a sentence has no such word before it."""

    def said(match: re.Match[str]) -> str:
        word = _in_words(match[2], "de", "ordinal")
        strong = match[1].casefold().strip() in _ENDING_IN_N
        return f"{match[1]}{word}{'n' * strong}" if word else match[0]

    return re.sub(_GERMAN_ORDINAL, said, text, flags=re.IGNORECASE)


_ENDING_IN_N = ("am", "im", "vom", "zum", "zur", "beim", "dem", "den", "des", "seit", "ab", "nach")
"""After these an ordinal ends in -en, whatever its noun."""
_GERMAN_ORDINAL = (
    rf"((?:^|(?<=[.!?:;,] )|\b(?:{'|'.join(_ENDING_IN_N)}|der|die|das|jede[rsnm]?)\s))"
    r"(\d{1,2})\.(?= [A-ZÄÖÜ][a-zäöüß])"
)


def _counted(number: str, main: str) -> str:
    """*number* in words as it stands before a noun."""
    return "ein" if (main, number) == ("de", "1") else _in_words(number, main) or number


def _numbers(text: str, main: str, point: str) -> str:
    group = "," if point == "." else "."
    grouped = rf"\d{{1,3}}(?:\{group}\d{{3}})+"

    def said(match: re.Match[str]) -> str:
        whole, decimals = match[1].replace(group, ""), match[2]
        if len(whole) > _MOST_DIGITS or (len(whole) > 1 and whole[0] == "0"):
            return " ".join(match[0])
        return _in_words(f"{whole}.{decimals}" if decimals else whole, main) or match[0]

    return re.sub(rf"(?<![\w.,:])({grouped}|\d+)(?:\{point}(\d{{1,6}}))?(?![\w:])", said, text)


@lru_cache(maxsize=1024)
def _in_words(number: str, main: str, form: str = "cardinal") -> str:
    """*number* in words; empty where the language isn't known."""
    from num2words import num2words

    try:
        value = float(number) if "." in number else int(number)
        return str(num2words(value, lang=main, to=form))
    except (NotImplementedError, OverflowError, ValueError, TypeError, KeyError):
        return ""


def _without_markup(text: str) -> str:
    """No sign is left that some engine would take for markup, phonemes or a command."""
    return " ".join(re.sub(r"[<>&\[\]{}|\\`*_#~^]+", " ", text).split())
