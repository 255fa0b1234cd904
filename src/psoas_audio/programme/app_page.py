"""A programme as one page: today's day, what is done, and a player for a day's sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.face import fixed_face
from psoas_audio.deliver.web.inline import read_template, render_template
from psoas_audio.deliver.web.page import PLAYER_WORDS, player_page
from psoas_audio.deliver.web.player_script import page_script
from psoas_audio.locale.languages import Language, load_language
from psoas_audio.programme.model import Programme, ProgrammeEntry
from psoas_audio.programme.programme_files import date_in_words, date_of
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import clock

_APP_WORDS = (
    *("today", "nothing-today", "done-today", "programme-done", "not-yet", "begin-today"),
    *("begin-again", "day-of-week", "still-open", "coming-next", "days-done", "mark-done"),
    *("mark-open", "then", "day-done", "play-day", "do-now", "look-at", "safety-note", "min"),
)
"""Interface words that the page's script shows, besides the player's."""
_NOTHING = Markup()
MEDIA = "'self' file: data: blob:"
"""Where the page's sound may come from: files beside it, on a site or in a folder."""


@dataclass(frozen=True, slots=True)
class AppSession:
    """A session as the page plays it; addresses are relative to the page."""

    timeline: Timeline
    details: Details
    url: str
    """Of its sound."""
    page: str
    """Of its own page."""
    media_type: str
    cover: str = ""
    """Of its cover; may be empty."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the page has where it is: on a site, or in a folder."""

    start: dt.date | None = None
    """The date of day 1; ``None`` if each listener begins on a day of their own."""
    at: dt.time | None = None
    """When a day's sessions begin; ``None`` if each listener chooses."""
    calendar: str = ""
    """The address of a calendar file; empty where the page makes its own."""
    back: Markup = _NOTHING
    links: Markup = _NOTHING
    head: Markup = _NOTHING
    scripts: Sequence[str] = ()
    """Texts of more scripts."""
    words: Mapping[str, str] | None = None
    """More words for them."""
    css: str = ""
    policy: Sequence[str] = ()


def programme_page(
    programme: Programme, sessions: Mapping[ProgrammeEntry, AppSession], around: Around
) -> str:
    """The page as HTML; *sessions* has one for each entry of *programme*."""
    language = load_language(programme.language)
    say = language.interface
    ones = list({id(one): one for one in sessions.values()}.values())
    weeks = _weeks(programme, sessions, around.start, language)
    days = [day for week in weeks for day in week["days"]]
    first = ones[0]
    session = {
        "name": programme.name,
        "title": programme.title,
        "artist": "",
        "cover": "",
        "need": "",
        "start": around.start.isoformat() if around.start else "",
        "at": around.at.strftime("%H:%M") if around.at else "",
        "words": {name: say[name] for name in (*PLAYER_WORDS, *_APP_WORDS)}
        | dict(around.words or {}),
        "sessions": [_plain(one) for one in ones],
        "days": [
            {
                "week": day["week"],
                "day": day["day"],
                "title": day["title"],
                "entries": [
                    {
                        "key": each["key"],
                        "session": ones.index(each["one"]),
                        "guidance": each["guidance"],
                    }
                    for each in day["sessions"]
                ],
            }
            for day in days
        ],
    }
    overview = render_template(
        "overview.html",
        __package__,
        programme=programme,
        weeks=weeks,
        first=days[0],
        days=len(days),
        calendar=around.calendar,
        calendar_name=around.calendar.rpartition("/")[2],
        links=around.links,
        say=say,
    )
    back = Markup(
        '<button id="to-programme" class="round to-programme needs-script" type="button" '
        'aria-label="{}"><svg class="icon" viewBox="0 0 24 24" aria-hidden="true" '
        'focusable="false"><path d="M15 5l-7 7 7 7"/></svg></button>'
    ).format(say["to-programme"])
    scripts = [
        *around.scripts,
        *(
            read_template(name, __package__)
            for name in ("remembered.js", "calendar.js", "programme.js")
        ),
    ]
    details = Details(
        title=programme.title,
        language=programme.language,
        comment=say["safety-note"],
        summary=programme.summary,
        kind=first.details.kind,
    )
    count = say["weeks-and-sessions" if len(weeks) > 1 else "week-and-sessions"]
    total = sum(len(day["sessions"]) for day in days)
    return player_page(
        first.timeline,
        details,
        session,
        page_script(*scripts),
        media=MEDIA,
        slots={
            "back": around.back + back,
            "overview": Markup(overview),
            "after_end": Markup(render_template("then.html", __package__, say=say)),
        },
        more_css=read_template("programme.css", __package__) + around.css,
        more_policy=around.policy,
        head=around.head,
        facts=[count.format(weeks=len(weeks), sessions=total)],
        also=[one.timeline for one in ones[1:]],
    )


def _plain(one: AppSession) -> dict[str, Any]:
    return {
        "name": one.timeline.name,
        "digest": one.details.digest,
        "title": one.details.title,
        "artist": one.details.artist,
        "cover": one.cover,
        "url": one.url,
        "page": one.page,
        "type": one.media_type,
        "face": fixed_face(one.timeline, one.details),
    }


def _weeks(
    programme: Programme,
    sessions: Mapping[ProgrammeEntry, AppSession],
    start: dt.date | None,
    language: Language,
) -> list[dict[str, Any]]:
    say = language.interface
    guidance = {"full": "", "reminder": say["guidance-reminder"], "bells": say["guidance-bells"]}
    weeks: list[dict[str, Any]] = [
        {
            "number": number,
            "title": week.title or say["week"].format(number=number),
            "own_title": bool(week.title),
            "days": [],
        }
        for number, week in enumerate(programme.weeks, 1)
    ]
    for week, day, entries in programme.days():
        date = None if start is None else date_of(start, week, day)
        weeks[week - 1]["days"].append(
            {
                "week": week,
                "day": day,
                "title": programme.weeks[week - 1].title,
                "iso": date.isoformat() if date else "",
                "date": date_in_words(date, language.dates) if date else "",
                "sessions": [
                    {
                        "key": f"{week}.{day}.{number}",
                        "one": sessions[entry],
                        "title": sessions[entry].details.title,
                        "page": sessions[entry].page,
                        "length": clock(sessions[entry].timeline.length),
                        "guidance": guidance[entry.choices.guidance],
                    }
                    for number, entry in enumerate(entries, 1)
                ],
            }
        )
    return [week for week in weeks if week["days"]]
