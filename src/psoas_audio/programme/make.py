"""Every file of a programme, each made once."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from psoas_audio.errors import LengthError, Problem, PsoasError, ScriptError
from psoas_audio.planning import Choices
from psoas_audio.programme.model import Entry, Programme
from psoas_audio.programme.outputs import Made, calendar, plan_page, playlist, playlist_name
from psoas_audio.rendering.digest import digest
from psoas_audio.rendering.faces import beside
from psoas_audio.rendering.interface import load_script
from psoas_audio.rendering.naming import session_name
from psoas_audio.rendering.progress import Report
from psoas_audio.rendering.publish import Publication
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.settings import Settings
from psoas_audio.timeline import from_json

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


def with_choices(programme: Programme, base: Choices) -> Programme:
    """*programme* with voice, language, sides and bed of *base* in every entry."""
    weeks = tuple(
        replace(
            week,
            entries=tuple(
                replace(
                    entry,
                    choices=replace(
                        base, length=entry.choices.length, guidance=entry.choices.guidance
                    ),
                )
                for entry in week.entries
            ),
        )
        for week in programme.weeks
    )
    return replace(programme, weeks=weeks)


def sessions(programme: Programme, settings: Settings) -> dict[Entry, Session]:
    """The session of each entry; entries that sound alike share one.

    Raises :class:`ScriptError` with every entry whose length can't be had.
    """
    problems: list[Problem] = []
    alike: dict[tuple[str, Choices], Session] = {}
    found: dict[Entry, Session] = {}
    for week in programme.weeks:
        for entry in week.entries:
            key = (entry.session, entry.choices)
            try:
                if key not in alike:
                    session = Session(load_script(entry.session), entry.choices, settings)
                    session.priced()
                    alike[key] = session
                found[entry] = alike[key]
            except LengthError as error:
                problems.append(Problem(entry.mark, "length-out-of-reach", error.what, error.hint))
    if problems:
        raise ScriptError(problems)
    return found


def make(
    programme: Programme,
    folder: Path,
    start: dt.date,
    at: dt.time | None,
    overwrite: bool,
    reporting: Reporting,
) -> MadeProgramme:
    """Render what is missing of *programme* into *folder*, and write what goes with it.

    A session that lies there as it would be made is kept, so a run that was cut off goes
    on where it was. Raises :class:`PsoasError`; the plan is written last.
    """
    settings = Settings(
        output=folder / SESSIONS, overwrite=overwrite, extras=frozenset({"timeline"})
    )
    planned = sessions(programme, settings)
    made: dict[Entry, Made] = {}
    done: dict[Session, Path] = {}
    kept = 0
    with Publication(overwrite=True) as publication:
        for entry, session in planned.items():
            if session not in done:
                output = session.targets()[0]
                if not overwrite and _is_made(output, session):
                    kept += 1
                else:
                    with reporting(session_name(session.script, session.choices)) as report:
                        session.report = report
                        session.render()
                done[session] = output
            script = session.script
            length = from_json(_timeline(done[session]).read_text("utf-8")).length
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
        title = f"{programme.title}: week {week}, day {day}"
        texts[playlist_name(week, day)] = playlist(title, entries, made).encode()
    for name, data in texts.items():
        publication.reserve(folder / name)
        publication.write(folder / name, data)


def _is_made(output: Path, session: Session) -> bool:
    """Whether *output* is there, whole, and what *session* would make of it now."""
    try:
        text = _timeline(output).read_text(encoding="utf-8")
        plain = json.loads(text)["made"]
        return bool(
            from_json(text) == session.priced().timeline
            and plain["files"][output.name] == digest(output)
        )
    except (OSError, ValueError, KeyError, TypeError, PsoasError):
        return False


def _timeline(output: Path) -> Path:
    return beside(output, "timeline")
