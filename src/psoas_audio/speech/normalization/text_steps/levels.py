"""Letters with numbers: levels of the spine (``L4-L5``), ``B12``, ``CO2``, ``MP3``."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import dotted
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_LEVEL = r"[A-Z]{1,3}\d{1,3}"
_LEVELS = re.compile(
    rf"(?<![\w.])({_LEVEL}|Th\d{{1,2}})(?:(\s?[-–/]\s?|\s[-–]\s)({_LEVEL}|Th\d{{1,2}}|\d{{1,2}}))?(?!\w|\.\d)"
)
_FORMULA = re.compile(r"(?<![\w.])(?:[A-Z]{1,2}\d){1,4}[A-Z]{1,2}(?!\w)")
_HAS_LEVEL = re.compile(r"[A-Zh]\d")
_PARTS = re.compile(r"[A-Za-z]+|\d+")


def level_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads letters one by one, and the number after them as a number."""

    def said(level: str) -> str:
        parts = _PARTS.findall(level)
        return " ".join(
            numerals.cardinal(int(part))
            if part.isdigit()
            else dotted(part.upper().replace("TH", "T"))
            for part in parts
        )

    def read(match: re.Match[str]) -> str:
        if not match[2]:
            return said(match[1])
        signs = language.signs
        between = signs.ampersand if "/" in match[2] else signs.range
        return f"{said(match[1])} {between} {said(match[3])}"

    def step(text: str) -> str:
        if not _HAS_LEVEL.search(text):
            return text
        return _LEVELS.sub(read, _FORMULA.sub(lambda match: said(match[0]), text))

    return step
