"""The last touch: dashes become pauses, and no sign is left that an engine takes for a command."""

from __future__ import annotations

import re

_DASH = re.compile(r"\s*[—–]+\s*|\s+-+(?:\s+|$)|(?<=\w)--+(?=\w)")
_MARKUP = re.compile(r"[<>&\[\]{}|\\`*_#~^]+")
_SPACE_BEFORE = re.compile(r"\s+([,.;:!?]+)(?=\s|$)")
_SPACED = (" ,", " .", " ;", " :", " !", " ?")
_DOTS = re.compile(r"\.{3,}|…+|\.\.(?=[^\W\d_])")
_DOTS_INSIDE = re.compile(r"\.\.\.(?=[^\W_])")
_COMMAS = re.compile(r",(?:\s*,)+")
_STOP_COMMA = re.compile(r"([.!?;:¿¡(])\s*,\s*(?=\S)")
_COMMA_STOP = re.compile(r"\s*,\s*(?=[.!?;:)])")


def pauses(text: str) -> str:
    """Commas for dashes that part a sentence; one form of dots."""
    if "—" in text or "–" in text or "-" in text:
        with_commas = _DASH.sub(", ", text)
        if with_commas != text:
            text = _COMMA_STOP.sub("", _STOP_COMMA.sub(r"\1 ", _COMMAS.sub(",", with_commas)))
    if ".." in text or "…" in text:
        text = _DOTS_INSIDE.sub("... ", _DOTS.sub("...", text))
    return text.lstrip(" ,")


def without_markup(text: str) -> str:
    """*text* without signs that some engine takes for markup, phonemes or commands."""
    text = " ".join(_MARKUP.sub(" ", text).split())
    return _SPACE_BEFORE.sub(r"\1", text) if any(sign in text for sign in _SPACED) else text
