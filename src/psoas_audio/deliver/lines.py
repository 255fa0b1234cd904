"""Breaking spoken text into captions of two short lines, where a reader would breathe."""

from __future__ import annotations

from collections.abc import Sequence

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
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, int, str]] = []
        for start in range(end - 1, -1, -1):
            caption = two_lines(words[start:end], width)
            if caption is None:
                break
            cost = best[start][0] + _cost(words, end, caption, width)
            choices.append((cost, start, caption))
        best.append(min(choices))
    found: list[str] = []
    end = len(words)
    while end:
        _, start, caption = best[end]
        found.append(caption)
        end = start
    return tuple(reversed(found))


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


def _cost(words: Sequence[str], end: int, caption: str, width: int) -> float:
    cost = _EACH + (len(caption) / width) ** 2
    if len(caption) < _SHORTEST:
        cost += _SHORT
    last = words[end - 1]
    if end < len(words) and not _ends(last, _SENTENCE_END):
        cost += _AT_CLAUSE if _ends(last, _CLAUSE_END) else _IN_CLAUSE
    return cost


def _ends(word: str, marks: tuple[str, ...]) -> bool:
    return word.rstrip(_CLOSING).endswith(marks)
