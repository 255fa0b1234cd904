"""What stands around a place in a text, within bounds, so that long texts take linear time."""

from __future__ import annotations

import re

_REACH = 60
"""Characters looked at on each side."""
_SENTENCE_STARTS = re.compile(r"[\"')\]]*(?:\s+[\"'(\[¿¡]*[A-ZÀ-ÖØ-Þ]|\s*$)")


def word_set(*lines: str) -> frozenset[str]:
    """The words of *lines*."""
    return frozenset(word for line in lines for word in line.split())


def before(match: re.Match[str]) -> str:
    """The text just before *match*."""
    return match.string[max(0, match.start() - _REACH) : match.start()]


def after(match: re.Match[str]) -> str:
    """The text just after *match*."""
    return match.string[match.end() : match.end() + _REACH]


def ends_sentence(match: re.Match[str]) -> bool:
    """Whether a full stop at the end of *match* ends a sentence: a capital or nothing follows."""
    return bool(_SENTENCE_STARTS.match(match.string, match.end()))


def alternatives(words: object) -> str:
    """A regular expression for any of *words*, the longest first."""
    listed = sorted(map(str, words), key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(re.escape(word) for word in listed) or r"(?!)"


def dotted(letters: str) -> str:
    """*letters* to be spelled: ``A.S.I.S``. With spaces, engines take A for an article."""
    return ".".join(letters)
