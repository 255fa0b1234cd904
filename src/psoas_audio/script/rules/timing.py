"""What the rules on doses, silences and lengths look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from psoas_audio.script.model import Breathe, Hold, Kind, Move, Pause, Repeat, Rest
from psoas_audio.script.rules.context import MOST_CHARACTERS, Finding, RuleContext
from psoas_audio.script.texts import LONGEST_FILLED, fill
from psoas_audio.script.walk import span_of
from psoas_audio.units import SAMPLE_RATE, spoken_length

SECOND = SAMPLE_RATE
MINUTE = 60 * SECOND


@dataclass(frozen=True, slots=True)
class Dose:
    """How long one hold of a kind is."""

    shortest: int
    """Samples; shorter is unusual."""
    longest: int
    """Samples; longer is unusual."""
    limit: int
    """Samples; longer is an error."""
    rounds: int
    """More rounds of holds are unusual."""


DOSES: Final[Mapping[Kind, Dose]] = {
    "self-massage": Dose(30 * SECOND, 120 * SECOND, 3 * MINUTE, rounds=3),
    "stretch": Dose(10 * SECOND, 120 * SECOND, 5 * MINUTE, rounds=5),
    "strength": Dose(5 * SECOND, 60 * SECOND, 5 * MINUTE, rounds=12),
}
"""Doses by kind; sources in docs/safety.md."""

QUIET = 60 * SECOND
"""Samples of silence after which a listener wonders whether it still plays."""
LONGEST_SESSION = 24 * 60 * MINUTE
"""Samples that the written lengths of a script may add up to."""
MOST_STEPS = 100_000
"""Steps a script may unfold to."""
BREATH_HOLD = 7 * SECOND
"""Samples: the longest breath hold of the named patterns."""
CYCLES_478 = 6
"""Cycles of 4-7-8 in one go, as trialled."""


def past_limit(case: RuleContext) -> Iterator[Finding]:
    """Holds that may last longer than their kind allows."""
    dose = DOSES.get(case.script.kind)
    for visit in case.visits:
        span = span_of(visit.step, case.script)
        if dose and span and isinstance(visit.step, Hold) and span.longest > dose.limit:
            yield (
                visit.step.mark,
                {
                    "length": spoken_length(span.longest),
                    "limit": spoken_length(dose.limit),
                    "kind": case.script.kind,
                },
            )


def unusual_dose(case: RuleContext) -> Iterator[Finding]:
    """Holds outside the usual range, but within the limit."""
    dose = DOSES.get(case.script.kind)
    for visit in case.visits:
        span = span_of(visit.step, case.script)
        if dose is None or span is None or not isinstance(visit.step, Hold):
            continue
        if span.shortest < dose.shortest or dose.longest < span.longest <= dose.limit:
            far = span.shortest if span.shortest < dose.shortest else span.longest
            yield (
                visit.step.mark,
                {
                    "length": spoken_length(far),
                    "usual": f"{dose.shortest // SECOND} to {dose.longest // SECOND} seconds",
                    "kind": case.script.kind,
                },
            )


def unusual_rounds(case: RuleContext) -> Iterator[Finding]:
    """More rounds of holds than is usual."""
    dose = DOSES.get(case.script.kind)
    for visit in case.visits:
        step = visit.step
        if (
            dose is not None
            and isinstance(step, Repeat)
            and step.rounds.most > dose.rounds
            and any(isinstance(inner, Hold) for inner in step.steps)
        ):
            yield (
                step.mark,
                {"rounds": step.rounds.most, "usual": dose.rounds, "kind": case.script.kind},
            )


def outside_hold(case: RuleContext) -> Iterator[Finding]:
    """Cues and countdowns that can't be inside their hold at its shortest."""
    for visit in case.visits:
        step, span = visit.step, span_of(visit.step, case.script)
        if not isinstance(step, Hold) or span is None:
            continue
        shortest = span.shortest
        told = {"length": spoken_length(shortest)}
        for cue in step.during:
            at = cue.at
            inside = at.offset < shortest if at.anchor == "start" else -at.offset <= shortest
            if not inside and at.anchor != "half":
                where = "after the start" if at.anchor == "start" else "before the end"
                yield cue.mark, {"what": f"{spoken_length(abs(at.offset))} {where}", **told}
        if step.countdown * SECOND >= shortest:
            yield step.mark, {"what": f"a countdown of {step.countdown} seconds", **told}


def too_long(case: RuleContext) -> Iterator[Finding]:
    """Scripts whose rounds multiply past all use."""
    steps = samples = characters = 0
    for visit in case.visits:
        steps += visit.times
        for text in visit.texts():
            words = fill(text.words, visit.values) if "{" in text.words else text.words
            characters += visit.times * len(words)
            if len(words) >= LONGEST_FILLED:
                yield text.mark, {"what": f"a text of {LONGEST_FILLED:,} characters or more"}
                return
        if characters > MOST_CHARACTERS:
            yield visit.step.mark, {"what": f"more than {MOST_CHARACTERS:,} characters of speech"}
            return
        if span := span_of(visit.step, case.script):
            samples += visit.times * span.longest
        if steps > MOST_STEPS:
            yield visit.step.mark, {"what": f"more than {MOST_STEPS:,} steps"}
            return
        if samples > LONGEST_SESSION:
            yield visit.step.mark, {"what": "more than 24 hours"}
            return


def breath_holds(case: RuleContext) -> Iterator[Finding]:
    """Long breath holds, and many cycles of 4-7-8 in one go."""
    for visit in case.visits:
        step = visit.step
        if not isinstance(step, Breathe):
            continue
        for pattern in (step.pattern, step.ramp_to):
            for phase in pattern.phases if pattern else ():
                if phase.kind in ("full", "empty") and phase.length > BREATH_HOLD:
                    yield step.mark, {"what": f"a breath hold of {spoken_length(phase.length)}"}
        span = span_of(step, case.script)
        if step.pattern.name == "4-7-8" and span:
            cycles = span.longest // step.pattern.length
            if cycles > CYCLES_478:
                yield step.mark, {"what": f"{cycles} breaths of 4-7-8 in one go"}


def paced_standing(case: RuleContext) -> Iterator[Finding]:
    """Patterns with breath holds while the listener stands."""
    for visit in case.visits:
        if isinstance(visit.step, Breathe) and visit.position == "standing":
            kinds = {phase.kind for phase in visit.step.pattern.phases}
            if kinds & {"full", "empty"}:
                yield visit.step.mark, {}


def untold_silence(case: RuleContext) -> Iterator[Finding]:
    """Silences of more than a minute without any sound."""
    bed = case.script.bed is not None
    for visit in case.visits:
        step, span = visit.step, span_of(visit.step, case.script)
        if span is None or span.longest <= QUIET:
            continue
        match step:
            case Hold() | Rest():
                silent = step.fill == "silent" or (step.fill == "bed" and not bed)
            case Pause() | Move():
                silent = not bed
            case _:
                silent = False
        if silent and (gap := _longest_gap(step, span.longest)) > QUIET:
            yield step.mark, {"length": spoken_length(gap)}


def _longest_gap(step: object, length: int) -> int:
    """Samples of the longest stretch of a hold of *length* in which nothing sounds."""
    if not isinstance(step, Hold):
        return length
    if step.interval:
        return min(step.interval, length)
    anchors = {"start": 0, "half": length // 2, "end": length}
    moments = [anchors[cue.at.anchor] + cue.at.offset for cue in step.during]
    if step.halfway is not None:
        moments.append(length // 2)
    if step.countdown:
        moments.append(length - step.countdown * SECOND)
    moments = sorted([0, length, *moments])
    return max(after - before for before, after in pairwise(moments))
