"""Whole breath cycles: paced breathing with its cues, and the breath tones of a hold.

Each cycle starts on the MP3 frame that is nearest to its exact time, at most 12 ms off, so that the
cycles of a pattern are encoded few times however many there are
(docs/decisions/0031-parts-that-versions-share.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

from psoas_audio.locale.languages import SpokenWords
from psoas_audio.planning.choices import Stretch
from psoas_audio.planning.model import BreathPhase, PhaseCue, PlannedBreathing, Utterance
from psoas_audio.planning.voicing import at_rate
from psoas_audio.script.model import Pattern
from psoas_audio.script.steps.breathe import Breathe
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE, nearest_frame

_SPEEDS = (1.25,)
"""Factors of the rate, tried in order, where words of several syllables don't fit their phase."""
_COUNT_SPEEDS = (1.25, 1.6, 2.0, 2.5)
"""The same for numbers and single words, which stay clear when they are spoken fast."""
_HOLD_TIMBRE = "wave"
"""Timbre of the breath tones that fill a hold."""
_RAMP_STEPS = 4
"""Equal steps in which one pattern changes into another: from 4 and 6 s to 5 and 7 s each phase
grows by 0.25 s in a step, 6 % at most, which nobody notices while breathing."""


def planned_breathing(
    step: Breathe, stretch: Stretch, words: SpokenWords, speak: Callable[[str], Utterance]
) -> PlannedBreathing:
    """The phases and cues of *step*; *speak* makes an utterance of a text."""
    cycles = list(_cycles(step, stretch))
    placed = list(_cues(step, cycles, words, speak))
    places = [at for at, *_ in placed] + [sum(cycle.length for cycle in cycles)]
    cues = tuple(
        PhaseCue(phase, after, following - at, alternatives)
        for (_, phase, after, alternatives), (at, following) in zip(
            placed, pairwise(places), strict=True
        )
    )
    return PlannedBreathing(tuple(_on_frames(cycles, step.timbre)), cues, step.label, step.mark)


def _cues(
    step: Breathe,
    cycles: Iterable[Pattern],
    words: SpokenWords,
    speak: Callable[[str], Utterance],
) -> Iterator[tuple[int, int, int, tuple[Utterance, ...]]]:
    """Each cue of *cycles*: its exact place in samples, the index of its phase, its place in that,
    and what may be said."""
    if step.cues == "tones":
        return
    start = 0
    for index, phase in enumerate(phase for cycle in cycles for phase in cycle.phases):
        long, short = words.phases[phase.kind], words.short_phases[phase.kind]
        if step.cues == "counted":
            if short:
                yield start, index, 0, _at_speeds(speak(short), _COUNT_SPEEDS)
            for second in range(1, min(phase.length // SAMPLE_RATE, 10)):
                number, after = words.numbers[second + 1], second * SAMPLE_RATE
                alternatives = _at_speeds(speak(number.capitalize() + "."), _COUNT_SPEEDS)
                yield start + after, index, after, alternatives
        elif long:
            slow = _at_speeds(speak(long), _SPEEDS)
            yield start, index, 0, (*slow, *_at_speeds(speak(short), _COUNT_SPEEDS))
        start += phase.length


def _at_speeds(utterance: Utterance, speeds: tuple[float, ...]) -> tuple[Utterance, ...]:
    """*utterance* at its own rate, then at each of *speeds* times that."""
    return (utterance, *(at_rate(utterance, round(utterance.rate * speed)) for speed in speeds))


def hold_phases(pattern: Pattern, length: int) -> tuple[BreathPhase, ...]:
    """The whole cycles of *pattern* that fit in *length* samples, none later than those."""
    return tuple(_on_frames([pattern] * (length // pattern.length), _HOLD_TIMBRE, length))


def _on_frames(
    cycles: Iterable[Pattern], timbre: str, limit: int | None = None
) -> Iterator[BreathPhase]:
    """The phases of *cycles*, each of which starts on the frame nearest to its exact time.

    Phases keep their share of their cycle. The last cycle ends at *limit* at the latest.
    """
    cycles = list(cycles)
    is_even = len({cycle.length for cycle in cycles}) == 1 and cycles[0].length % MP3_FRAME == 0
    exact = start = 0
    tones = _Tones()
    for number, cycle in enumerate(cycles):
        exact += cycle.length
        stop = nearest_frame(exact) if limit is None else min(nearest_frame(exact), limit)
        edges = accumulate((phase.length for phase in cycle.phases), initial=0)
        variant = number if is_even else tones.of((stop - start) // MP3_FRAME)
        for phase, (first, last) in zip(
            cycle.phases,
            pairwise(start + edge * (stop - start) // cycle.length for edge in edges),
            strict=True,
        ):
            yield BreathPhase(phase.kind, last - first, timbre, number, variant)
        start = stop


class _Tones:
    """Chooses the versions of the tones of cycles that aren't equally long.

    Each length has two in turn: so a session has few kinds of cycles, and the same ones as one of
    another length. No cycle has the version of the one before it.
    """

    def __init__(self) -> None:
        self._heard: Counter[int] = Counter()
        self._last = -1

    def of(self, frames: int) -> int:
        """The version for the next cycle, which lasts so many MP3 frames."""
        variant = 2 * (frames % 2) + self._heard[frames] % 2
        if variant == self._last:
            variant ^= 1
        self._heard[frames] += 1
        self._last = variant
        return variant


def _cycles(step: Breathe, stretch: Stretch) -> Iterator[Pattern]:
    """The pattern of each cycle; one that lies between two patterns lasts whole frames."""
    total = stretch.number(step.elastic, step.mark)
    for number in range(total):
        share = Fraction(number, total - 1) if total > 1 else Fraction(0)
        share = Fraction(round(share * _RAMP_STEPS), _RAMP_STEPS)
        pattern = interpolate_patterns(step.pattern, step.ramp_to or step.pattern, share)
        between = 0 < share < 1 and step.ramp_to is not None
        yield _in_whole_frames(pattern) if between else pattern


def _in_whole_frames(pattern: Pattern) -> Pattern:
    """*pattern* with a last phase so much longer or shorter that its cycle is whole frames."""
    *others, last = pattern.phases
    change = nearest_frame(pattern.length) - pattern.length
    return replace(pattern, phases=(*others, replace(last, length=last.length + change)))


def interpolate_patterns(first: Pattern, last: Pattern, share: Fraction) -> Pattern:
    """The pattern at *share*, 0 to 1, of the way from *first* to *last*.

    Both have the same kinds of phases in the same order.
    """
    if first == last:
        return first
    phases = tuple(
        type(a)(a.kind, a.length + round((b.length - a.length) * share))
        for a, b in zip(first.phases, last.phases, strict=True)
    )
    return Pattern(last.name if share == 1 else first.name, phases)
