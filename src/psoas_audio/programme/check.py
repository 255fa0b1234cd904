"""Finds all problems of a programme without speaking it."""

from __future__ import annotations

from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import Problem, ScriptError
from psoas_audio.planning import Choices
from psoas_audio.programme.load import load_programme
from psoas_audio.programme.render import CHOSEN_RULES, plan_programme


def programme_problems(name: str, language: str | None = None) -> tuple[Problem, ...]:
    """Every problem of the programme *name* and of its sessions, with *language* in translation.

    Raises ``PsoasError`` if there is no such programme.
    """
    try:
        _, sessions = plan_programme(load_programme(name), Choices(language=language), Settings())
    except ScriptError as error:
        return tuple(error.problems)
    return tuple(
        dict.fromkeys(
            problem
            for session in sessions.values()
            for problem in session.draft.plan().warnings
            if problem.rule not in CHOSEN_RULES
        )
    )
