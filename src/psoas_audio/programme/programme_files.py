"""What comes with a programme's sessions: playlists, a calendar and a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import quote

import jinja2
from icalendar import Calendar, Event
from markupsafe import Markup

from psoas_audio.deliver.pictures.colours import colours
from psoas_audio.locale.languages import DateWords, load_language, main_language
from psoas_audio.programme.model import Programme, ProgrammeEntry
from psoas_audio.units import SAMPLE_RATE, clock


@dataclass(frozen=True, slots=True)
class RenderedEntry:
    """The rendered session of a programme's entry."""

    file: str
    """Its path relative to the programme's folder, with ``/`` between folders."""
    title: str
    kind: str
    length: int
    """Samples."""


RenderedEntries = Mapping[ProgrammeEntry, RenderedEntry]


def date_of(start: dt.date, week: int, day: int) -> dt.date:
    """The date of *day* in *week*, both counted from 1; *start* is day 1 of week 1."""
    return start + dt.timedelta(days=(week - 1) * 7 + day - 1)


def playlist_name(week: int, day: int) -> str:
    """The file name of a day's playlist."""
    return f"week-{week}-day-{day}.m3u8"


def playlist(
    programme: Programme,
    week: int,
    day: int,
    entries: Sequence[ProgrammeEntry],
    rendered: RenderedEntries,
) -> str:
    """A day's M3U8 playlist; lengths are rounded to seconds."""
    title = (
        load_language(programme.language)
        .interface["programme-day"]
        .format(title=programme.title, week=week, day=day)
    )
    lines = ["#EXTM3U", f"#PLAYLIST:{_line(title)}"]
    for entry in entries:
        one = rendered[entry]
        lines.append(f"#EXTINF:{round(one.length / SAMPLE_RATE)},{_line(one.title)}")
        lines.append(quote(one.file))
    return "\n".join(lines) + "\n"


def calendar(
    programme: Programme, rendered: RenderedEntries, start: dt.date, at: dt.time | None = None
) -> bytes:
    """An iCalendar file (RFC 5545) with an event for each session.

    With *at*, a day's sessions follow each other from that time, in the listener's time zone;
    otherwise they are all-day events. The same programme always gives the same bytes.
    """
    language = load_language(programme.language)
    found = Calendar()
    found.add("prodid", f"-//psoas-audio//programme//{main_language(programme.language).upper()}")
    found.add("version", "2.0")
    found.add("x-wr-calname", programme.title)
    for week, day, entries in programme.days():
        date = date_of(start, week, day)
        now = None if at is None else dt.datetime.combine(date, at)
        for number, entry in enumerate(entries, 1):
            one = rendered[entry]
            event = Event()
            event.add("uid", f"{programme.name}-{week}-{day}-{number}-{start}@psoas-audio")
            event.add("dtstamp", dt.datetime.combine(start, dt.time(), dt.UTC))
            event.add("summary", f"{one.title} ({clock(one.length)})")
            event.add("description", f"{quote(one.file)}\n{language.interface['safety-note']}")
            if now is None:
                event.add("dtstart", date)
                event.add("dtend", date + dt.timedelta(days=1))
                event.add("transp", "TRANSPARENT")
            else:
                length = dt.timedelta(seconds=-(-one.length // SAMPLE_RATE))
                event.add("dtstart", now)
                event.add("dtend", now + length)
                now += length
            found.add_component(event)
    return bytes(found.to_ical())


def plan_page(programme: Programme, rendered: RenderedEntries, start: dt.date) -> str:
    """The whole programme on one self-contained HTML page that prints well."""
    language = load_language(programme.language)
    say = language.interface
    guidance = {"full": "", "reminder": say["guidance-reminder"], "bells": say["guidance-bells"]}
    weeks: list[dict[str, object]] = [
        {"title": week.title or say["week"].format(number=number), "days": []}
        for number, week in enumerate(programme.weeks, 1)
    ]
    for week, day, entries in programme.days():
        date = date_of(start, week, day)
        days = weeks[week - 1]["days"]
        assert isinstance(days, list)
        days.append(
            {
                "name": say["day"].format(number=day),
                "iso": date.isoformat(),
                "date": date_in_words(date, language.dates),
                "playlist": playlist_name(week, day),
                "sessions": [
                    {
                        "title": rendered[entry].title,
                        "file": quote(rendered[entry].file),
                        "length": clock(rendered[entry].length),
                        "guidance": guidance[entry.choices.guidance],
                        "deep": colours(rendered[entry].kind).deep,
                        "soft": colours(rendered[entry].kind).soft,
                    }
                    for entry in entries
                ],
            }
        )
    template = (files("psoas_audio.programme") / "templates" / "plan.html").read_text("utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(template).render(
        programme=programme,
        weeks=weeks,
        calendar=quote(f"{programme.name}.ics"),
        say=say,
        policy=Markup("default-src 'none'; style-src 'unsafe-inline'"),
    )


def date_in_words(date: dt.date, words: DateWords) -> str:
    """*date* in the words of *say*, such as ``Mon 2 Mar``; the locale doesn't matter."""
    return words.format.format(
        weekday=words.weekdays[date.weekday()], day=date.day, month=words.months[date.month - 1]
    )


def _line(text: str) -> str:
    return " ".join(text.split())
