"""Everything that can be said of a script without speaking it."""

from __future__ import annotations

from psoas_audio.errors import LengthError, Mark, Problem, PsoasError
from psoas_audio.planning import Choices
from psoas_audio.rendering.pricing import price
from psoas_audio.script.load import check_script
from psoas_audio.script.model import LengthRange, Script
from psoas_audio.timeline import overruns
from psoas_audio.units import clock


def check(name: str) -> tuple[Problem, ...]:
    """Every problem of the script *name*, sorted by place.

    Raises :class:`PsoasError` where there is no such script.
    """
    script, problems = check_script(name)
    if script is None or any(problem.severity == "error" for problem in problems):
        return problems
    return tuple(sorted({*problems, *_priced(script)}, key=lambda p: (p.mark, p.rule)))


def _priced(script: Script) -> list[Problem]:
    """What only the plan can tell: coaching too long for its hold, lengths out of reach."""
    try:
        priced = price(script, Choices())
    except LengthError as error:
        return [Problem(script.mark, "length-out-of-reach", error.what, error.hint)]
    except PsoasError as error:
        mark = error.where if isinstance(error.where, Mark) else script.mark
        return [Problem(mark, "cannot-plan", error.what, error.hint)]
    found = list(overruns(priced.fitted.plan, priced.lengths))
    if script.length is not None:
        found += _out_of_reach(script.length, priced.fitted.least, priced.fitted.most)
    return found


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
