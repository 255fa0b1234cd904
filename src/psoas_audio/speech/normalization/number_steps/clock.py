"""Times of day."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import (
    after,
    before,
    dotted,
    ends_sentence,
)
from psoas_audio.speech.normalization.numerals.genders import word_before
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_HALF_OF_DAY = r"(?P<half>[aApP])(?P<dot>\.?)\s?[mM](?P<stop>\.?)(?!\w)"
_RANGE = re.compile(
    r"(?<![\w.,:/-])(\d{1,2}(?:[:.h]\d{2})?h?)\s?([aApP]\.?[mM]\.?)?\s?[-–]\s?"
    r"(?=\d{1,2}(?:[:h]\d{2}(?!\d)|(?:\.\d\d)?\s?[aApP]\.?\s?[mM]\b|\s?Uhr\b|h(?!\w)))"
)
_WITH_HALF = re.compile(rf"(?<![\w.,:/])(?P<h>0?\d|1[0-2])(?:[:.](?P<m>[0-5]\d))?\s?{_HALF_OF_DAY}")
_PLAIN = r"(?<![\w.,:/])(?P<h>[01]?\d|2[0-4])"
_COLON = re.compile(rf"{_PLAIN}:(?P<m>[0-5]\d)(?![\d:]|\.\d)")


def clock_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads ``7:30``, ``6 a.m.``, ``14.30 Uhr``, ``7h30``, and ranges of them."""
    forms = language.clock
    word = f"(?:\\s?(?:{forms.marks})(?!\\w))" if forms.marks else ""
    with_word = re.compile(rf"{_PLAIN}(?:[:.](?P<m>[0-5]\d))?{word}") if word else None
    with_h = (
        re.compile(rf"{_PLAIN}\s?[hH]\s?(?P<m>[0-5]\d)?(?![\w/]|\.\d|\s?mi?n?\b)")
        if forms.h_mark == "yes"
        else None
    )
    at = {each for line in language.durations.clock_after for each in line.split()}
    articles = set(forms.no_article_after)
    hours = f" {forms.hours}" if forms.hours else ""
    marks = re.compile(rf"\s?(?:{forms.marks}|h)(?!\w)\.?") if forms.marks else re.compile(r"(?!)")

    def said(
        match: re.Match[str], minute: str | None, *, half: bool = False, mark: bool = False
    ) -> str:
        hour = int(match["h"])
        minutes = int(minute or 0)
        spoken = forms.one if hour == 1 and forms.one else numerals.counted(hour, "", hours)
        if minutes:
            form = forms.minutes if minutes >= 10 else forms.first_minutes
        elif half:
            form = "{h}"
        else:
            form = forms.full_hour_marked if mark and forms.full_hour_marked else forms.full_hour
        if hour < 2 and forms.one:
            form = form.replace("heures", "heure").replace("horas", "hora")
        text = form.format(
            h=spoken, m=numerals.counted(minutes, "", hours if forms.minutes_agree else "")
        )
        if forms.article and word_before(before(match)) not in articles:
            text = f"{forms.article_one if hour == 1 else forms.article} {text}"
        return text

    def with_half(match: re.Match[str]) -> str:
        letters = dotted(match["half"].upper() + "M")
        stop = "." if match["stop"] and ends_sentence(match) else ""
        return f"{said(match, match['m'], half=True)} {letters}{stop}"

    def hour_and_word(match: re.Match[str]) -> str:
        if not match["m"] and forms.h_mark and word_before(before(match)) not in at:
            return match[0]
        return said(match, match["m"], mark=True)

    def hour_and_h(match: re.Match[str]) -> str:
        if not match["m"] and not forms.h_is_clock and word_before(before(match)) not in at:
            return match[0]
        return said(match, match["m"], mark=True)

    def read_range(match: re.Match[str]) -> str:
        link = language.signs.range
        if forms.article and word_before(before(match)) in {"las", "la"}:
            link = f"{link} {forms.article}"
        return f"{match[1]}{' ' + match[2] if match[2] else ''} {link} "

    def step(text: str) -> str:
        text = _RANGE.sub(read_range, text)
        text = _WITH_HALF.sub(with_half, text)
        if with_word:
            text = with_word.sub(hour_and_word, text)
        if ":" in text:
            text = _COLON.sub(lambda m: said(m, m["m"], mark=bool(marks.match(after(m)))), text)
        if with_h and ("h" in text or "H" in text):
            text = with_h.sub(hour_and_h, text)
        return text

    return step
