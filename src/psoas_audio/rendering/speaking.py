"""Speaks a draft: makes every take, and fits the length with what the takes measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.planned_session import KnownLength, PlannedSession, plan_session
from psoas_audio.errors import LengthError, ScriptError
from psoas_audio.planning import Utterance
from psoas_audio.planning.fit import Totals
from psoas_audio.rendering.progress import OnProgress, Progress
from psoas_audio.rendering.track_levels import voice_gains
from psoas_audio.speech.line import Line
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import overruns
from psoas_audio.timeline.word_times import with_word_starts

_MAX_FITTINGS = 8
"""How often a length may be fitted again with newly measured takes; twice is usual."""


class SpokenSession(NamedTuple):
    """A planned session with a take for every line."""

    planned: PlannedSession
    facts: dict[str, TakeFacts]
    """Media id to the facts about its take."""
    gains: dict[str, float]
    """Media id to the gain of its take in dB."""
    takes: int
    """How many takes were needed: its own, and others that its gain is taken from."""


class KnownVersions(NamedTuple):
    """What versions of a script that differ in length and guidance have found out together."""

    facts: dict[str, TakeFacts]
    """Media id to the facts about its take."""
    totals: Totals
    """Lengths that sessions of the script have with those takes."""


OnTake = Callable[[str, TakeFacts], object]
"""Called with the media id of each take that was made, and the facts about it."""


def _do_nothing(planned: PlannedSession) -> None:
    del planned


def speak(
    draft: Draft,
    on_progress: OnProgress,
    before_speaking: Callable[[PlannedSession], object] = _do_nothing,
    versions: KnownVersions | None = None,
    on_take: OnTake | None = None,
) -> SpokenSession:
    """Make every take of *draft*, and fit the length with what the takes measure.

    *before_speaking* is called with the session as estimated if takes are missing. *versions* is
    what other versions of its script have found, to which more is added. With *on_take*, the first
    line is spoken before any other is begun. Raises :class:`ScriptError` if coaching doesn't fit
    into its hold.
    """
    on_progress(Progress("plan", 0, 1))
    versions = versions or KnownVersions({}, {})
    facts, totals = versions
    level_lines = draft.level_lines

    def known_length(utterance: Utterance) -> int | None:
        if utterance.take not in facts:
            cached = draft.takes.known(draft.line_of(utterance))
            if cached is None:
                return None
            facts[utterance.take] = cached
        return facts[utterance.take].length

    with draft.blame_chosen_voice():
        unspoken = _unspoken(draft, known_length)
        # Whoever hears each take as it is made waits for the first: its engine has all the cores.
        with draft.takes.loading(unspoken if on_take is None else unspoken[:1]):
            for _ in range(_MAX_FITTINGS):
                try:
                    planned = plan_session(draft.script, draft.choices, known_length, totals)
                except LengthError as error:
                    facts |= _make(draft, draft.lines_to_measure(error), on_progress, on_take)
                    totals.clear()
                    continue
                needed = {u.take: u for u in planned.utterances}
                lines = {**needed, **{u.take: u for u in level_lines}}
                missing = [draft.line_of(u) for u in lines.values() if known_length(u) is None]
                if missing:
                    before_speaking(planned)
                    facts |= _make(draft, missing, on_progress, on_take)
                elif not planned.estimated:
                    break
                # Otherwise another render made a take after it was estimated here.
                totals.clear()
    problems = overruns(planned.fitted.plan, planned.lengths)
    if problems:
        raise ScriptError(problems)
    starts = {
        take: draft.takes.word_starts(draft.line_of(utterance), facts[take])
        for take, utterance in needed.items()
    }
    timeline = with_word_starts(planned.timeline, starts)
    gains = voice_gains(needed.values(), level_lines, facts, draft.target_lufs)
    planned = replace(planned, timeline=timeline)
    return SpokenSession(planned, {t: facts[t] for t in needed}, gains, len(lines))


def _unspoken(draft: Draft, known_length: KnownLength) -> list[Line]:
    """Lines whose takes are missing: if words are new, which shows at once, those with such words.

    After an update of the program all words are new, and engines may load in vain.
    """
    lines = {utterance: draft.line_of(utterance) for utterance in draft.level_lines}
    new = [line for line in lines.values() if not draft.takes.knows_text(line)]
    return new or [line for utterance, line in lines.items() if known_length(utterance) is None]


def _make(
    draft: Draft, lines: list[Line], on_progress: OnProgress, on_take: OnTake | None
) -> dict[str, TakeFacts]:
    done = 0
    speaking: dict[str, str] = {}
    """The id of each line that is being spoken to its text, the last begun at the end."""

    def tell() -> None:
        on_progress(Progress("speak", done, len(lines), next(reversed(speaking.values()), "")))

    def on_begin(line: Line) -> None:
        speaking[line.id] = line.text
        tell()

    def on_line(line: Line, _: bool) -> None:
        nonlocal done
        done += 1
        speaking.pop(line.id, None)
        if on_take is not None and (facts := draft.takes.known(line)) is not None:
            on_take(line.id, facts)
        tell()

    turns = [lines] if on_take is None else [lines[:1], lines[1:]]
    tell()
    made = [draft.takes.make(turn, on_line, on_begin) for turn in turns]
    return {take: facts for turn in made for take, facts in turn.items()}
