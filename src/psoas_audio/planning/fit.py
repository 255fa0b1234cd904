"""Fits a session to a length by the elastic parts of its script.

A session gets longer as its stretch grows, so the search is short: first everything is stretched in
proportion (holds, numbers of breaths and rounds, optional chapters), then the holds alone, whose
length is continuous, take up the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache, partial

from psoas_audio.errors import LengthError
from psoas_audio.planning.choices import Choices, Stretch
from psoas_audio.planning.elastic import ElasticPart, describe_ranges, elastic_parts
from psoas_audio.planning.expand import LEAD_OUT, expand
from psoas_audio.planning.model import Plan, Silence
from psoas_audio.script.model import Script
from psoas_audio.units import SAMPLE_RATE, clock

Measure = Callable[[Plan], int]
"""Gives the length of a plan in samples."""

LENGTH_TOLERANCE = SAMPLE_RATE
"""Samples that a fitted session may be short of its length; the lead-out takes them up."""

_COUNTED = ("breaths", "rounds")
"""Units of elastic parts that are numbers, not times."""
_MIN_DIVISIONS = 1 << 14
"""Into which the way from the shortest to the longest session is divided."""

_GUESSES = 4
"""How often a part of the way is guessed before what is left is halved too."""


@dataclass(frozen=True, slots=True)
class FittedPlan:
    """A plan with the length asked for, and the range of lengths."""

    plan: Plan
    stretch: Stretch
    length: int
    """Samples."""
    shortest: int
    """Samples of the shortest session that the script allows."""
    longest: int
    """Samples of the longest session that the script allows."""
    least: int
    """Samples with every elastic part at its shortest, whatever the script's ``length`` allows."""
    most: int
    """Samples with every elastic part at its longest."""


def fit(script: Script, choices: Choices, measure: Measure) -> FittedPlan:
    """The plan of *script* with the length that *choices* (or else the script) asks for.

    A length in *choices* is met to the sample. The script's own default is met as nearly as
    possible; without one every elastic part is at the middle of its range.
    Raises :class:`LengthError`, with the shortest and the longest length, for one out of range.
    """
    search = _search(script, choices, measure)
    least, most = search.total(search.least()), search.total(search.most())
    own = script.length
    shortest = max(least, (own and own.shortest) or 0)
    longest = min(most, (own and own.longest) or most)
    wanted = choices.length
    if wanted is None:
        default = own and own.default
        stretch = search.nearest(min(max(default, least), most)) if default else Stretch()
        plan, length = search.plan(stretch), search.total(stretch)
        if default and 0 < default - length <= LENGTH_TOLERANCE:
            plan, length = _with_longer_lead_out(plan, default - length), default
        return FittedPlan(plan, stretch, length, shortest, longest, least, most)
    if not shortest - LENGTH_TOLERANCE <= wanted <= longest + LENGTH_TOLERANCE:
        by_steps = (shortest if wanted < shortest else longest) in (least, most)
        if by_steps:
            reason = _describe_bounds(elastic_parts(script, search.most()))
        else:
            steps = f"from {clock(least)} to {clock(most)}"
            reason = f"The 'length' in its header allows no other; its steps can last {steps}."
        raise LengthError(
            f"the session can't be {clock(wanted)} long.",
            where=script.path,
            hint=f"It can be from {clock(shortest)} to {clock(longest)} long. {reason}",
        )
    stretch = search.nearest(wanted)
    plan, rest = search.plan(stretch), wanted - search.total(stretch)
    if abs(rest) > LENGTH_TOLERANCE:
        raise LengthError(
            f"the session can't be {clock(wanted)} long: the nearest is {clock(wanted - rest)}.",
            where=script.path,
            hint="Give a hold or a rest a range, such as 30-60s, to take up the rest.",
        )
    plan = _with_longer_lead_out(plan, rest)
    return FittedPlan(plan, stretch, wanted, shortest, longest, least, most)


def _describe_bounds(parts: Sequence[ElasticPart]) -> str:
    """What makes the bounds of a session's length, for a message."""
    if not parts:
        return "Nothing in it is elastic: give a hold or a rest a range, such as 30-60s."
    return f"These parts are elastic: {describe_ranges(parts)}."


def length_bounds(script: Script, choices: Choices, measure: Measure) -> tuple[int, int]:
    """Samples of *script* with every elastic part at its shortest, and at its longest."""
    search = _search(script, choices, measure)
    return search.total(search.least()), search.total(search.most())


def _search(script: Script, choices: Choices, measure: Measure) -> _Search:
    # The stretch that a search chooses is planned again, and without elastic parts there is one.
    plan_at = lru_cache(maxsize=8)(partial(expand, script, choices))
    parts = elastic_parts(script, Stretch())
    divisions = _divisions(parts)
    jumps = _jumps(script, parts, divisions)
    return _Search(script, plan_at, measure, bool(parts), jumps, divisions)


def _divisions(parts: Iterable[ElasticPart]) -> int:
    """Into how many the way is divided, so that one of them is less than the tolerance."""
    times = (part.most - part.least for part in parts if part.unit == "samples")
    return max(_MIN_DIVISIONS, 1 << (2 * sum(times) // LENGTH_TOLERANCE).bit_length())


def _jumps(script: Script, parts: Iterable[ElasticPart], divisions: int) -> frozenset[int]:
    numbers = {part.most - part.least + 1 for part in parts if part.unit in _COUNTED}
    numbers.add(sum(chapter.priority is not None for chapter in script.chapters) + 1)
    return frozenset(
        -(-nth * divisions // number) for number in numbers for nth in range(1, number)
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """Searches for the stretch that gives a length."""

    script: Script
    plan: Callable[[Stretch], Plan]
    measure: Measure
    elastic: bool
    """Whether the script has anything that a stretch changes."""
    jumps: frozenset[int]
    """Parts of the way at which a breath, a round or an optional chapter is added."""
    divisions: int
    """Into how many parts the way is divided."""
    totals: dict[Stretch, int] = field(default_factory=dict)
    """Lengths found so far."""

    @property
    def optional(self) -> int:
        return sum(chapter.priority is not None for chapter in self.script.chapters)

    def least(self) -> Stretch:
        return Stretch(Fraction(0), Fraction(0), 0)

    def most(self) -> Stretch:
        return Stretch(Fraction(1), Fraction(1), self.optional)

    def total(self, stretch: Stretch) -> int:
        if not self.elastic:
            stretch = Stretch()
        if stretch not in self.totals:
            self.totals[stretch] = self.measure(self.plan(stretch))
        return self.totals[stretch]

    def nearest(self, wanted: int) -> Stretch:
        """The stretch whose length is the largest at or below *wanted* that was found."""
        best, best_length = self.least(), -1
        for stretch in self._candidates(wanted):
            length = self.total(stretch)
            if best_length < length <= wanted:
                best, best_length = stretch, length
            if wanted - best_length <= LENGTH_TOLERANCE:
                break
        return best

    def _candidates(self, wanted: int) -> Iterator[Stretch]:
        """Numbers and chapters grow with the wanted in all of them: a longer session never has
        fewer rounds, breaths or chapters than a shorter one."""
        share = self._share(wanted, self.even, self.jumps)
        yield (even := self.even(share))
        yield self._grown(wanted, lambda x: replace(even, holds=even.holds + (1 - even.holds) * x))
        # One number or chapter more than in proportion, and the holds shorter for it.
        above = self.even(min(Fraction(1), share + Fraction(1, self.divisions)))
        yield self._grown(wanted, lambda x: replace(above, holds=x))

    def even(self, share: Fraction) -> Stretch:
        """Everything elastic *share* of the way, optional chapters among it by their number."""
        kept = min(self.optional, int((self.optional + 1) * share))
        return Stretch(share, share, kept)

    def _grown(self, wanted: int, stretch: Callable[[Fraction], Stretch]) -> Stretch:
        return stretch(self._share(wanted, stretch))

    def _share(
        self, wanted: int, stretch: Callable[[Fraction], Stretch], jumps: Iterable[int] = ()
    ) -> Fraction:
        """The largest share of the way, to one division, at which the length is at most *wanted*.

        *jumps* are the parts of the way at which a breath, a round or a chapter is added: there
        the length jumps, and between two of them it grows evenly.
        """

        def length(part: int) -> int:
            return self.total(stretch(Fraction(part, self.divisions)))

        if length(0) > wanted:
            return Fraction(0)
        if length(self.divisions) <= wanted:
            return Fraction(1)
        edges = sorted({0, self.divisions}.union(*((jump - 1, jump) for jump in jumps)))
        edge = _last_at_most(wanted, edges, length)
        parts = range(edges[edge], edges[edge + 1] + 1)
        return Fraction(parts[_last_at_most(wanted, parts, length)], self.divisions)


def _last_at_most(wanted: int, parts: Sequence[int], length: Callable[[int], int]) -> int:
    """Index of the last of *parts* whose length is at most *wanted*.

    *parts* are sorted, and so are their lengths; that of the first is at most *wanted*, that of the
    last isn't. It is guessed as if lengths grew evenly; where that leads nowhere, what is left is
    halved.
    """
    low, high = 0, len(parts) - 1
    below, above = length(parts[low]), length(parts[high])
    attempts = 0
    while high - low > 1:
        attempts += 1
        middle = (low + high) // 2
        if attempts <= _GUESSES or attempts % 2:
            way = (parts[high] - parts[low]) * (wanted - below) // (above - below)
            guess = bisect_right(parts, parts[low] + way) - 1
            middle = min(max(guess, low + 1), high - 1)
        found = length(parts[middle])
        if found <= wanted:
            low, below = middle, found
        else:
            high, above = middle, found
    return low


def _with_longer_lead_out(plan: Plan, by: int) -> Plan:
    """*plan* with its lead-out longer by *by* samples."""
    return replace(plan, items=(*plan.items[:-1], Silence("lead-out", LEAD_OUT + by)))
