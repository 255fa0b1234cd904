"""What comes with a programme's sessions besides its page: playlists and a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event

from psoas_audio.locale.languages import DateWords, load_language
from psoas_audio.locale.tags import main_language
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


_BEFORE = dt.timedelta(minutes=10)
_MORNING = dt.timedelta(hours=8)
"""When an event of a whole day is announced, from midnight."""

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
    programme: Programme,
    rendered: RenderedEntries,
    start: dt.date,
    at: dt.time | None = None,
    base_url: str = "",
) -> bytes:
    """An iCalendar file (RFC 5545) with an event for each session.

    With *at*, a day's sessions follow each other from that time, in the listener's time zone;
    otherwise they are all-day events. Each has an alarm: ten minutes before, or at eight in the
    morning. *base_url*, with a slash at the end, is where the programme's folder is published: the
    events link the day on its page. The same programme always gives the same bytes.
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
            link = one.file if not base_url else f"{programme.name}.html"
            place = f"{base_url}{quote(link)}"
            if base_url:
                place += f"#day-{week}-{day}"
                event.add("url", place)
            event.add("description", f"{place}\n{language.interface['safety-note']}")
            if now is None:
                event.add("dtstart", date)
                event.add("dtend", date + dt.timedelta(days=1))
                event.add("transp", "TRANSPARENT")
            else:
                length = dt.timedelta(seconds=-(-one.length // SAMPLE_RATE))
                event.add("dtstart", now)
                event.add("dtend", now + length)
                now += length
            event.add_component(_alarm(one.title, _MORNING if now is None else -_BEFORE))
            found.add_component(event)
    return bytes(found.to_ical())


def _alarm(title: str, offset: dt.timedelta) -> Alarm:
    """A message at *offset* from the start."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", offset)
    alarm.add("description", title)
    return alarm


def date_in_words(date: dt.date, words: DateWords) -> str:
    """*date* in the words of *say*, such as ``Mon 2 Mar``; the locale doesn't matter."""
    return words.format.format(
        weekday=words.weekdays[date.weekday()], day=date.day, month=words.months[date.month - 1]
    )


def _line(text: str) -> str:
    return " ".join(text.split())
