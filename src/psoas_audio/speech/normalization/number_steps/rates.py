"""Rates: ``6 breaths/min``, ``5 km/h``, ``30s/side``, ``2x/day``."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import alternatives, before, ends_sentence

_QUANTITY = re.compile(
    r"\d[\d.,:'\"]*"
    r"(?:\s?[^\W_]{1,20}\.?|\s?[%°$€£])?(?:\s[^\W\d_]{1,20}\.?){0,2}$"
)
"""An amount, with up to three words of what it is an amount of."""


def rate_reader(language: Language) -> Callable[[str], str]:
    """Reads a slash after a quantity as *per*, where what follows is something counted by."""
    nouns = {name.casefold(): said for name, said in language.per.items()}
    slash = re.compile(
        rf"(?<=[\w°%$€£.])\s?/\s?(?:(\d{{1,3}})\s?)?({alternatives(nouns)})(\.?)(?![\w/])",
        re.IGNORECASE,
    )
    per = language.signs.per
    counted = language.counting
    often = {*counted.once.split(), *counted.twice.split(), counted.times_noun} - {""}
    how_often = re.compile(rf"(?<!\w)(?:{alternatives(often)})$", re.IGNORECASE)
    has_per = re.compile(rf"\s{re.escape(per)}\s\S*$")

    def read(match: re.Match[str]) -> str:
        earlier = before(match)
        is_fraction = match[1] and earlier[-1:].isdigit()
        amount = _QUANTITY.search(earlier) or how_often.search(earlier)
        if is_fraction or not amount or has_per.search(earlier):
            return match[0]
        noun = f"{match[1]} {match[2]}" if match[1] else nouns[match[2].casefold()]
        stop = "." if match[3] and ends_sentence(match) else ""
        return f" {per} {noun}{stop}"

    return lambda text: slash.sub(read, text) if "/" in text else text
