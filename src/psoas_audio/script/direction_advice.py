"""Looks for stage directions in spoken texts, which nobody should hear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from psoas_audio.script.texts import PAUSE_MARK

if TYPE_CHECKING:
    from psoas_audio.script.directions.advice import Advice

_SUSPECT = re.compile(r"[\[({<~%]|--|[–—]|- \d|pau[sz]|silen|stille|schweig|:\s", re.IGNORECASE)
"""Occurs in every text with a direction: a quick test before they are looked for."""
_VALUE = re.compile(r"\{[^\W\d]\w*(?::[^{}]*\|[^{}]*)?\}")
"""A value of the language, such as ``{round}``."""


def advice_on(words: str) -> tuple[Advice, ...]:
    """Advice for every stage direction in the text *words*, in order; none overlaps another.

    The language's own pauses, such as ``[pause 2s]`` and ``[long pause]``, are fine.
    """
    own = [match.span() for match in (*PAUSE_MARK.finditer(words), *_VALUE.finditer(words))]
    if not _SUSPECT.search(_without(words, own)):
        return ()
    from psoas_audio.script.directions.advice import find_advice  # most scripts don't need it

    return find_advice(words, own)


def _without(words: str, spans: Iterable[tuple[int, int]]) -> str:
    """*words* with spaces in the place of *spans*."""
    for start, end in spans:
        words = f"{words[:start]}{' ' * (end - start)}{words[end:]}"
    return words
