"""German words with a number in front: ``5-mal``, ``3fach``, ``30-minütig``."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.speech.normalization.numerals.numerals import Numerals

_COMPOUND = re.compile(
    r"(?<![\w.,-])(\d{1,3})-?(?=(?:mal|fach|malig|sekündig|minütig|stündig|tägig|wöchig|monatig|"
    r"jährig|teilig|seitig|prozentig|gradig|beinig|armig|punktig|gliedrig|köpfig)(?:e[mnrs]?)?(?!\w))"
)
_PERCENT = re.compile(r"(?<=\d)\s?%-?ig")


def compound_reader(numerals: Numerals) -> Callable[[str], str]:
    """Reads them as one word: ``fünfmal``."""

    def read(match: re.Match[str]) -> str:
        number = int(match[1])
        return "ein" if number == 1 else numerals.cardinal(number)

    def step(text: str) -> str:
        return _COMPOUND.sub(read, _PERCENT.sub("prozentig", text))

    return step if numerals.main == "de" else lambda text: text
