"""Everything that can be said of a script without speaking it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from psoas_audio.drafting.planned_session import length_range
from psoas_audio.errors import Mark, Problem, PsoasError
from psoas_audio.library import did_you_mean
from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.planning.choices import DEFAULT_ENGINE
from psoas_audio.script.load import Examined, examine_script
from psoas_audio.script.model import LengthRange, Script, VoiceSettings
from psoas_audio.speech.engines import ENGINES, known_engines
from psoas_audio.timeline import overruns, short_cues
from psoas_audio.translation.translate import translate_partly as in_language
from psoas_audio.units import clock


def check(name: str | Path, language: str | None = None) -> tuple[Problem, ...]:
    """Every problem of the script *name*, sorted by place: also what only its plan can tell.

    With *language* its translation is checked and planned too.

    What could be read of a faulty script is planned too, so that one look shows everything.
    Raises :class:`PsoasError` where there is no such script.
    """
    return check_examined(examine_script(name), language)


def check_examined(translate_partly: Examined, language: str | None = None) -> tuple[Problem, ...]:
    """As :func:`check`, for a script that has been read already."""
    found = {*translate_partly.problems}
    # What unfolds past all use must not be unfolded.
    if translate_partly.script is not None and not any(p.rule == "too-long" for p in found):
        script = translate_partly.script
        found |= {*_voices(translate_partly.voices, script.language)}
        if language is not None:
            script, faults = in_language(script, language)
            found |= {*faults}
            # The header's lengths are those of the language it is written in.
            script = replace(script, length=None)
        found |= {*_rooms(script)}
        if translate_partly.complete and not any(p.rule == "unknown-sound" for p in found):
            found |= {*_lengths(script)}
    return tuple(sorted(found, key=lambda problem: (problem.mark, problem.rule)))


def _voices(wishes: Sequence[tuple[VoiceSettings, Mark]], language: str) -> Iterator[Problem]:
    """Engines and voices that aren't there: each voice named says one word, once."""
    for wish, mark in wishes:
        engine = wish.engine or DEFAULT_ENGINE
        if engine not in ENGINES and engine not in (engines := sorted(known_engines())):
            hint = did_you_mean(engine, engines) or f"There are {', '.join(engines)}."
            yield Problem(mark, "unknown-engine", f"there is no speech engine {engine!r}.", hint)
        elif wish.name is not None:
            from psoas_audio.drafting.voice_check import voice_fault  # loads numpy

            fault = voice_fault(wish, engine, language, mark)
            if fault is not None:
                yield Problem(mark, "unknown-voice", fault.what + ".", fault.hint)


def _rooms(script: Script) -> Iterator[Problem]:
    """Words too long for the place the script gives them, holds at their shortest."""
    try:
        plan = expand(script, Choices(), Stretch(Fraction(0), Fraction(0)))
    except PsoasError:
        return
    lengths = {u.take: int(estimated_length(u) * _CERTAIN) for u in plan.utterances()}
    yield from overruns(plan, lengths)
    yield from short_cues(plan, lengths)


_CERTAIN = 0.9
"""Share of its estimate that a line surely takes: what doesn't fit then won't fit when spoken."""


def _lengths(script: Script) -> list[Problem]:
    try:
        shortest, longest = length_range(script)
    except PsoasError as error:
        mark = error.where if isinstance(error.where, Mark) else script.mark
        return [Problem(mark, "cannot-plan", error.what, error.hint)]
    return _out_of_reach(script.length, shortest, longest) if script.length else []


_SLACK = 1.05
"""Lengths before anything is spoken are estimates: a length this near an end is let pass."""


def _out_of_reach(length: LengthRange, shortest: int, longest: int) -> list[Problem]:
    wished = (("default", length.default), ("min", length.shortest), ("max", length.longest))
    return [
        Problem(
            length.mark,
            "length-out-of-reach",
            f"the {name} length {clock(wish)} is out of reach:"
            f" the steps can last from {clock(shortest)} to {clock(longest)}.",
            "Change the length, or give holds and rests wider ranges.",
        )
        for name, wish in wished
        if wish is not None and not shortest / _SLACK <= wish <= longest * _SLACK
    ]
