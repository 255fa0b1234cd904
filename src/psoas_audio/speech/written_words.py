"""When each written word is heard, from when the words that an engine was given are.

“Hold for 30 s” is written in four words and said in four others, so both are compared first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from psoas_audio.speech.engine import Word

_SIGNS = re.compile(r"\W+")


def written_starts(written: str, spoken: str, words: Sequence[Word]) -> tuple[int, ...]:
    """The sample at which each word of *written*, divided at white space, is heard.

    *words* are those of *spoken*, what the engine was given. A sign that isn't said begins with
    what follows it. Empty if nothing is known.
    """
    parts = written.split()
    heard = _starts_of_parts(spoken, words)
    if not parts or not heard:
        return ()
    said = [_comparable(part) for part, _ in heard]
    words_written = [_comparable(part) for part in parts]
    if words_written == said:  # as most lines are: nothing to compare
        return _without_holes([start for _, start in heard], heard[-1][1])
    starts: list[int | None] = [None] * len(parts)
    matcher = SequenceMatcher(None, words_written, said, autojunk=False)
    for kind, first, last, from_, to in matcher.get_opcodes():
        if kind in ("equal", "replace"):
            for index in range(first, last):
                starts[index] = heard[from_ + (index - first) * (to - from_) // (last - first)][1]
    return _without_holes(starts, heard[-1][1])


def _starts_of_parts(text: str, words: Sequence[Word]) -> list[tuple[str, int]]:
    """Each part of *text* between white space in which a word begins, and where that is heard."""
    found: list[tuple[str, int]] = []
    places = iter(sorted((word.text_position, word.start) for word in words))
    place = next(places, None)
    for part in re.finditer(r"\S+", text):
        start = None
        while place is not None and place[0] < part.end():
            if start is None and place[0] >= part.start():
                start = place[1]
            place = next(places, None)
        if start is not None:
            found.append((part[0], start))
    return found


def _without_holes(starts: Sequence[int | None], last: int) -> tuple[int, ...]:
    """*starts* in order; one that isn't known is that of the next."""
    filled: list[int] = []
    following = last
    for start in reversed(starts):
        following = min(following, start) if start is not None else following
        filled.append(following)
    return tuple(reversed(filled))


def _comparable(part: str) -> str:
    return _SIGNS.sub("", part.casefold())
