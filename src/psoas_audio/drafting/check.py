"""Everything that can be said of a script without speaking it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from psoas_audio.drafting.planned_session import length_range, out_of_reach
from psoas_audio.errors import Mark, Problem, PsoasError, ScriptError
from psoas_audio.library import did_you_mean
from psoas_audio.planning import Choices, Stretch, Utterance, estimated_length, expand
from psoas_audio.planning.choices import DEFAULT_ENGINE
from psoas_audio.script.load import CheckedScript, examine_script
from psoas_audio.script.model import Script, VoiceSettings
from psoas_audio.speech.engines import ENGINES, known_engines
from psoas_audio.timeline import left_out_cues, overruns
from psoas_audio.translation.translate import translate_partly


def check_script(name: str | Path, language: str | None = None) -> tuple[Problem, ...]:
    """Every problem of the script *name*, sorted by place: also what only its plan can tell.

    With *language* its translation is checked and planned too.

    What could be read of a faulty script is planned too, so that one look shows everything.
    Raises :class:`PsoasError` where there is no such script.
    """
    return check_examined(examine_script(name), language)


def check_examined(examined: CheckedScript, language: str | None = None) -> tuple[Problem, ...]:
    """As :func:`check_script`, for a script that has been read already."""
    found = {*examined.problems}
    # What unfolds past all use must not be unfolded.
    if examined.script is not None and not any(p.rule == "too-long" for p in found):
        script = examined.script
        found |= {*_voices(examined.voices, script.language)}
        if language is not None:
            script, faults = translate_partly(script, language)
            found |= {*faults}
            # The header's lengths are those of the language it is written in.
            script = replace(script, length=None)
        found |= {*_rooms(script)}
        if examined.complete and not any(p.rule == "unknown-sound" for p in found):
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

    def certain(utterance: Utterance) -> int:
        return int(estimated_length(utterance) * _CERTAIN)

    lengths = {u.take: certain(u) for u in plan.spoken_forms(certain)}
    yield from overruns(plan, lengths)
    yield from left_out_cues(plan, lengths)


_CERTAIN = 0.9
"""Share of its estimate that a line surely takes: what doesn't fit then won't fit when spoken."""


def _lengths(script: Script) -> Sequence[Problem]:
    try:
        shortest, longest = length_range(script)
    except ScriptError as error:
        return error.problems
    except PsoasError as error:
        mark = error.where if isinstance(error.where, Mark) else script.mark
        return [Problem(mark, "cannot-plan", error.what, error.hint)]
    return out_of_reach(script.length, shortest, longest) if script.length else []
