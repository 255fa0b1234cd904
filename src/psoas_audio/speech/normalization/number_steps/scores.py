"""Two numbers with a slash or colon that are no fraction: scores, ratios, parts of a series."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, alternatives, before
from psoas_audio.speech.normalization.numerals.genders import word_before
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_RATIO = re.compile(r"(?<![\w.,:/])(\d{1,3})\s?:\s?(\d{1,3})((?::\d{1,3})*)(?![\w:]|[.,]\d)")
_SLASHED = re.compile(r"(?<![\w.,/-])(\d{1,3})\s?/\s?(\d{1,3})(?![\w/]|[.,]\d|-\w)")
_RANGE = re.compile(r"(?<![\w.,/-])(\d{1,2})\s?[-–]\s?(\d{1,2})/(\d{1,3})(?![\w/]|[.,]\d)")
_BARE_SLASHED = re.compile(r"(?<![\w.,/-])(\d{1,3})/(\d{1,3})/(\d{1,3})(?![\w/]|[.,]\d)")


def score_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads ``3/10``, ``1:2``, ``90/90``, ``24/7``, ``120/80``, ``Round 1/3``."""
    forms = language.scores
    series = {word.casefold() for line in forms.series for word in line.split()}
    scales = re.compile(
        rf"(?<!\w)(?:{alternatives(word for line in forms.scales for word in line.split())})",
        re.IGNORECASE,
    )
    of = re.compile(rf"\s(?:{alternatives(forms.fraction_before)})(?!\w)")
    ratio_words = re.compile(
        rf"(?<!\w)(?:{alternatives(word for line in forms.ratio_after for word in line.split())})",
        re.IGNORECASE,
    )

    def number(written: str) -> str:
        return numerals.cardinal(int(written))

    def slashed(match: re.Match[str]) -> str:
        low, high = int(match[1]), int(match[2])
        is_part = bool(of.match(after(match)))
        earlier = before(match)
        if word_before(earlier) in series:
            return f"{number(match[1])} {forms.of} {number(match[2])}"
        if (low, high) == (24, 7):
            return f"{number(match[1])} {number(match[2])}"
        if (low == high and low > 10) or (low + high == 100 and not is_part):
            return f"{number(match[1])} {number(match[2])}"
        if 70 <= low <= 260 and 30 <= high <= 150 and low > high:
            return f"{match[1]} {forms.over} {match[2]}"
        if low >= high and high > 1 and not is_part and low <= 100:
            linked = forms.out_of if high in (5, 10, 100) and low == high else forms.juxtaposed
            return " ".join(filter(None, (number(match[1]), linked, number(match[2]))))
        is_scale = high == 10 or scales.search(earlier) or scales.match(after(match).lstrip())
        if high in (5, 6, 7, 10, 20, 100) and is_scale and not is_part:
            return f"{number(match[1])} {forms.out_of} {number(match[2])}"
        return match[0]

    def score_range(match: re.Match[str]) -> str:
        if match[3] not in ("5", "10", "100"):
            return match[0]
        ends = f"{number(match[1])} {language.signs.range} {number(match[2])}"
        return f"{ends} {forms.out_of} {number(match[3])}"

    def ratio(match: re.Match[str]) -> str:
        parts = [match[1], match[2], *match[3].split(":")[1:]]
        if len(parts) == 2 and int(parts[0]) + int(parts[1]) == 100 and "00" not in parts:
            return " ".join(filter(None, (number(parts[0]), forms.juxtaposed, number(parts[1]))))
        clock_like = all(len(part) == 2 and int(part) < 60 for part in parts[1:])
        if clock_like and not ratio_words.search(before(match)):
            return match[0]
        return f" {forms.ratio} ".join(map(number, parts))

    def step(text: str) -> str:
        if "/" in text:
            text = _BARE_SLASHED.sub(lambda m: " ".join(number(each) for each in m.groups()), text)
            text = _RANGE.sub(score_range, text)
            text = _SLASHED.sub(slashed, text)
        return _RATIO.sub(ratio, text) if ":" in text else text

    return step
