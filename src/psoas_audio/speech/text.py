"""From written words to words an engine says right: an ordered list of pure steps."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")


def sentences(text: str, longest: int = 300) -> list[str]:
    """*text* in pieces of at most *longest* characters, cut at sentences, commas or words."""
    pieces = [piece for piece in _SENTENCE_END.split(text.strip()) if piece]
    for separator in (", ", " "):
        pieces = [
            part
            for piece in pieces
            for part in ([piece] if len(piece) <= longest else _cut(piece, separator, longest))
        ]
    return [
        piece[start : start + longest]
        for piece in pieces
        for start in range(0, len(piece), longest)
    ]


def _cut(text: str, separator: str, longest: int) -> list[str]:
    """*text* cut after *separator*, in as few pieces of at most *longest* as greed finds."""
    pieces: list[str] = []
    for part in text.split(separator):
        if pieces and len(pieces[-1]) + len(separator) + len(part) <= longest:
            pieces[-1] += separator + part
        else:
            pieces.append(part)
    return pieces


def prepare(text: str, language: str, lexicon: Mapping[str, str]) -> str:
    return text
