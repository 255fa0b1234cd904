"""A session of the length asked for, out of what a script declares elastic.

The length of a session grows with its stretch, so the search is short: first everything
in proportion (holds, numbers of breaths and rounds, optional chapters), then the holds,
which are continuous and take what is left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache, partial

from psoas_audio.errors import LengthError
from psoas_audio.planning.choices import Choices, Stretch
from psoas_audio.planning.elastic import ElasticPart, describe_bounds, elastic_parts
from psoas_audio.planning.expand import LEAD_OUT, expand
from psoas_audio.planning.model import Plan, Silence
from psoas_audio.script.model import Script
from psoas_audio.units import SAMPLE_RATE, clock

Measure = Callable[[Plan], int]
"""The samples of a plan laid out."""

TOLERANCE = SAMPLE_RATE
"""A length within one second of the one asked for is met; the lead-out takes the rest."""

_PARTS = 1 << 14
"""Into which the range is divided."""

_GUESSES = 4
"""How often a share is guessed before the way to it is halved too."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A plan, and how it came by its length."""

    plan: Plan
    stretch: Stretch
    length: int
    """Samples."""
    shortest: int
    """Samples of the shortest session that can be had."""
    longest: int
    """Samples of the longest session that can be had."""
    least: int
    """Samples with every elastic part at its shortest, whatever the header allows."""
    most: int
    """Samples with every elastic part at its longest."""


def fit(script: Script, choices: Choices, measure: Measure) -> Fitted:
    """The plan of *script* with the length that *choices* (or else the script) asks for.

    A length asked for by *choices* is met to the sample. The script's own default
    is met as nearly as it can be; without one every elastic part is half-way.
    Raises :class:`LengthError` with the shortest and the longest that can be had.
    """
    search = _search(script, choices, measure)
    least, most = search.total(search.least()), search.total(search.most())
    own = script.length
    shortest = max(least, (own and own.shortest) or 0)
    longest = min(most, (own and own.longest) or most)
    wish = choices.length
    if wish is None:
        default = own and own.default
        stretch = search.nearest(min(max(default, least), most)) if default else Stretch()
        plan, length = search.plan(stretch), search.total(stretch)
        if default and 0 < default - length <= TOLERANCE:
            plan, length = _lengthened(plan, default - length), default
        return Fitted(plan, stretch, length, shortest, longest, least, most)
    if not shortest - TOLERANCE <= wish <= longest + TOLERANCE:
        bound = shortest if wish < shortest else longest
        by = (
            f"the header's 'length' (its steps alone reach from {clock(least)} to {clock(most)})"
            if bound not in (least, most)
            else describe_bounds(elastic_parts(script, search.most()))
        )
        raise LengthError(
            f"a session of {clock(wish)} can't be made of this script.",
            where=script.path,
            hint=f"It can be from {clock(shortest)} to {clock(longest)} long: what bounds it is"
            f" {by}.",
        )
    stretch = search.nearest(wish)
    plan, rest = search.plan(stretch), wish - search.total(stretch)
    if abs(rest) > TOLERANCE:
        raise LengthError(
            f"a session of {clock(wish)} can't be made of this script:"
            f" the nearest is {clock(wish - rest)}.",
            where=script.path,
            hint="Give a hold or a rest a range (30-60s), so that it can take up the rest.",
        )
    return Fitted(_lengthened(plan, rest), stretch, wish, shortest, longest, least, most)


def bounds(script: Script, choices: Choices, measure: Measure) -> tuple[int, int]:
    """Samples of *script* with every elastic part at its shortest, and at its longest."""
    search = _search(script, choices, measure)
    return search.total(search.least()), search.total(search.most())


def _search(script: Script, choices: Choices, measure: Measure) -> _Search:
    # A search comes back to the stretch it chose, or never leaves the only one there is.
    plan_at = lru_cache(maxsize=8)(partial(expand, script, choices))
    parts = elastic_parts(script, Stretch())
    return _Search(script, plan_at, measure, bool(parts), _jumps(script, parts))


def _jumps(script: Script, parts: Iterable[ElasticPart]) -> frozenset[int]:
    numbers = {part.most - part.least + 1 for part in parts if part.unit in ("breaths", "rounds")}
    numbers.add(sum(chapter.priority is not None for chapter in script.chapters) + 1)
    return frozenset(-(-nth * _PARTS // number) for number in numbers for nth in range(1, number))


@dataclass(frozen=True, slots=True)
class _Search:
    """For the stretch that gives a length."""

    script: Script
    plan: Callable[[Stretch], Plan]
    measure: Measure
    elastic: bool
    """Whether the script has anything that a stretch changes."""
    jumps: frozenset[int]
    """Parts of the way at which a breath, a round or an optional chapter is added."""
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

    def nearest(self, wish: int) -> Stretch:
        """The stretch whose length is the largest at or below *wish* that was found."""
        best, best_length = self.least(), -1
        for stretch in self._candidates(wish):
            length = self.total(stretch)
            if best_length < length <= wish:
                best, best_length = stretch, length
            if wish - best_length <= TOLERANCE:
                break
        return best

    def _candidates(self, wish: int) -> Iterator[Stretch]:
        """Numbers and chapters grow with the wish in all of them: a longer session never has
        fewer rounds, breaths or chapters than a shorter one."""
        share = self._share(wish, self.even, self.jumps)
        yield (even := self.even(share))
        yield self._grown(wish, lambda x: replace(even, holds=even.holds + (1 - even.holds) * x))
        # One number or chapter more than in proportion, and the holds shorter for it.
        above = self.even(min(Fraction(1), share + Fraction(1, _PARTS)))
        yield self._grown(wish, lambda x: replace(above, holds=x))

    def even(self, share: Fraction) -> Stretch:
        """Everything elastic *share* of the way, optional chapters among it by their number."""
        kept = min(self.optional, int((self.optional + 1) * share))
        return Stretch(share, share, kept)

    def _grown(self, wish: int, stretch: Callable[[Fraction], Stretch]) -> Stretch:
        return stretch(self._share(wish, stretch))

    def _share(
        self, wish: int, stretch: Callable[[Fraction], Stretch], jumps: Iterable[int] = ()
    ) -> Fraction:
        """The largest share of the way, to 1/16,384, at which the length is at most *wish*.

        *jumps* are the parts of the way at which a breath, a round or a chapter is added: there
        the length jumps, and between two of them it grows evenly. So a share between two jumps
        is guessed as if it did, and where that leads nowhere the way is halved.
        """

        def length(part: int) -> int:
            return self.total(stretch(Fraction(part, _PARTS)))

        edges = sorted({0, _PARTS}.union(*((jump - 1, jump) for jump in jumps)))
        edge = bisect_right(edges, wish, key=length)
        if edge == 0:
            return Fraction(0)
        if edge == len(edges):
            return Fraction(1)
        low, high = edges[edge - 1], edges[edge]
        below, above = length(low), length(high)
        attempts = 0
        while (width := high - low) > 1:
            attempts += 1
            evenly = attempts <= _GUESSES or attempts % 2
            guess = width * (wish - below) // (above - below) if evenly else width // 2
            middle = low + min(max(guess, 1), width - 1)
            found = length(middle)
            if found <= wish:
                low, below = middle, found
            else:
                high, above = middle, found
        return Fraction(low, _PARTS)


def _lengthened(plan: Plan, by: int) -> Plan:
    """*plan* with its lead-out longer by *by* samples."""
    return replace(plan, items=(*plan.items[:-1], Silence("lead-out", LEAD_OUT + by)))
