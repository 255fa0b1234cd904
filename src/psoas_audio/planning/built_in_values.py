"""The values that the program itself gives to texts: ``{side}``, ``{round}`` and the like.

Each is a word in the language that is spoken. A second value, with a colon after its name, is the
same in every language: where ``side`` is "rechts", ``side:`` is "right".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from psoas_audio.errors import Mark
from psoas_audio.locale.languages import SpokenWords
from psoas_audio.planning.built_in_words import built_in_words
from psoas_audio.planning.utterances import Context
from psoas_audio.script.model import Counter, Script
from psoas_audio.script.texts import TWO_FORM_VALUES

_COUNTED_VALUES = tuple(
    f"{prefix}{name}"
    for prefix in ("", "outer_")
    for counter in get_args(Counter)
    for name in (counter, f"{counter}s")
)
"""Values that are numbers: of rounds, sets and repetitions."""


@dataclass(frozen=True, slots=True)
class BuiltInValues:
    """The built-in words and values of one script, and a record of the words that are missing."""

    script: Script
    missing: dict[tuple[str, str], Mark] = field(default_factory=dict)
    """Language and built-in word that it lacks, to the first step that needs it."""
    _words: dict[str, SpokenWords] = field(default_factory=dict)

    def words(self, context: Context) -> SpokenWords:
        """The built-in words in the language of *context*."""
        tag = context.voice.language or self.script.language
        if tag not in self._words:
            self._words[tag] = built_in_words(self.script, tag)
        return self._words[tag]

    def require(self, name: str, word: str, mark: Mark, context: Context) -> str:
        """*word*; if it is empty, *name* is recorded as missing from the language."""
        if not word:
            self.missing.setdefault((context.voice.language or "", name), mark)
        return word

    def in_language(self, context: Context) -> Mapping[str, str]:
        """The values of *context*, with the built-in ones in the language it has now."""
        sides, values = self.words(context).sides, context.values
        numbers = {name: values[f"{name}:"] for name in _COUNTED_VALUES if f"{name}:" in values}
        return {
            **values,
            **{name: sides[values[f"{name}:"]] for name in TWO_FORM_VALUES if f"{name}:" in values},
            **{name: self._number(int(number), context) for name, number in numbers.items()},
        }

    def on_side(self, side: str, mark: Mark, context: Context) -> Mapping[str, str]:
        """The values that name *side* and the other one."""
        words, other = self.words(context).sides, "left" if side == "right" else "right"
        return {
            "side": self.require(side, words[side], mark, context),
            "other_side": self.require(other, words[other], mark, context),
            "side:": side,
            "other_side:": other,
        }

    def each_round(self, counter: Counter, total: int, context: Context) -> Iterator[Context]:
        """What applies in each of *total* rounds of *counter*."""
        around = context.values
        names = (counter, f"{counter}s")
        outer = {
            f"outer_{name}{end}": around[f"{name}{end}"]
            for name in names
            for end in ("", ":")
            if name in around and f"{name}{end}" in around
        }
        for number in range(total):
            counts = dict(zip(names, (number + 1, total), strict=True))
            values = {
                **around,
                **outer,
                **{name: self._number(count, context) for name, count in counts.items()},
                **{f"{name}:": str(count) for name, count in counts.items()},
            }
            place = context.place.in_round(number + 1)
            yield replace(context, values=values, round=number, place=place)

    def _number(self, number: int, context: Context) -> str:
        numbers = self.words(context).numbers
        return numbers[number] if number < len(numbers) else str(number)
