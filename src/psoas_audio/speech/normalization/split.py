"""Cuts long texts into pieces that engines can take."""

from __future__ import annotations

import re


def split_text(text: str, longest: int = 300) -> list[str]:
    """*text* in pieces of at most *longest* characters.

    It is cut at the ends of sentences if possible, else at commas, else between words.
    """
    pieces = [text.strip()] if text.strip() else []
    for cut in (r"(?<=[.!?])[\"')]*\s+", r"(?<=,)\s", r"\s"):
        pieces = [part for piece in pieces for part in _packed(piece, cut, longest)]
    return [
        piece[start : start + longest]
        for piece in pieces
        for start in range(0, len(piece), longest)
    ]


def _packed(text: str, cut: str, longest: int) -> list[str]:
    """*text* cut where *cut* matches, with as much as possible in each piece."""
    if len(text) <= longest:
        return [text]
    pieces: list[str] = []
    for part in re.split(cut, text):
        if pieces and len(pieces[-1]) + 1 + len(part) <= longest:
            pieces[-1] += " " + part
        elif part:
            pieces.append(part)
    return pieces
