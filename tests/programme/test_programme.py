"""A programme makes every file it needs once, and real readers can read what it writes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from psoas_audio.cli.main import cli
from psoas_audio.errors import ScriptError
from psoas_audio.programme.load import load_programme, programme_names
from psoas_audio.programme.make import sessions
from psoas_audio.rendering.settings import Settings
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


def test_everything_is_made_once_and_kept_when_run_again(folder: Path) -> None:
    out = folder / "out"
    start = ("programme", "render", folder / "two.yaml", "-o", out, "--start", "2026-03-02")
    told = json.loads(run(*start, "--at", "07:30", "--json").output)
    assert (told["rendered"], told["kept"]) == (3, 0)
    assert sorted(path.name for path in (out / "sessions").glob("*.mp3")) == [
        "tiny-15s-bells.mp3", "tiny-15s.mp3", "tiny-18s.mp3"]  # fmt: skip
    assert all(Path(name).is_file() for name in told["files"])
    again = json.loads(run(*start, "--at", "07:30", "--json").output)
    assert (again["rendered"], again["kept"]) == (0, 3)

    # A playlist names files that are there, with their lengths.
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

    # The plan is one page that asks for nothing from outside, and its links lead somewhere.
    page = (out / "two.html").read_text(encoding="utf-8")
    assert "Tiny &lt;b&gt;&amp;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "Fewer words" in page
    assert "Mon 2 Mar" in page

    timeline = from_json((out / "sessions" / "tiny-18s.timeline.json").read_text("utf-8"))
    assert timeline.length == 18 * 48_000


def test_a_session_that_changed_is_made_anew(folder: Path) -> None:
    (folder / "two.yaml").write_text(
        "title: One\nweeks: [{days: [{day: 1, session: tiny, length: 15s}]}]\n", "utf-8"
    )
    start = ("programme", "render", folder / "two.yaml", "-o", folder / "out", "--json")
    run(*start)
    (folder / "tiny.yaml").write_text(TINY.replace("Hello", "Good evening"), encoding="utf-8")
    with pytest.raises(Exception, match="there already"):
        run(*start)
    told = json.loads(run(*start, "--force").output)
    assert told["rendered"] == 1


def test_without_an_hour_events_are_whole_days(folder: Path) -> None:
    (folder / "two.yaml").write_text(
        "title: One\nweeks: [{days: [{day: 2, session: tiny, length: 15s}]}]\n", "utf-8"
    )
    out = folder / "out"
    run("programme", "render", folder / "two.yaml", "-o", out, "--start", "2026-12-31")
    event = Calendar.from_ical((out / "two.ics").read_bytes()).walk("VEVENT")[0]
    assert event.decoded("dtstart") == dt.date(2027, 1, 1)
    assert event.decoded("dtend") == dt.date(2027, 1, 2)


def test_every_fault_of_a_programme_is_told_with_its_place(tmp_path: Path) -> None:
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


def test_a_length_out_of_reach_is_told_at_its_day(folder: Path) -> None:
    path = folder / "two.yaml"
    path.write_text(PROGRAMME.replace("length: 18s", "length: 4m"), encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        sessions(load_programme(path), Settings())
    assert [(p.rule, p.mark.line) for p in caught.value.problems] == [("length-out-of-reach", 5)]


@pytest.mark.parametrize("name", programme_names())
def test_the_shipped_programmes_can_be_had_and_progress(name: str) -> None:
    programme = load_programme(name)
    assert sessions(programme, Settings())
    minutes = [sum(entry.choices.length or 0 for entry in week.entries)
               for week in programme.weeks]  # fmt: skip
    assert minutes == sorted(minutes)
