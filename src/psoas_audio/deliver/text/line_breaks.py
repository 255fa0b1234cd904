"""Breaks spoken text into captions of up to two lines, at the ends of sentences and clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？")
_CLAUSE_END = (",", ";", ":", "–", "—", "、", "，")
_CLOSING = "\"'”’)]»"

# The text is broken where the sum of these costs is lowest.
_CAPTION_COST = 10.0
_BREAK_IN_CLAUSE_COST = 8.0
_BREAK_AT_CLAUSE_COST = 3.0
_SHORT_CAPTION_COST = 6.0
_SHORT_CAPTION_CHARACTERS = 12
"""Captions with fewer characters disappear before they are read."""


def caption_texts(text: str, width: int) -> tuple[str, ...]:
    """*text* as captions of one or two lines, each of at most *width* characters.

    Captions end at the end of a sentence or clause if possible, and are about equally long if not.
    Words longer than a line are cut, and white space is collapsed.
    """
    words = [word[i : i + width] for word in text.split() for i in range(0, len(word), width)]
    if words and (whole := two_lines(words, width)) is not None:
        return (whole,)
    # Where each word starts in the text, so that the length of a caption needs no joining.
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, int]] = []
        breaking = _break_cost(words, end)
        for start in range(end - 1, -1, -1):
            length = starts[end] - starts[start] - 1
            if length > width and not _fits(starts, start, end, width):
                break
            cost = (
                _CAPTION_COST
                + (length / width) ** 2
                + (_SHORT_CAPTION_COST if length < _SHORT_CAPTION_CHARACTERS else 0.0)
            )
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
    """Whether the words from *start* to before *end* fit in two lines."""
    cut = bisect_right(starts, starts[start] + width + 1, start + 1, end + 1) - 1
    return starts[end] - starts[cut] - 1 <= width


def two_lines(words: Sequence[str], width: int) -> str | None:
    """*words* in one line, or in two of similar length; ``None`` if they don't fit."""
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


def _break_cost(words: Sequence[str], end: int) -> float:
    """The cost of ending a caption before the word *end*."""
    last = words[end - 1]
    if end == len(words) or _ends(last, _SENTENCE_END):
        return 0.0
    return _BREAK_AT_CLAUSE_COST if _ends(last, _CLAUSE_END) else _BREAK_IN_CLAUSE_COST


def _ends(word: str, marks: tuple[str, ...]) -> bool:
    return word.rstrip(_CLOSING).endswith(marks)
