"""Breaking spoken text into captions of two short lines, where a reader would breathe."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？")
_CLAUSE_END = (",", ";", ":", "–", "—", "、", "，")
_CLOSING = "\"'”’)]»"

# What a break costs; only the proportions matter. A caption more costs most, then a
# break inside a clause, then a caption so short that it flashes by.
_EACH = 10.0
_IN_CLAUSE = 8.0
_AT_CLAUSE = 3.0
_SHORT = 6.0
_SHORTEST = 12


def pieces(text: str, width: int) -> tuple[str, ...]:
    """*text* as captions of one or two lines of at most *width* characters each.

    Captions end with sentences and clauses where they can, and share the text evenly
    where they can't; words longer than a line are cut. White space is collapsed.
    """
    words = [word[i : i + width] for word in text.split() for i in range(0, len(word), width)]
    if words and (whole := two_lines(words, width)) is not None:
        return (whole,)
    # Where each word starts: a caption's length, in one line or two, is known without writing it.
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, int]] = []
        breaking = _breaking(words, end)
        for start in range(end - 1, -1, -1):
            length = starts[end] - starts[start] - 1
            if length > width and not _fits(starts, start, end, width):
                break
            cost = _EACH + (length / width) ** 2 + (_SHORT if length < _SHORTEST else 0.0)
            choices.append((best[start][0] + (cost + breaking), start))
        best.append(min(choices))
    found: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        found.append(two_lines(words[start:end], width) or "")
        end = start
    return tuple(reversed(found))


def _fits(starts: Sequence[int], start: int, end: int, width: int) -> bool:
    """Whether the words *start* to *end* fit in two lines: the first one as full as it can be."""
    cut = bisect_right(starts, starts[start] + width + 1, start + 1, end + 1) - 1
    return starts[end] - starts[cut] - 1 <= width


def two_lines(words: Sequence[str], width: int) -> str | None:
    """*words* in one line, or in two as even as can be; ``None`` where they don't fit."""
    whole = " ".join(words)
    if len(whole) <= width:
        return whole
    if len(whole) > 2 * width + 1:
        return None
    breaks: list[tuple[int, str]] = []
    for cut in range(1, len(words)):
        above, below = " ".join(words[:cut]), " ".join(words[cut:])
        longest = max(len(above), len(below))
        if longest <= width:
            clause = 0 if _ends(words[cut - 1], _SENTENCE_END + _CLAUSE_END) else 6
            breaks.append((longest + clause, f"{above}\n{below}"))
    return min(breaks)[1] if breaks else None


def _breaking(words: Sequence[str], end: int) -> float:
    """What it costs to end a caption before the word *end*."""
    last = words[end - 1]
    if end == len(words) or _ends(last, _SENTENCE_END):
        return 0.0
    return _AT_CLAUSE if _ends(last, _CLAUSE_END) else _IN_CLAUSE


def _ends(word: str, marks: tuple[str, ...]) -> bool:
    return word.rstrip(_CLOSING).endswith(marks)
