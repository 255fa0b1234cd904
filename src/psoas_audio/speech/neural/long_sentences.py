"""Divides a sentence that is too long for a model where a reader would take a breath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_MARKS = (frozenset(".!?…"), frozenset(",;:—"), frozenset(" "))
"""Where a sentence is divided: after a stop, else after a comma or the like, else between words."""


def divide_sentence(phonemes: Sequence[str], longest: int) -> Iterator[Sequence[str]]:
    """*phonemes* in pieces of at most *longest*, without the spaces around them.

    A piece is at least a third as long, unless it is the last. A word is divided only if it is
    longer than *longest* by itself.
    """
    start = 0
    while len(phonemes) - start > longest:
        window = phonemes[start : start + longest]
        cuts = (_after_last(window, marks) for marks in _MARKS)
        end = start + next((cut for cut in cuts if cut > longest // 3), longest)
        if piece := _without_spaces(phonemes[start:end]):
            yield piece
        start = end
    if last := _without_spaces(phonemes[start:]):
        yield last


def _after_last(phonemes: Sequence[str], marks: frozenset[str]) -> int:
    return max((at + 1 for at, phoneme in enumerate(phonemes) if phoneme in marks), default=0)


def _without_spaces(phonemes: Sequence[str]) -> Sequence[str]:
    spoken = [index for index, phoneme in enumerate(phonemes) if phoneme != " "]
    return phonemes[spoken[0] : spoken[-1] + 1] if spoken else ()
