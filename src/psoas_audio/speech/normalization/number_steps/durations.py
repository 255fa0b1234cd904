"""Durations in short, ``1m30s``, ``2'30"``, ``0:45``, brought to units that are read next."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, alternatives, before
from psoas_audio.speech.normalization.numerals.genders import word_before

_THREE_PARTS = re.compile(r"(?<![\w.,:])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\w:])")
_TWO_PARTS = re.compile(
    r"(?<![\w.,:])(\d{1,3}):([0-5]\d)(?![\d:]|\s?[ap]\.?\s?m\b)"
    r"(\s?(?:min(?:ut\w*|s)?|h(?:rs?|ours?)?|Std|Stunden|heures?|horas?)(?!\w))?",
    re.IGNORECASE,
)
_HOURS_MINUTES = re.compile(
    r"(?<![\w.,:])(\d{1,2})\s?h(?:rs?)?\s?([0-5]?\d)\s?(m(?:in?s?|n)?)?(?!\w)"
)
_MINUTES_SECONDS = re.compile(
    r"(?<![\w.,:])(\d{1,3})\s?(?:m|min|mn)\.?\s?([0-5]?\d)\s?(?:s(?:e[ck]s?|eg)?(?!\w))?(?![\w%°/x-])"
)
_MINUTES = re.compile(r"(?<![\w.,])(\d{1,3})m(?![\w²³^/])")
_PRIMES = re.compile(r"(?<![\w.,'])(\d{1,3})'\s?(\d{1,2})(?:\"|'')?(?![\w'])")
_SECONDS_PRIME = re.compile(r"(?<![\w.,'])(\d{1,3}(?:[.,]\d)?)(?:\"|'')(?!\w)")
_MINUTES_PRIME = re.compile(r"(?<![\w.,'])(\d{1,3})'(?=\s|$|[,.;:!?)])")
_SIZE = re.compile(r"\s?-?(?:tall|high|long|wide|deep|ball|mat|block|board|strap|band|box|step)\b")
_SIZE_BEFORE = re.compile(r"\b(?:height|tall|stature)\b[^.]{0,20}$", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:I'm|I am|s?he's|(?:s?he|who) (?:is|was)|you're|stands|at)\s$", re.IGNORECASE
)
_OPEN_QUOTE = re.compile(r"(?:^|[\s(])'[^\W\d_]")


def duration_reader(language: Language) -> Callable[[str], str]:
    """Writes durations with the units of the language."""
    data = language.durations
    cues = re.compile(rf"(?<!\w)(?:{alternatives(data.cues)})", re.IGNORECASE)
    at = {word for line in data.clock_after for word in line.split()}
    clock_marks = re.compile(rf"\s?(?:{data.clock_marks})\b", re.IGNORECASE)
    one_hour_is_clock = data.hour_mark_is_clock == "yes"

    def two_parts(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        unit = (match[3] or "").strip().casefold()
        if clock_marks.match(match.string, match.end(2)):
            return match[0]
        if unit.startswith("min"):
            return _parts(("min", first), ("s", second))
        earlier = re.split(r"[.!?;]\s", before(match))[-1]
        announced = word_before(earlier) in at
        if int(first) == 0:
            duration = not announced or word_before(earlier) == "for"
        else:
            duration = int(first) > 23 or bool(not announced and cues.search(earlier))
        if not duration:
            return match[0]
        if unit:
            return _parts(("h", first), ("min", second))
        return _parts(("min", first), ("s", second))

    def hours_minutes(match: re.Match[str]) -> str:
        if not match[3] and (one_hour_is_clock or len(match[2]) < 2):
            return match[0]
        return _parts(("h", match[1]), ("min", match[2]))

    def two_primes(match: re.Match[str]) -> str:
        of_person = 4 <= int(match[1]) <= 7 and int(match[2]) < 12 and _PERSON.search(before(match))
        if of_person or _SIZE.match(after(match)) or _SIZE_BEFORE.search(before(match)):
            return f"{match[1]} ft {match[2]} in" if language.tag == "en" else match[0]
        return _parts(("min", match[1]), ("s", match[2]))

    inch_words = alternatives(language.adjectives.inch_before)
    before_inch_word = re.compile(
        rf"(?:\s?[-–]\s?\d{{1,3}}(?:[.,]\d)?(?:\"|''))?\s(?:{inch_words})(?!\w)"
    )

    def is_inches(match: re.Match[str]) -> bool:
        if _SIZE.match(match.string, match.end()):
            return True
        earlier = re.split(r"[.!?;]\s", before(match))[-1]
        return bool(before_inch_word.match(match.string, match.end())) and not cues.search(earlier)

    def step(text: str) -> str:
        if ":" in text:
            text = _THREE_PARTS.sub(lambda m: _parts(("h", m[1]), ("min", m[2]), ("s", m[3])), text)
            text = _TWO_PARTS.sub(two_parts, text)
        if "h" in text:
            text = _HOURS_MINUTES.sub(hours_minutes, text)
        if "m" in text:
            text = _MINUTES_SECONDS.sub(lambda m: _parts(("min", m[1]), ("s", m[2])), text)
            text = _MINUTES.sub(r"\1 min", text)
        if "'" in text or '"' in text:
            text = _PRIMES.sub(two_primes, text)
            text = _seconds_primes(text, is_inches)
            text = _MINUTES_PRIME.sub(
                lambda m: m[0] if _OPEN_QUOTE.search(before(m)) else f"{m[1]} min", text
            )
        return text

    return step


def _parts(*parts: tuple[str, str]) -> str:
    """``1 min 30 s``, without leading zeros and without parts of nothing."""
    said = [f"{int(value)} {unit}" for unit, value in parts if int(value)]
    return " ".join(said) or f"0 {parts[-1][0]}"


def _seconds_primes(text: str, is_inches: Callable[[re.Match[str]], bool]) -> str:
    """``30"`` as seconds or inches, unless the sign closes a quotation."""
    quotes = position = 0
    out = []
    for match in _SECONDS_PRIME.finditer(text):
        quotes += text.count('"', position, match.start())
        out.append(text[position : match.start()])
        if quotes % 2:
            quotes += 1
            out.append(match[0])
        else:
            out.append(f"{match[1]} {'in' if is_inches(match) else 's'}")
        position = match.end()
    return "".join([*out, text[position:]])
