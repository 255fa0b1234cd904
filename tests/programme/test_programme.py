"""A programme makes every file it needs once, and real readers can read what it writes."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from mutagen.mp3 import MP3

from psoas_audio.cli.main import cli
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import ScriptError
from psoas_audio.library import programme_names
from psoas_audio.locale.languages import language_tags, load_language
from psoas_audio.planning import Choices
from psoas_audio.programme.load import load_programme
from psoas_audio.programme.programme_files import date_in_words
from psoas_audio.programme.render import plan_programme
from psoas_audio.programme.translate import programme_updates, translate_programme
from psoas_audio.timeline import from_json

TINY = "title: Tiny <b>&\nsafety: none\nsteps:\n  - say: Hello.\n  - hold: 2-20s\n    end: bowl\n"
PROGRAMME = """title: Two weeks
weeks:
  - days:
      - {day: 1, session: tiny, length: 15s}
      - {day: 1, session: tiny, length: 18s}
      - {day: 3, session: tiny, length: 15s}
  - title: Fewer words
    days:
      - {day: 2, session: tiny, length: 15s, guidance: bells}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(PROGRAMME, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)


def without_scripts(page: str) -> str:
    return re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)


def test_a_second_run_renders_nothing_again(folder: Path) -> None:
    out = folder / "out"
    start = ("programme", "render", folder / "two.yaml", "-o", out, "--start", "2026-03-02")
    told = json.loads(run(*start, "--at", "07:30", "--json").output)
    assert (told["rendered"], told["kept"]) == (3, 0)
    assert sorted(path.name for path in (out / "sessions").glob("*.mp3")) == [
        "tiny-15s-bells.mp3", "tiny-15s.mp3", "tiny-18s.mp3"]  # fmt: skip
    assert all(Path(name).is_file() for name in told["files"])
    again = json.loads(run(*start, "--at", "07:30", "--json").output)
    assert (again["rendered"], again["kept"]) == (0, 3)

    # A playlist names files that are there, with their lengths; test_playlist has it read.
    lines = (out / "week-1-day-1.m3u8").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#EXTM3U"
    assert [line for line in lines if line.startswith("#EXTINF")] == [
        "#EXTINF:15,Tiny <b>&", "#EXTINF:18,Tiny <b>&"]  # fmt: skip
    assert all((out / line).is_file() for line in lines if not line.startswith("#"))
    assert {p.name for p in out.glob("*.m3u8")} == {
        "week-1-day-1.m3u8", "week-1-day-3.m3u8", "week-2-day-2.m3u8"}  # fmt: skip

    # The calendar is read back by a calendar's own reader.
    calendar = Calendar.from_ical((out / "two.ics").read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [
        dt.datetime(2026, 3, 2, 7, 30), dt.datetime(2026, 3, 2, 7, 30, 15),
        dt.datetime(2026, 3, 4, 7, 30), dt.datetime(2026, 3, 10, 7, 30)]  # fmt: skip
    assert len({str(event["uid"]) for event in events}) == 4
    assert not calendar.errors
    assert not any(event.errors for event in events)

    # Each event reminds of itself.
    alarms = [alarm for event in events for alarm in event.walk("VALARM")]
    assert [alarm.decoded("trigger") for alarm in alarms] == [dt.timedelta(minutes=-10)] * 4

    # The plan is one page that asks for nothing from outside, and its links lead somewhere.
    page = (out / "two.html").read_text(encoding="utf-8")
    assert "Tiny &lt;b&gt;&amp;" in page
    links = re.findall(r'(?:href|src)="([^"#]+)"', without_scripts(page))
    assert "sessions/tiny-15s.html" in links
    assert all((out / link).is_file() for link in links if not link.startswith("data:"))
    assert "Fewer words" in page
    assert "Mon 2 Mar" in page

    timeline = from_json((out / "sessions" / "tiny-18s.timeline.json").read_text("utf-8"))
    assert timeline.length == 18 * 48_000


def test_only_changed_sessions_are_rendered_again(folder: Path) -> None:
    (folder / "other.yaml").write_text(TINY.replace("Hello", "Good night"), encoding="utf-8")
    (folder / "two.yaml").write_text(
        "title: One\nweeks:\n  - days:\n      - {day: 1, session: tiny, length: 15s}\n"
        "      - {day: 2, session: other, length: 15s}\n",
        "utf-8",
    )
    out = folder / "out"
    start = ("programme", "render", folder / "two.yaml", "-o", out, "--json")

    def made(*more: str) -> tuple[int, int]:
        told = json.loads(run(*start, *more).output)
        return told["rendered"], told["kept"]

    assert made() == (2, 0)
    other = out / "sessions" / "other-15s.mp3"
    before = other.stat().st_mtime_ns
    changes = (
        TINY.replace("Hello", "Good evening"),
        # Nothing that sounds: the tags tell it.
        TINY.replace("safety", "summary: A small one.\nsafety"),
    )
    for text in changes:
        (folder / "tiny.yaml").write_text(text, encoding="utf-8")
        assert made() == (1, 1)
        assert made() == (0, 2)
    assert other.stat().st_mtime_ns == before
    # What was deleted comes back, its timeline still there or not.
    other.unlink()
    assert made() == (1, 1)
    # What someone changed since is theirs.
    other.write_bytes(other.read_bytes() + b"mine")
    with pytest.raises(Exception, match="already exists"):
        made()
    assert other.read_bytes().endswith(b"mine")
    assert made("--force") == (2, 0)


def test_without_a_time_events_last_all_day(folder: Path) -> None:
    (folder / "two.yaml").write_text(
        "title: One\nweeks: [{days: [{day: 2, session: tiny, length: 15s}]}]\n", "utf-8"
    )
    out = folder / "out"
    run("programme", "render", folder / "two.yaml", "-o", out, "--start", "2026-12-31")
    event = Calendar.from_ical((out / "two.ics").read_bytes()).walk("VEVENT")[0]
    assert event.decoded("dtstart") == dt.date(2027, 1, 1)
    assert event.decoded("dtend") == dt.date(2027, 1, 2)
    assert event.walk("VALARM")[0].decoded("trigger") == dt.timedelta(hours=8)


def test_a_hosted_calendar_links_each_day(folder: Path) -> None:
    out = folder / "out"
    start = ("programme", "render", folder / "two.yaml", "-o", out, "--start", "2026-03-02")
    run(*start, "--base-url", "https://example.org/two")
    events = Calendar.from_ical((out / "two.ics").read_bytes()).walk("VEVENT")
    assert str(events[-1]["url"]) == "https://example.org/two/two.html#day-2-2"
    assert 'id="day-2-2"' in (out / "two.html").read_text("utf-8")
    assert "https://example.org/two/two.html#day-1-1" in str(events[0]["description"])


def test_every_problem_of_a_programme_is_reported_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "title: T\nweek: 2\nweeks:\n  - days:\n      - {day: 8, session: plank}\n"
        "      - {day: 1, session: planck}\n      - {day: 1, session: plank, length: soon}\n"
        "      - {session: bridge, guidance: none}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScriptError) as caught:
        load_programme(path)
    found = [(p.rule, p.mark.line) for p in caught.value.problems]
    assert found == [
        ("unknown-key", 2),
        ("wrong-type", 5) if ("wrong-type", 5) in found else found[1],
        ("unknown-session", 6),
        ("bad-time", 7),
        ("missing-key", 8),
        ("bad-choice", 8),
    ]
    assert "Did you mean 'plank'?" in caught.value.report()


def test_an_impossible_length_is_reported_at_its_day(folder: Path) -> None:
    path = folder / "two.yaml"
    path.write_text(PROGRAMME.replace("length: 18s", "length: 4m"), encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        plan_programme(load_programme(path), Choices(), Settings())
    assert [(p.rule, p.mark.line) for p in caught.value.problems] == [("length-out-of-reach", 5)]


@pytest.mark.parametrize("name", programme_names())
def test_the_shipped_programmes_are_possible_and_progress(name: str) -> None:
    programme = load_programme(name)
    assert plan_programme(programme, Choices(), Settings())
    minutes = [sum(entry.choices.length or 0 for entry in week.entries)
               for week in programme.weeks]  # fmt: skip
    assert minutes == sorted(minutes)


def test_dates_are_written_in_every_language_by_its_own_words() -> None:
    days = [dt.date(2026, 3, 2) + dt.timedelta(days=n) for n in range(365)]
    for language in language_tags():
        words = load_language(language).dates
        assert len({date_in_words(day, words) for day in days}) == 365
    assert date_in_words(days[0], load_language("de").dates) == "Mo, 2. März"


def translate(source: Path, words: dict[str, str]) -> Path:
    """The German catalogue of *source*, filled as a translator would with their tool."""
    run("translate", "update", source, "de")
    path = source.parent / "locale" / "de" / f"{source.stem}.po"
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = words.get(entry.msgid, "")
    catalogue.save(str(path))
    return path


def test_a_programme_is_made_in_another_language_with_nothing_left_in_its_own(
    folder: Path,
) -> None:
    two, out = folder / "two.yaml", folder / "zwei"
    translate(folder / "tiny.yaml", {"Tiny <b>&": "Winzig", "Hello.": "Guten Tag."})
    catalogue = translate(two, {"Two weeks": "Zwei Wochen"})
    # A week's title is missing: nothing is made, and it is told with its line.
    assert "“Fewer words”" in run("translate", "check", two, "de").output
    start = ("programme", "render", two, "-o", out, "--start", "2026-03-02", "--language", "de")
    with pytest.raises(ScriptError) as caught:
        run(*start)
    assert [(p.rule, Path(p.mark.path).name) for p in caught.value.problems] == [
        ("untranslated", "two.po")]  # fmt: skip
    assert not out.exists()

    translate(two, {"Two weeks": "Zwei Wochen", "Fewer words": "Nur das Nötigste"})
    assert run("translate", "check", two, "de").exit_code == 0
    assert catalogue.read_text("utf-8").count("#, fuzzy") == 0
    run(*start)
    page = without_scripts((out / "two-de.html").read_text("utf-8"))
    for said in ('lang="de"', "Zwei Wochen", "Woche 1", "Nur das Nötigste", "Tag 1", "Winzig",
                  "Mo, 2. März", "Glocken", "kein medizinischer Rat", "Kalender"):  # fmt: skip
        assert said in page
    for said in ("Week", "Day ", "Tiny", "March", "Add it", "Play ", "medical advice", "bells<"):
        assert said not in page
    events = Calendar.from_ical((out / "two-de.ics").read_bytes()).walk("VEVENT")
    assert str(events[0]["summary"]) == "Winzig (0:15)"
    assert "kein medizinischer Rat" in str(events[0]["description"])
    lines = (out / "week-2-day-2.m3u8").read_text("utf-8").splitlines()
    assert lines[1:] == ["#PLAYLIST:Zwei Wochen: Woche 2, Tag 2", "#EXTINF:15,Winzig",
                         "sessions/tiny-15s-bells-de.mp3"]  # fmt: skip
    tags = MP3(out / "sessions" / "tiny-15s-de.mp3").tags
    assert (str(tags["TIT2"]), str(tags["TLAN"])) == ("Winzig", "deu")
    assert not [path for path in out.rglob("*") if path.stem in ("two", "tiny")]
    again = json.loads(run(*start, "--json").output)
    assert (again["rendered"], again["kept"]) == (0, 3)
    # A session's own text counts as much as the programme's.
    translate(folder / "tiny.yaml", {"Tiny <b>&": "Winzig", "Hello.": "Guten Abend."})
    assert json.loads(run(*start, "--json").output)["rendered"] == 3


def test_every_missing_text_of_programme_and_sessions_is_reported_at_once(folder: Path) -> None:
    with pytest.raises(ScriptError) as caught:
        run("programme", "render", folder / "two.yaml", "-o", folder / "x", "--language", "fr")
    told = [(Path(p.mark.path).name, p.mark.line) for p in caught.value.problems]
    assert told == [
        ("tiny.yaml", 1), ("tiny.yaml", 1), ("tiny.yaml", 4), ("two.yaml", 1), ("two.yaml", 7),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_the_first_week_is_possible_in_every_language(language: str) -> None:
    english = load_programme("first-week")
    programme, found = plan_programme(english, Choices(language=language), Settings())
    assert len(found) == sum(len(week.entries) for week in english.weeks)
    for entry, session in found.items():
        timeline = session.draft.plan().timeline
        assert timeline.language == language
        assert entry.choices.length in (None, timeline.length)
    assert programme.title != english.title


@pytest.mark.parametrize("language", ["de", "es", "fr"])
@pytest.mark.parametrize("name", programme_names())
def test_the_shipped_programmes_are_translated(name: str, language: str) -> None:
    programme = load_programme(name)
    found, problems = translate_programme(programme, language)
    assert not problems
    assert found.title != programme.title
    assert not any(update.changed for update in programme_updates(programme, language))
