"""Every file of a programme, each made once."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.naming import session_name
from psoas_audio.drafting.settings import Settings
from psoas_audio.errors import LengthError, Problem, ScriptError
from psoas_audio.planning import Choices
from psoas_audio.programme.model import Entry, Programme
from psoas_audio.programme.outputs import Made, calendar, plan_page, playlist, playlist_name
from psoas_audio.programme.translate import examined
from psoas_audio.provenance.current import is_current, is_untouched
from psoas_audio.publication import Publication
from psoas_audio.rendering.progress import Report
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.timeline.file import read_timeline, timeline_beside

SESSIONS = "sessions"
"""The folder of the MP3 files in that of the programme."""

Reporting = Callable[[str], contextlib.AbstractContextManager[Report]]
"""Gives a session's name something that shows its progress."""


@dataclass(frozen=True, slots=True)
class MadeProgramme:
    """A finished programme."""

    folder: Path
    files: tuple[Path, ...]
    """Every file of it; the plan first, then calendar, playlists and sessions."""
    rendered: int
    """Sessions that were rendered."""
    kept: int
    """Sessions that were there already, as they would be made."""


def prepared(
    programme: Programme, base: Choices, settings: Settings
) -> tuple[Programme, dict[Entry, Session]]:
    """*programme* with voice and language of *base* throughout, and the session of each entry.

    Entries that sound alike share one. Raises :class:`ScriptError` with every entry whose length
    can't be had, and with every text, here or in a session, that has no translation.
    """
    own: tuple[Problem, ...] = ()
    if base.language is not None:
        programme, own = examined(programme, base.language)
    programme = _with_choices(programme, base)
    problems = dict.fromkeys(own)
    alike: dict[tuple[str, Choices], Session] = {}
    found: dict[Entry, Session] = {}
    for week in programme.weeks:
        for entry in week.entries:
            key = (entry.session, entry.choices)
            try:
                if key not in alike:
                    session = Session(Draft(load_script(entry.session), entry.choices, settings))
                    session.draft.plan()
                    alike[key] = session
                found[entry] = alike[key]
            except LengthError as error:
                told = Problem(entry.mark, "length-out-of-reach", error.what, error.hint)
                problems[told] = None
            except ScriptError as error:  # blocks are shared: each of their faults once
                problems |= dict.fromkeys(error.problems)
    if problems:
        raise ScriptError(list(problems))
    return programme, found


def _with_choices(programme: Programme, base: Choices) -> Programme:
    def chosen(entry: Entry) -> Entry:
        own = entry.choices
        return replace(entry, choices=replace(base, length=own.length, guidance=own.guidance))

    weeks = (replace(week, entries=tuple(map(chosen, week.entries))) for week in programme.weeks)
    return replace(programme, weeks=tuple(weeks))


def make(
    programme: Programme,
    base: Choices,
    folder: Path,
    start: dt.date,
    at: dt.time | None,
    overwrite: bool,
    reporting: Reporting,
) -> MadeProgramme:
    """Render what is missing of *programme* into *folder*, and write what goes with it.

    *base* is as in :func:`prepared`.

    A session that lies there as it would be made is kept, and one whose script has changed is
    made anew: a run that was cut off goes on where it was. What was not made here, or changed
    since, is replaced only where *overwrite* says so. Raises :class:`PsoasError`; the plan is
    written last.
    """
    settings = Settings(
        output=folder / SESSIONS, overwrite=overwrite, outputs=frozenset({"timeline"})
    )
    programme, planned = prepared(programme, base, settings)
    made: dict[Entry, Made] = {}
    done: dict[Session, Path] = {}
    kept = 0
    with Publication(overwrite=True) as publication:
        for entry, session in planned.items():
            if session not in done:
                output = session.output_paths()[0]
                if not overwrite and is_current(output, session.draft):
                    kept += 1
                else:
                    if is_untouched(output):
                        session.draft.settings = replace(settings, overwrite=True)
                    with reporting(
                        session_name(session.draft.script, session.draft.choices)
                    ) as report:
                        session.report = report
                        session.render()
                done[session] = output
            script = session.draft.script
            length = read_timeline(timeline_beside(done[session])).length
            file = f"{SESSIONS}/{done[session].name}"
            made[entry] = Made(file, script.title, script.kind, length)
        _write(publication, programme, folder, made, start, at)
        files = publication.publish()
    return MadeProgramme(folder, (*files, *done.values()), len(done) - kept, kept)


def _write(
    publication: Publication,
    programme: Programme,
    folder: Path,
    made: dict[Entry, Made],
    start: dt.date,
    at: dt.time | None,
) -> None:
    texts: dict[str, bytes] = {
        f"{programme.name}.html": plan_page(programme, made, start).encode(),
        f"{programme.name}.ics": calendar(programme, made, start, at),
    }
    for week, day, entries in programme.days():
        texts[playlist_name(week, day)] = playlist(programme, week, day, entries, made).encode()
    for name, data in texts.items():
        publication.reserve(folder / name)
        publication.write(folder / name, data)
