"""Finds what breaks the rules on doses, breath holds, silences and lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from psoas_audio.script.model import Kind, Span
from psoas_audio.script.rules.context import MAX_CHARACTERS, RuleContext, RuleFinding
from psoas_audio.script.steps import Step
from psoas_audio.script.texts import MAX_FILLED_CHARACTERS, fill_values
from psoas_audio.units import SAMPLE_RATE, spoken_length

SECOND = SAMPLE_RATE
MINUTE = 60 * SECOND


class Dose(NamedTuple):
    """How long, and in how many rounds, a kind of script may hold."""

    shortest: int
    """Samples; shorter is unusual."""
    longest: int
    """Samples; longer is unusual."""
    limit: int
    """Samples; longer is an error."""
    rounds: int
    """Rounds of holds; more are unusual."""


DOSES: Final[Mapping[Kind, Dose]] = {
    "self-massage": Dose(30 * SECOND, 120 * SECOND, 3 * MINUTE, rounds=3),
    "stretch": Dose(10 * SECOND, 120 * SECOND, 5 * MINUTE, rounds=5),
    "yoga": Dose(5 * SECOND, 10 * MINUTE, 10 * MINUTE, rounds=12),
    "strength": Dose(5 * SECOND, 60 * SECOND, 5 * MINUTE, rounds=12),
    "cardio": Dose(5 * SECOND, 5 * MINUTE, 10 * MINUTE, rounds=40),
}
"""Kind of script to its doses; docs/safety.md has the sources."""

MAX_SILENCE = 60 * SECOND
"""Samples of silence after which a listener wonders whether the session is still playing."""
MAX_SESSION = 24 * 60 * MINUTE
"""Samples that the lengths written in a script may add up to."""
MAX_STEPS = 100_000
"""Steps that a script may have with its rounds, sides and blocks written out."""
MAX_BREATH_HOLD = 7 * SECOND
"""Samples of the longest breath hold of the patterns that have a name."""
MAX_CYCLES_478 = 6
"""Cycles of 4-7-8 in one go; docs/safety.md names the trial."""


def past_limit(context: RuleContext) -> Iterator[RuleFinding]:
    """Holds that may last longer than their kind allows."""
    for step, span, dose in _doses(context):
        if span.longest > dose.limit:
            yield (
                step.mark,
                {
                    "length": spoken_length(span.longest),
                    "limit": spoken_length(dose.limit),
                    "kind": context.script.kind,
                },
            )


def unusual_dose(context: RuleContext) -> Iterator[RuleFinding]:
    """Holds outside the usual range, but within the limit."""
    for step, span, dose in _doses(context):
        if span.shortest < dose.shortest or dose.longest < span.longest <= dose.limit:
            far = span.shortest if span.shortest < dose.shortest else span.longest
            yield (
                step.mark,
                {
                    "length": spoken_length(far),
                    "usual": f"{dose.shortest // SECOND} to {dose.longest // SECOND} seconds",
                    "kind": context.script.kind,
                },
            )


def _doses(context: RuleContext) -> Iterator[tuple[Step, Span, Dose]]:
    """Every hold, how long it lasts, and the dose of the script's kind."""
    dose = DOSES.get(context.script.kind)
    for visit in context.visits if dose is not None else ():
        for span in visit.step.stays(context.script.breath):
            assert dose is not None
            yield visit.step, span, dose


def unusual_rounds(context: RuleContext) -> Iterator[RuleFinding]:
    """More rounds of holds than is usual."""
    dose = DOSES.get(context.script.kind)
    if dose is None:
        return
    for visit in context.visits:
        step = visit.step
        if step.repetitions > dose.rounds and any(
            any(inner.stays(context.script.breath)) for inner in step.inner_steps
        ):
            yield (
                step.mark,
                {"rounds": step.repetitions, "usual": dose.rounds, "kind": context.script.kind},
            )


def outside_hold(context: RuleContext) -> Iterator[RuleFinding]:
    """Cues and countdowns that lie outside their hold when it is at its shortest."""
    for visit in context.visits:
        span = visit.step.span(context.script.breath)
        if span is not None:
            for mark, what, where in visit.step.outside_cues(span.shortest):
                yield mark, {"what": what, "where": where}


def too_long(context: RuleContext) -> Iterator[RuleFinding]:
    """Scripts that become too long with their rounds, sides and blocks written out."""
    steps = samples = characters = 0
    for visit in context.visits:
        steps += visit.times
        for text in visit.step.spoken_texts:
            words = fill_values(text.words, visit.values) if "{" in text.words else text.words
            characters += visit.times * len(words)
            if len(words) >= MAX_FILLED_CHARACTERS:
                yield text.mark, {"what": f"a text of {MAX_FILLED_CHARACTERS:,} characters or more"}
                return
        if characters > MAX_CHARACTERS:
            yield visit.step.mark, {"what": f"more than {MAX_CHARACTERS:,} characters of speech"}
            return
        if span := visit.step.span(context.script.breath):
            samples += visit.times * span.longest
        if steps > MAX_STEPS:
            yield visit.step.mark, {"what": f"more than {MAX_STEPS:,} steps"}
            return
        if samples > MAX_SESSION:
            yield visit.step.mark, {"what": "more than 24 hours"}
            return


def breath_holds(context: RuleContext) -> Iterator[RuleFinding]:
    """Long breath holds, and many cycles of 4-7-8 in one go."""
    for visit in context.visits:
        step = visit.step
        for pattern in step.paced_patterns:
            for phase in pattern.phases:
                if phase.kind in ("full", "empty") and phase.length > MAX_BREATH_HOLD:
                    yield step.mark, {"what": f"a breath hold of {spoken_length(phase.length)}"}
        span = step.span(context.script.breath)
        if span and step.paced_patterns and step.paced_patterns[0].name == "4-7-8":
            cycles = span.longest // step.paced_patterns[0].length
            if cycles > MAX_CYCLES_478:
                yield step.mark, {"what": f"{cycles} breaths of 4-7-8 in one go"}


def paced_standing(context: RuleContext) -> Iterator[RuleFinding]:
    """Patterns with breath holds while the listener stands."""
    for visit in context.visits:
        if visit.position == "standing":
            phases = (phase for pattern in visit.step.paced_patterns for phase in pattern.phases)
            if any(phase.kind in ("full", "empty") for phase in phases):
                yield visit.step.mark, {}


def long_silences(context: RuleContext) -> Iterator[RuleFinding]:
    """Silences of more than a minute without any sound."""
    has_bed = context.script.has_bed
    for visit in context.visits:
        step = visit.step.with_default_fill(context.script.fill)
        span = step.span(context.script.breath)
        if span is not None:
            silence = step.longest_silence(span.longest, has_bed=has_bed)
            if silence > MAX_SILENCE:
                yield step.mark, {"length": spoken_length(silence)}
