"""Fits a session to a length by stretching the elastic parts of its script.

Length increases monotonically with stretch, so a short search suffices. First everything is
stretched in proportion: holds, numbers of breaths and rounds, optional chapters. Then the holds
alone, whose length is continuous, make up the difference. Where they can't, counts go up
one step of the script at a time, and what is still missing is silence at the end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, partial
from typing import NamedTuple, get_args

from psoas_audio.errors import LengthError
from psoas_audio.planning.choices import Choices, Stretch
from psoas_audio.planning.elastic import ElasticPart, describe_ranges, elastic_parts
from psoas_audio.planning.expand import expand
from psoas_audio.planning.length_advice import length_advice
from psoas_audio.planning.model import Plan, Silence
from psoas_audio.planning.pauses import LEAD_OUT
from psoas_audio.script.model import Script
from psoas_audio.script.steps.base import CountUnit
from psoas_audio.units import SAMPLE_RATE, clock

Measure = Callable[[Plan], int]
"""Gives the length of a plan in samples."""

Totals = dict[Stretch, int]
"""Stretches to the lengths, in samples, of a script's sessions at them."""

LENGTH_TOLERANCE = SAMPLE_RATE
"""Samples (1 s) by which the search may miss a length; the lead-out makes up for them."""

_COUNTED = get_args(CountUnit)
"""Units of elastic parts that are counted, not timed."""
_MIN_DIVISIONS = 1 << 14
"""The fewest equal steps that the range from least to most stretch is divided into."""
_INTERPOLATIONS = 4
"""Attempts at interpolation before every second attempt is a bisection."""


class FittedPlan(NamedTuple):
    """A plan with the length asked for, and the range of lengths."""

    plan: Plan
    stretch: Stretch
    length: int
    """Of the session, in samples like all lengths here."""
    shortest: int
    """Length of the shortest session that the script allows."""
    longest: int
    """Length of the longest session that the script allows."""
    least: int
    """Length with every elastic part at its shortest, whatever the script's ``length`` allows."""
    most: int
    """Length with every elastic part at its longest."""
    silence_added: int = 0
    """Silence at the end that makes up what no elastic part can; 0 up to a second."""


def fit(
    script: Script, choices: Choices, measure: Measure, totals: Totals | None = None
) -> FittedPlan:
    """The plan of *script* with the length that *choices* asks for, or else the script.

    A length in *choices* is met to the sample, if necessary by silence at the end. So is
    ``length: 3m`` in the script, unless a choice changes how long its steps last. A ``default``
    with its limits is met as closely as possible; without any length, every elastic part is at the
    middle of its range. Raises :class:`LengthError` for a length that is impossible: it names the
    shortest and the longest length, the nearest where only counts are elastic, or what to change.

    *totals* are lengths that were found before, with the same script and *measure*: neither the
    guidance nor the length that is asked for changes them. Those that are found now are added.
    """
    search = _search(script, choices, measure, {} if totals is None else totals)
    least, most = search.total(search.least()), search.total(search.most())
    allowed = script.length
    shortest = max(least, (allowed and allowed.shortest) or 0)
    longest = min(most, (allowed and allowed.longest) or most)
    requested = choices.length
    if requested is None:
        default = allowed and allowed.default
        stretch = search.largest_within(min(max(default, least), most)) if default else Stretch()
        plan, length = search.plan_at(stretch), search.total(stretch)
        missing, added = (default - length if default else 0), 0
        is_exact = allowed is not None and allowed.exact
        if abs(missing) <= LENGTH_TOLERANCE:
            plan, length = _with_lead_out_changed(plan, missing), length + missing
        elif is_exact and default and search.has_elastic_times and least < default < most:
            plan, length, added = _with_silence_added(plan, missing), default, missing
        elif is_exact and allowed is not None and not choices.changes_length:
            raise LengthError(
                f"the session can't be {clock(length + missing)} long, which 'length' asks for:"
                f" it lasts {clock(length)}.",
                where=allowed.mark,
                hint=length_advice(script, missing),
            )
        return FittedPlan(plan, stretch, length, shortest, longest, least, most, added)
    if not shortest - LENGTH_TOLERANCE <= requested <= longest + LENGTH_TOLERANCE:
        bounded_by_parts = (shortest if requested < shortest else longest) in (least, most)
        if bounded_by_parts:
            reason = _describe_bounds(elastic_parts(script, search.most()))
        else:
            steps = f"its steps could last from {clock(least)} to {clock(most)}"
            reason = f"The 'length' at the top of the script sets this limit; {steps}."
        raise LengthError(
            f"the session can't be {clock(requested)} long.",
            where=script.path,
            hint=f"{_describe_range(clock(shortest), clock(longest))} {reason}",
        )
    stretch = search.largest_within(requested)
    plan, difference = search.plan_at(stretch), requested - search.total(stretch)
    missed = abs(difference) > LENGTH_TOLERANCE
    if missed and not search.has_elastic_times:
        nearest = clock(requested - difference)
        raise LengthError(
            f"the session can't be {clock(requested)} long: the nearest is {nearest}.",
            where=script.path,
            hint="Give a hold or a rest a range, such as 30-60s, to make up the difference."
            f" {length_advice(script, difference)}",
        )
    change = _with_silence_added if missed else _with_lead_out_changed
    added = difference if missed else 0
    plan = change(plan, difference)
    return FittedPlan(plan, stretch, requested, shortest, longest, least, most, added)


def _describe_range(shortest: str, longest: str) -> str:
    if shortest == longest:
        return f"It is always {shortest} long."
    return f"It can be from {shortest} to {longest} long."


def _describe_bounds(parts: Sequence[ElasticPart]) -> str:
    """Why a session can't be shorter or longer, for a message."""
    if not parts:
        return "None of its parts is elastic: give a hold or a rest a range, such as 30-60s."
    return f"These parts are elastic: {describe_ranges(parts)}."


def length_bounds(script: Script, choices: Choices, measure: Measure) -> tuple[int, int]:
    """The shortest and the longest length, in samples, that the elastic parts of *script* give."""
    search = _search(script, choices, measure, {})
    return search.total(search.least()), search.total(search.most())


def _search(script: Script, choices: Choices, measure: Measure, totals: Totals) -> _Search:
    # Cached, because the stretch that is found is planned twice: to measure it, and to return it.
    plan_at = lru_cache(maxsize=8)(partial(expand, script, choices))
    parts = elastic_parts(script, Stretch())
    divisions = _divisions(parts)
    jumps = _jumps(script, parts, divisions)
    return _Search(script, plan_at, measure, parts, jumps, divisions, totals)


def _divisions(parts: Iterable[ElasticPart]) -> int:
    """How many steps the range is divided into, so that each is shorter than the tolerance."""
    times = (part.most - part.least for part in parts if part.unit == "samples")
    return max(_MIN_DIVISIONS, 1 << (2 * sum(times) // LENGTH_TOLERANCE).bit_length())


def _jumps(script: Script, parts: Iterable[ElasticPart], divisions: int) -> frozenset[int]:
    """The steps, 1 to *divisions*, at which a breath, a round or an optional chapter is added.

    A count with *n* possible values increases at *n* - 1 steps, evenly spaced and rounded up; all
    optional chapters are there by the middle.
    """
    counts = {part.most - part.least + 1 for part in parts if part.unit in _COUNTED}
    chapters = sum(chapter.priority is not None for chapter in script.chapters) + 1
    counted = {-(-nth * divisions // count) for count in counts for nth in range(1, count)}
    kept = {-(-nth * divisions // (2 * chapters)) for nth in range(1, chapters)}
    return frozenset(counted | kept)


@dataclass(frozen=True, slots=True)
class _Search:
    """Searches for the stretch with which a script has a certain length."""

    script: Script
    plan_at: Callable[[Stretch], Plan]
    measure: Measure
    parts: tuple[ElasticPart, ...]
    """What a stretch changes."""
    jumps: frozenset[int]
    """Steps of the range at which a breath, a round or an optional chapter is added."""
    divisions: int
    """How many steps the range is divided into."""
    totals: Totals
    """Lengths measured so far."""

    @property
    def optional_chapters(self) -> int:
        """How many chapters are optional."""
        return sum(chapter.priority is not None for chapter in self.script.chapters)

    @property
    def has_elastic_times(self) -> bool:
        return any(part.unit == "samples" for part in self.parts)

    def least(self) -> Stretch:
        return Stretch(Fraction(0), Fraction(0), 0)

    def most(self) -> Stretch:
        return Stretch(Fraction(1), Fraction(1), self.optional_chapters)

    def total(self, stretch: Stretch) -> int:
        """Samples of the session at *stretch*."""
        if not self.parts:
            stretch = Stretch()
        if stretch not in self.totals:
            self.totals[stretch] = self.measure(self.plan_at(stretch))
        return self.totals[stretch]

    def largest_within(self, limit: int) -> Stretch:
        """The stretch with the longest session of at most *limit* samples, or else the least."""
        best, best_length = self.least(), -1
        for stretch in self._candidates(limit):
            length = self.total(stretch)
            if best_length < length <= limit:
                best, best_length = stretch, length
            if limit - best_length <= LENGTH_TOLERANCE:
                break
        return best

    def _candidates(self, limit: int) -> Iterator[Stretch]:
        """Stretches to try, the best first.

        In each, the numbers of rounds, breaths and chapters never decrease as *limit* grows, so a
        longer session never has fewer of them than a shorter one.
        """
        share = self._share(limit, self.proportional, self.jumps)
        yield (even := self.proportional(share))
        yield self._fill_with_holds(
            limit, lambda x: replace(even, holds=even.holds + (1 - even.holds) * x)
        )
        # Breaths, rounds or a chapter more than in proportion, and shorter holds to make up for it.
        above = self.proportional(min(Fraction(1), share + Fraction(1, self.divisions)))
        for more in self._one_by_one(even, above):
            yield self._fill_with_holds(limit, partial(_with_holds, more))

    def _one_by_one(self, even: Stretch, above: Stretch) -> Iterator[Stretch]:
        """From *even* to *above*, which is a step further, with one more chapter or number each."""
        more = replace(even, optional=above.optional)
        if more != even:
            yield more
        before, after = (
            {part.mark: part.chosen for part in self._numbers(stretch)} for stretch in (even, above)
        )
        raised = [mark for mark, chosen in after.items() if chosen > before[mark]]
        for count in range(1, len(raised)):
            yield replace(more, raised=frozenset(raised[:count]))
        yield above

    def _numbers(self, stretch: Stretch) -> Iterator[ElasticPart]:
        """The breaths and rounds of all chapters, kept or not, in the order of the script."""
        parts = elastic_parts(self.script, replace(stretch, optional=None))
        return (part for part in parts if part.unit in _COUNTED)

    def proportional(self, share: Fraction) -> Stretch:
        """Every elastic part at *share* of its range.

        Half of the way keeps all optional chapters, as a session without a chosen length does: so
        a longer wish never leaves out what a shorter one, or none, has kept.
        """
        optional = self.optional_chapters
        kept = min(optional, int((optional + 1) * 2 * share))
        return Stretch(share, share, kept)

    def _fill_with_holds(self, limit: int, stretch: Callable[[Fraction], Stretch]) -> Stretch:
        """The longest session of at most *limit* samples from ``stretch(0)`` to ``stretch(1)``."""
        return stretch(self._share(limit, stretch))

    def _share(
        self, limit: int, stretch: Callable[[Fraction], Stretch], jumps: Iterable[int] = ()
    ) -> Fraction:
        """The largest share of the range, to one step, at which the length is at most *limit*.

        *jumps* are the steps at which a breath, a round or a chapter is added. There the length
        jumps; between two of them it grows evenly.
        """

        def length(step: int) -> int:
            return self.total(stretch(Fraction(step, self.divisions)))

        if length(0) > limit:
            return Fraction(0)
        if length(self.divisions) <= limit:
            return Fraction(1)
        edges = sorted({0, self.divisions}.union(*((jump - 1, jump) for jump in jumps)))
        edge = _last_at_most(limit, edges, length)
        steps = range(edges[edge], edges[edge + 1] + 1)
        return Fraction(steps[_last_at_most(limit, steps, length)], self.divisions)


def _with_holds(stretch: Stretch, holds: Fraction) -> Stretch:
    return replace(stretch, holds=holds)


def _last_at_most(limit: int, steps: Sequence[int], length: Callable[[int], int]) -> int:
    """Index of the last of *steps* whose length is at most *limit*.

    *steps* are sorted, and so are their lengths. The first is at most *limit* long, the last is
    longer. This is an interpolation search that falls back on bisection.
    """
    low, high = 0, len(steps) - 1
    below, above = length(steps[low]), length(steps[high])
    attempts = 0
    while high - low > 1:
        attempts += 1
        middle = (low + high) // 2
        if attempts <= _INTERPOLATIONS or attempts % 2:
            offset = (steps[high] - steps[low]) * (limit - below) // (above - below)
            guess = bisect_right(steps, steps[low] + offset) - 1
            middle = min(max(guess, low + 1), high - 1)
        found = length(steps[middle])
        if found <= limit:
            low, below = middle, found
        else:
            high, above = middle, found
    return low


def _with_lead_out_changed(plan: Plan, by: int) -> Plan:
    """*plan* with its lead-out longer by *by* samples, or shorter if that is negative."""
    return replace(plan, items=(*plan.items[:-1], Silence("lead-out", LEAD_OUT + by)))


def _with_silence_added(plan: Plan, length: int) -> Plan:
    """*plan* with *length* samples of silence before its lead-out."""
    return replace(plan, items=(*plan.items[:-1], Silence("pause", length), plan.items[-1]))
