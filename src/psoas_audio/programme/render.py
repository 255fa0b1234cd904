"""Renders a programme: each session once, then playlists, calendar and plan."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from psoas_audio.atomic_files import Publication, refuse_equal_names, remove_stale_parts
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.file_names import session_name
from psoas_audio.drafting.load_chosen import load_chosen
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import LengthError, Problem, PsoasError, ScriptError
from psoas_audio.planning import Choices
from psoas_audio.programme.app_page import AppSession, Around, programme_page
from psoas_audio.programme.model import Programme, ProgrammeEntry
from psoas_audio.programme.programme_files import (
    RenderedEntry,
    calendar,
    date_of,
    playlist,
    playlist_name,
)
from psoas_audio.programme.translate import translate_programme
from psoas_audio.provenance.current import is_current, is_untouched
from psoas_audio.provenance.read_details import read_described
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.rendering.progress import OnProgress
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.session_formats import SESSION_FORMATS
from psoas_audio.temporary import remove_abandoned_folders
from psoas_audio.timeline.file import timeline_beside

SESSIONS_FOLDER = "sessions"
"""Where the sessions are, inside the programme's folder."""

CHOSEN_RULES = frozenset({"chapter-left-out"})
"""Rules of warnings that the author of a programme doesn't need: its lengths were chosen for it."""

ProgressOf = Callable[[str], contextlib.AbstractContextManager[OnProgress]]
"""Opens a progress display for the session of that name."""


@dataclass(frozen=True, slots=True)
class RenderedProgramme:
    """A finished programme."""

    folder: Path
    files: tuple[Path, ...]
    """All its files: the plan first, then calendar, playlists and sessions."""
    rendered: int
    """How many sessions were rendered."""
    kept: int
    """How many sessions were already there and up to date."""
    warnings: tuple[str, ...] = ()
    """Of the sessions that were rendered, each once: ``NAME: warning``."""


def plan_programme(
    programme: Programme, base: Choices, settings: Settings
) -> tuple[Programme, dict[ProgrammeEntry, Session]]:
    """*programme* with voice and language of *base* throughout, and the session of each entry.

    Entries with the same script and choices share one session. Raises :class:`ScriptError` with
    every entry whose length isn't possible and every text, here or in a session, that has no
    translation.
    """
    own: tuple[Problem, ...] = ()
    if base.language is not None:
        programme, own = translate_programme(programme, base.language)
    programme = _with_base(programme, base)
    problems = dict.fromkeys(own)
    sessions: dict[tuple[str, Choices], Session] = {}
    found: dict[ProgrammeEntry, Session] = {}
    for week in programme.weeks:
        for entry in week.entries:
            key = (entry.session, entry.choices)
            try:
                if key not in sessions:
                    session = Session(
                        Draft(load_chosen(entry.session, entry.choices), entry.choices, settings)
                    )
                    session.draft.plan()
                    sessions[key] = session
                found[entry] = sessions[key]
            except LengthError as error:
                problem = Problem(entry.mark, "length-out-of-reach", error.what, error.hint)
                problems[problem] = None
            except ScriptError as error:  # sessions share blocks: list each problem only once
                problems |= dict.fromkeys(error.problems)
    if problems:
        raise ScriptError(list(problems))
    return programme, found


def _with_base(programme: Programme, base: Choices) -> Programme:
    def with_base(entry: ProgrammeEntry) -> ProgrammeEntry:
        own = entry.choices
        return replace(entry, choices=replace(base, length=own.length, guidance=own.guidance))

    weeks = (replace(week, entries=tuple(map(with_base, week.entries))) for week in programme.weeks)
    return replace(programme, weeks=tuple(weeks))


def render_programme(
    programme: Programme,
    base: Choices,
    folder: Path,
    start: dt.date,
    at: dt.time | None,
    overwrite: bool,
    progress_of: ProgressOf,
    base_url: str = "",
) -> RenderedProgramme:
    """Render *programme* into *folder*; *base* is as in :func:`plan_programme`.

    A session that is up to date is kept and one whose script has changed is rendered again, so that
    an interrupted run goes on. A file that wasn't rendered here, or was changed since, is replaced
    only with *overwrite*. *start* is the date of day 1, *at* the time of each day's first session,
    *base_url* the address at which *folder* will be published, with a slash at the end.
    Raises :class:`PsoasError`; the plan is written last.
    """
    settings = Settings(
        output=folder / SESSIONS_FOLDER,
        overwrite=overwrite,
        outputs=frozenset({"timeline", "page"}),
    )
    programme, planned = plan_programme(programme, base, settings)
    _check_dates(programme, start)
    refuse_equal_names(
        (session.draft.script.path, path)
        for session in planned.values()
        for path in session.output_paths()
    )
    for each in (folder, folder / SESSIONS_FOLDER):
        remove_stale_parts(each)
    remove_abandoned_folders()
    rendered: dict[ProgrammeEntry, RenderedEntry] = {}
    done: dict[Session, Path] = {}
    apps: dict[Session, AppSession] = {}
    played: dict[ProgrammeEntry, AppSession] = {}
    warnings: dict[str, str] = {}
    kept = 0
    with Publication(overwrite=True) as publication:
        for entry, session in planned.items():
            script = session.draft.script
            if session not in done:
                output = session.output_paths()[0]
                complete = all(path.exists() for path in session.output_paths())
                if not overwrite and complete and is_current(output, session.draft):
                    kept += 1
                else:
                    if is_untouched(output):
                        session.draft.settings = replace(settings, overwrite=True)
                    name = session_name(script, session.draft.choices)
                    with progress_of(name) as session.on_progress:
                        made = session.render()
                    chosen = _chosen(session)
                    for text in made.warnings:
                        if text not in chosen:
                            warnings.setdefault(text, made.named(text))
                done[session] = output
                apps[session] = _app_session(output)
            one = apps[session]
            file = f"{SESSIONS_FOLDER}/{done[session].name}"
            length = one.timeline.length
            rendered[entry] = RenderedEntry(file, script.title, script.kind, length)
            played[entry] = one
        files: dict[str, bytes] = {
            f"{programme.name}.html": programme_page(
                programme,
                played,
                Around(start, at, quote(f"{programme.name}.ics")),
            ).encode(),
            f"{programme.name}.ics": calendar(programme, rendered, start, at, base_url),
        }
        for week, day, entries in programme.days():
            text = playlist(programme, week, day, entries, rendered)
            files[playlist_name(week, day)] = text.encode()
        for name, data in files.items():
            publication.reserve(folder / name)
            publication.write(folder / name, data)
        written = publication.publish()
    sounds = (path for sound in done.values() for path in (sound, _page_beside(sound)))
    return RenderedProgramme(
        folder, (*written, *sounds), len(done) - kept, kept, tuple(warnings.values())
    )


def _chosen(session: Session) -> set[str]:
    """The warnings of *session* that are about what the programme's author chose."""
    planned = session.draft.plan().warnings
    return {problem.sentence for problem in planned if problem.rule in CHOSEN_RULES}


def _page_beside(sound: Path) -> Path:
    return OUTPUTS["page"].path_beside(sound)


def _app_session(sound: Path) -> AppSession:
    """The session whose sound file is *sound*, for the programme's page."""
    timeline, details = read_described(timeline_beside(sound))
    return AppSession(
        timeline=timeline,
        details=details,
        url=quote(f"{SESSIONS_FOLDER}/{sound.name}"),
        page=quote(f"{SESSIONS_FOLDER}/{_page_beside(sound).name}"),
        media_type=SESSION_FORMATS[sound.suffix[1:]].media_type,
    )


def _check_dates(programme: Programme, start: dt.date) -> None:
    """Raise :class:`PsoasError` if a calendar can't have the dates of *programme*."""
    try:
        date_of(start, len(programme.weeks) + 1, 2)  # the day after the last, in any time zone
    except OverflowError:
        raise PsoasError(
            "the programme would end after the year 9999.",
            where="--start",
            hint="Choose an earlier date, such as --start 2030-01-07.",
        ) from None
