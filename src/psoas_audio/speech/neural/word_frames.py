"""Where each word of a text is said, by the durations that a model gives its phonemes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w(?:\S*\w)?")
"""Letters and digits up to the next space, without the punctuation around them."""
_MARKS = frozenset(' ,.;:!?¡¿—…-()«»“”"')
"""Signs among phonemes that are not sounds."""
_STRESS = frozenset("ˈˌː")
"""Signs in which a word by itself often differs from the same word in a sentence."""
_GAP = "|"
"""Stands between words while phonemes are compared."""
_GAP_COST = 0.7
"""Cost of a gap too many or too few, where a phoneme too many or too few costs 1."""


@dataclass(frozen=True, slots=True)
class WordFrames:
    """The samples in which a word is said."""

    text_position: int
    """Characters from the text's start."""
    text_length: int
    """Characters."""
    start: int
    """The first sample."""
    end: int
    """The sample after the last; ``start`` where nothing of the word is said."""


def words_in(text: str) -> tuple[tuple[int, int], ...]:
    """Position and length, in characters, of each word of *text*."""
    return tuple((found.start(), found.end() - found.start()) for found in _WORD.finditer(text))


def count_sounds(phonemes: Sequence[str]) -> int:
    """How many of *phonemes* are sounds: no stress or length marks, punctuation or spaces."""
    return sum(sound not in _MARKS and sound not in _STRESS for sound in phonemes)


def phonemes_of_words(
    phonemes: Sequence[str], words: Sequence[str], said_alone: Callable[[str], Sequence[str]]
) -> tuple[tuple[int, int], ...]:
    """The range of *phonemes*, punctuation and spaces among them, that says each of *words*.

    Phonemisers say some words as one (“on the”: ``ɔnðə``) and some as several. Where the numbers
    differ, the sentence is compared with its words as they are *said_alone*.
    """
    groups = _groups(phonemes)
    if len(groups) == len(words) and all(word.isalpha() for word in words):
        return tuple(groups)
    sounds = [index for group in groups for index in (*range(*group), -1)][:-1]
    said = [_GAP if index < 0 else phonemes[index] for index in sounds]
    alone = [[sound for sound in said_alone(word) if sound not in _MARKS] for word in words]
    expected = [sound for word in alone for sound in (*word, _GAP)][:-1]
    places = _alignment(expected, said)
    ranges, at, last = [], 0, 0
    for word in alone:
        found = [p for p in places[at : at + len(word)] if p is not None and sounds[p] >= 0]
        at += len(word) + 1
        first = sounds[found[0]] if found else last
        last = sounds[found[-1]] + 1 if found else last
        ranges.append((first, last))
    return _widened(ranges, groups)


def frames_of_words(
    words: Sequence[tuple[int, int]], ranges: Sequence[tuple[int, int]], edges: Sequence[int]
) -> tuple[WordFrames, ...]:
    """The frames of *words* (:func:`words_in`), from the *ranges* of phonemes that say them.

    *edges*: the sample at which each phoneme begins, and the one at which the last ends.
    """
    return tuple(
        WordFrames(position, length, int(edges[first]), int(edges[last]))
        for (position, length), (first, last) in zip(words, ranges, strict=True)
    )


def _groups(phonemes: Sequence[str]) -> list[tuple[int, int]]:
    """The ranges of *phonemes* between spaces and punctuation."""
    groups: list[tuple[int, int]] = []
    start = None
    for index, sound in enumerate((*phonemes, " ")):
        if sound in _MARKS:
            if start is not None:
                groups.append((start, index))
            start = None
        elif start is None:
            start = index
    return groups


def _alignment(expected: Sequence[str], said: Sequence[str]) -> list[int | None]:
    """For each of *expected*, the index of what stands for it in *said* with the fewest changes."""
    rows = [[0.0]]
    for sound in said:
        rows[0].append(rows[0][-1] + _skip_cost(sound))
    for wanted in expected:
        above, row = rows[-1], [rows[-1][0] + _skip_cost(wanted)]
        for index, sound in enumerate(said):
            row.append(
                min(
                    above[index] + _swap_cost(wanted, sound),
                    above[index + 1] + _skip_cost(wanted),
                    row[index] + _skip_cost(sound),
                )
            )
        rows.append(row)
    places: list[int | None] = [None] * len(expected)
    i, j = len(expected), len(said)
    while i and j:
        if rows[i][j] == rows[i - 1][j - 1] + _swap_cost(expected[i - 1], said[j - 1]):
            i, j = i - 1, j - 1
            places[i] = j
        elif rows[i][j] == rows[i - 1][j] + _skip_cost(expected[i - 1]):
            i -= 1
        else:
            j -= 1
    return places


def _skip_cost(sound: str) -> float:
    if sound == _GAP:
        return _GAP_COST
    return 0.25 if sound in _STRESS else 1.0


def _swap_cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if _GAP in (one, other):
        return 3.0
    return 1.0


def _widened(
    ranges: list[tuple[int, int]], groups: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """*ranges* stretched to the group's edges, or to the middle between two words of a group."""
    wide = []
    for index, (first, last) in enumerate(ranges):
        if first == last:
            wide.append((first, last))
            continue
        start = next(begin for begin, end in groups if begin <= first < end)
        stop = next(end for begin, end in groups if begin < last <= end)
        before = max((end for begin, end in wide if end > begin), default=0)
        after = next((begin for begin, end in ranges[index + 1 :] if end > begin), stop)
        wide.append((max(start, before), min(stop, after)))
    return tuple(wide)
