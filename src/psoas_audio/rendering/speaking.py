"""A draft spoken: every take made, and the length fitted with what they measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.planned_session import PlannedSession, plan_session
from psoas_audio.errors import LengthError, ScriptError
from psoas_audio.planning import Utterance
from psoas_audio.rendering.progress import Progress, Report
from psoas_audio.speech.line import Line
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import Timeline, overruns

_MOST_FITTINGS = 8
"""How often a length is fitted anew with what was measured: twice is the rule."""


class SpokenSession(NamedTuple):
    """A planned session whose every line has its take."""

    planned: PlannedSession
    facts: dict[str, TakeFacts]
    """Media id to what is known of its take."""


def _nothing(timeline: Timeline) -> None:
    """Do nothing while lines are spoken."""
    del timeline


def speak(
    draft: Draft, report: Report, meanwhile: Callable[[Timeline], object] = _nothing
) -> SpokenSession:
    """Every take of *draft* made; the length fitted with what they measure.

    *meanwhile* is called where something must be spoken, just before, with the timeline as it
    is estimated. Raises :class:`ScriptError` where coaching doesn't fit its hold.
    """
    report(Progress("plan", 0, 1))
    facts: dict[str, TakeFacts] = {}

    def known(utterance: Utterance) -> int | None:
        if utterance.take not in facts:
            kept = draft.takes.known(draft.line_of(utterance))
            if kept is None:
                return None
            facts[utterance.take] = kept
        return facts[utterance.take].length

    for _ in range(_MOST_FITTINGS):
        try:
            planned = plan_session(draft.script, draft.choices, known)
        except LengthError as fault:
            facts |= _make(draft, draft.lines_to_measure(fault), report)
            continue
        wanted = {u.take: u for u in planned.utterances}
        missing = [draft.line_of(u) for take, u in wanted.items() if take not in facts]
        if not missing:
            break
        meanwhile(planned.timeline)
        facts |= _make(draft, missing, report)
    problems = overruns(planned.fitted.plan, planned.lengths)
    if problems:
        raise ScriptError(problems)
    return SpokenSession(planned, {take: facts[take] for take in wanted})


def _make(draft: Draft, lines: list[Line], report: Report) -> dict[str, TakeFacts]:
    done = 0

    def on_line(line: Line, new: bool) -> None:
        nonlocal done
        done += 1
        report(Progress("speak", done, len(lines), line.text if new else ""))

    return draft.takes.make(lines, on_line)
