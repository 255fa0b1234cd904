"""Whole breath cycles: paced breathing with its cues, and the breath tones of a hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from psoas_audio.locale.languages import SpokenWords
from psoas_audio.planning.choices import Stretch
from psoas_audio.planning.model import BreathPhase, PhaseCue, PlannedBreathing, Utterance
from psoas_audio.planning.voicing import at_rate
from psoas_audio.script.model import Pattern
from psoas_audio.script.steps.breathe import Breathe
from psoas_audio.units import SAMPLE_RATE

_SPEEDS = (1.25,)
"""Factors of the rate, tried in order, where words of several syllables don't fit their phase."""
_COUNT_SPEEDS = (1.25, 1.6, 2.0)
"""The same for numbers and single words, which stay clear when they are spoken fast."""
_HOLD_TIMBRE = "wave"
"""Timbre of the breath tones that fill a hold."""


def planned_breathing(
    step: Breathe, stretch: Stretch, words: SpokenWords, speak: Callable[[str], Utterance]
) -> PlannedBreathing:
    """The phases and cues of *step*; *speak* makes an utterance of a text."""
    cycles = list(_cycles(step, stretch))
    phases = tuple(
        BreathPhase(phase.kind, phase.length, step.timbre, number)
        for number, cycle in enumerate(cycles)
        for phase in cycle.phases
    )
    cues: list[PhaseCue] = []
    if step.cues != "tones":
        for index, phase in enumerate(phases):
            long, short = words.phases[phase.kind], words.short_phases[phase.kind]
            if step.cues == "counted":
                if short:
                    cues.append(PhaseCue(index, 0, _at_speeds(speak(short), _COUNT_SPEEDS)))
                for second in range(1, min(phase.length // SAMPLE_RATE, 10)):
                    number = speak(words.numbers[second + 1].capitalize() + ".")
                    alternatives = _at_speeds(number, _COUNT_SPEEDS)
                    cues.append(PhaseCue(index, second * SAMPLE_RATE, alternatives))
            elif long:
                alternatives = (
                    *_at_speeds(speak(long), _SPEEDS),
                    *_at_speeds(speak(short), _COUNT_SPEEDS),
                )
                cues.append(PhaseCue(index, 0, alternatives))
    return PlannedBreathing(phases, tuple(cues), step.label, step.mark)


def _at_speeds(utterance: Utterance, speeds: tuple[float, ...]) -> tuple[Utterance, ...]:
    """*utterance* at its own rate, then at each of *speeds* times that."""
    return (utterance, *(at_rate(utterance, round(utterance.rate * speed)) for speed in speeds))


def hold_phases(pattern: Pattern, length: int) -> tuple[BreathPhase, ...]:
    """The whole cycles of *pattern* that fit in *length* samples."""
    return tuple(
        BreathPhase(phase.kind, phase.length, _HOLD_TIMBRE, number)
        for number in range(length // pattern.length)
        for phase in pattern.phases
    )


def _cycles(step: Breathe, stretch: Stretch) -> Iterator[Pattern]:
    total = stretch.number(step.elastic, step.mark)
    for number in range(total):
        share = Fraction(number, total - 1) if total > 1 else Fraction(0)
        yield interpolate_patterns(step.pattern, step.ramp_to or step.pattern, share)


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
