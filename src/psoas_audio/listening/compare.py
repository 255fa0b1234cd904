"""Compares what was said with what was heard: which words are missing, doubled or misheard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from psoas_audio.listening.words import are_opposites, comparable_words, sound_key

EditKind = Literal["missing", "doubled", "added", "misheard", "opposite"]
"""An opposite is a misheard word that turns the meaning round: right for left."""

_MOST_JOINED = 3
"""Words that may be one word for the other side: light-headed, lightheaded."""
_WRONG = 100
"""Cost of a wrong word when lines are aligned; a name costs 1, so that words that are equal come
first."""
_MOST_FOR_A_NAME = 4
"""Words that a transcriber may write for one name: so as, for psoas."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A difference between what was said and what was heard."""

    kind: EditKind
    said: tuple[str, ...]
    """Words that were to be said; empty for added words."""
    heard: tuple[str, ...]
    """Words that were heard in their place; empty for what is missing."""

    @property
    def words(self) -> int:
        """How many words are wrong."""
        return max(len(self.said), len(self.heard))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A line as it was said and as it was heard."""

    said: tuple[str, ...]
    heard: tuple[str, ...]
    edits: tuple[Edit, ...]
    """In order; empty for a line that was heard correctly."""

    @property
    def wrong_words(self) -> int:
        """How many words are missing, doubled, added or misheard."""
        return sum(edit.words for edit in self.edits)


def compare_lines(
    lines: Sequence[str], heard: str, language: str, names: Collection[str] = ()
) -> list[Comparison]:
    """Each of *lines*, spoken one after the other, with its part of *heard*.

    *language* is a BCP 47 tag. What is heard in the place of one of *names* (as
    :func:`~psoas_audio.listening.words.as_names` gives them) counts as right.
    """
    said = [comparable_words(line, language) for line in lines]
    owner = [number for number, words in enumerate(said) for _ in words]
    flat = [word for words in said for word in words]
    heard_words = comparable_words(heard, language)
    by_line: list[list[_Link]] = [[] for _ in lines]
    if lines:
        for link in _align(flat, heard_words, language, names):
            # Added words belong to the line before them.
            place = link.said_start if link.said_stop > link.said_start else link.said_start - 1
            by_line[owner[max(0, place)] if owner else 0].append(link)
    return [
        _comparison(words, group, flat, heard_words, language)
        for words, group in zip(said, by_line, strict=True)
    ]


class _Link(NamedTuple):
    """Words said and words heard that belong together; either may be none."""

    said_start: int
    said_stop: int
    heard_start: int
    heard_stop: int
    right: bool


def _comparison(
    said: tuple[str, ...],
    links: Sequence[_Link],
    flat: Sequence[str],
    heard: Sequence[str],
    language: str,
) -> Comparison:
    own = tuple(word for link in links for word in heard[link.heard_start : link.heard_stop])
    edits = []
    for right, group in groupby(links, lambda link: link.right):
        if right:
            continue
        run = list(group)
        meant = tuple(flat[run[0].said_start : run[-1].said_stop])
        got = tuple(heard[run[0].heard_start : run[-1].heard_stop])
        edits.append(Edit(_kind(meant, got, run[0].heard_start, heard, language), meant, got))
    return Comparison(said, own, tuple(edits))


def _kind(
    said: Sequence[str], got: Sequence[str], start: int, heard: Sequence[str], language: str
) -> EditKind:
    if not got:
        return "missing"
    if len(said) == len(got) == 1 and are_opposites(said[0], got[0], language):
        return "opposite"
    if said:
        return "misheard"

    def keys(first: int, last: int) -> list[str]:
        return [sound_key(word, language) for word in heard[max(0, first) : last]]

    length, stop = len(got), start + len(got)
    beside = keys(start - length, start), keys(stop, stop + length)
    return "doubled" if keys(start, stop) in beside else "added"


def _align(
    said: Sequence[str], heard: Sequence[str], language: str, names: Collection[str]
) -> Iterator[_Link]:
    """The links that make the fewest words wrong, in order."""
    rows, columns = len(said) + 1, len(heard) + 1
    costs = [[0] * columns for _ in range(rows)]
    before = [[(0, 0)] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if row or column:
                costs[row][column], before[row][column] = min(
                    (costs[row - down][column - right] + cost, (down, right))
                    for down, right, cost in _moves(said, heard, row, column, language, names)
                )
    path = [(rows - 1, columns - 1)]
    while path[-1] != (0, 0):
        row, column = path[-1]
        down, right = before[row][column]
        path.append((row - down, column - right))
    for (row, column), (next_row, next_column) in pairwise(reversed(path)):
        added = costs[next_row][next_column] - costs[row][column]
        yield _Link(row, next_row, column, next_column, added < _WRONG)


def _moves(
    said: Sequence[str],
    heard: Sequence[str],
    row: int,
    column: int,
    language: str,
    names: Collection[str],
) -> Iterator[tuple[int, int, int]]:
    """Words said and heard that may be linked up to *row* and *column*, and the cost."""
    if row:
        yield 1, 0, _WRONG
    if column:
        yield 0, 1, _WRONG
    if not (row and column):
        return
    word, sound = said[row - 1], heard[column - 1]
    same = sound_key(word, language) == sound_key(sound, language)
    yield 1, 1, 0 if same else _WRONG
    for count in range(2, _MOST_JOINED + 1):
        if count <= column and _joined(heard[column - count : column], word, language):
            yield 1, count, 0
        if count <= row and _joined(said[row - count : row], sound, language):
            yield count, 1, 0
    if word in names:
        for count in range(1, min(_MOST_FOR_A_NAME, column) + 1):
            letters = sum(map(len, heard[column - count : column]))
            if letters <= 1.5 * len(word) + 2:
                yield 1, count, 1


def _joined(parts: Sequence[str], word: str, language: str) -> bool:
    return sound_key("".join(parts), language) == sound_key(word, language)
