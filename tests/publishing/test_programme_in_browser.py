"""A programme on a site: today's day plays through, is marked as done, and leads back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from site_host import Host, hosted

from browser import Browser
from psoas_audio.cli.main import cli

pytestmark = pytest.mark.tools
KEY = "psoas-audio programme days"


@pytest.fixture(scope="module")
def host(small_site: Path) -> Iterator[Host]:
    with hosted(small_site) as found:
        yield found


@pytest.fixture
def chrome(shared: Browser, host: Host) -> Iterator[Browser]:
    shared.open(host.address + "days.html")
    shared.faults()
    yield shared
    faults = shared.faults()
    shared.run("document.getElementById('audio').pause(); localStorage.clear();")
    assert [message for message in faults if "favicon" not in message] == []


def text(chrome: Browser, name: str) -> str:
    return str(chrome.run(f"return document.getElementById({name!r}).innerText;"))


def marks(chrome: Browser) -> dict[str, object]:
    found: dict[str, object] = json.loads(chrome.run(f"return localStorage.getItem('{KEY}');"))
    return found


def begun(chrome: Browser, days_ago: int) -> None:
    """As if the listener had begun so many days ago."""
    chrome.run(
        """const day = new Date(); day.setDate(day.getDate() - arguments[1]);
        const iso = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}`
          + `-${String(day.getDate()).padStart(2, "0")}`;
        localStorage.setItem(arguments[0], JSON.stringify({ start: iso, done: {}, days: 0 }));
        window.isOld = true;
        location.reload();""",
        KEY,
        days_ago,
    )
    loaded = "document.readyState === 'complete' && document.getElementById('days-done')"
    chrome.wait(f"!window.isOld && {loaded}")


def play_to_the_end(chrome: Browser) -> None:
    chrome.wait("document.getElementById('audio').duration > 1")
    chrome.wait("document.getElementById('audio').currentTime > 0.1")
    chrome.run(
        "const audio = document.getElementById('audio'); audio.currentTime = audio.duration - 0.4;"
    )


def test_a_day_plays_one_session_after_the_other(chrome: Browser) -> None:
    assert text(chrome, "eyebrow").startswith("Week 1, day 1")
    chrome.run("document.getElementById('play-today').click();")
    chrome.wait("document.querySelector('h1').textContent === 'One'")
    play_to_the_end(chrome)
    chrome.wait("document.querySelector('h1').textContent === 'Two'")
    chrome.wait("document.getElementById('audio').src.endsWith('/two.mp3')")
    play_to_the_end(chrome)
    chrome.wait("document.body.dataset.state === 'end'")
    assert "all for this day" in text(chrome, "then-title")
    chrome.run("document.querySelector('#then .to-programme').click();")
    assert text(chrome, "days-done") == "1 of 2 days done"
    assert set(marks(chrome)["done"]) == {"1.1.1", "1.1.2"}  # type: ignore[call-overload]
    assert text(chrome, "today-title") == "Done for today"


def test_the_end_of_a_day_names_the_next_one_with_its_date_and_a_link(chrome: Browser) -> None:
    chrome.run(
        """const form = document.getElementById("calendar");
        form.at.value = "19:30";
        form.requestSubmit();"""
    )
    chrome.run("document.querySelector('.play-day').click();")
    play_to_the_end(chrome)
    chrome.wait("document.getElementById('audio').src.endsWith('/two.mp3')")
    play_to_the_end(chrome)
    chrome.wait("document.body.dataset.state === 'end'")
    date = chrome.run(
        """const day = new Date(); day.setDate(day.getDate() + 2);
        const parts = { weekday: "short", day: "numeric", month: "short" };
        return day.toLocaleDateString("en", parts);"""
    )
    time = chrome.run(
        """return new Date("2000-01-01T19:30").toLocaleTimeString("en", { timeStyle: "short" });"""
    )
    link = "document.querySelector('#then-title a')"
    assert chrome.run(f"return {link}.textContent;") == f"Next: Week 1, day 3, {date}, {time}"
    assert chrome.run(f"return {link}.checkVisibility();")
    chrome.run(f"{link}.click();")
    chrome.wait("document.body.dataset.view === 'programme'")
    assert text(chrome, "eyebrow") == "Week 1, day 3"
    chrome.run("document.querySelector('[data-day=\"1.3\"].play-day').click();")
    play_to_the_end(chrome)
    chrome.wait("document.body.dataset.state === 'end'")
    assert text(chrome, "then-title") == "You have done it all"


def test_a_listener_who_was_led_out_is_not_given_the_next_session(chrome: Browser) -> None:
    chrome.run("document.getElementById('play-today').click();")
    chrome.wait("document.getElementById('audio').duration > 1")
    chrome.run("document.getElementById('audio').currentTime = 8;")
    chrome.wait("document.getElementById('hurts').ariaDisabled === 'false'")
    chrome.run("document.getElementById('hurts').click();")
    chrome.wait("document.getElementById('audio').currentTime < 7")
    chrome.wait("document.body.dataset.state === 'end'")
    assert chrome.run("return document.querySelector('h1').textContent;") == "One"
    assert "Two" in text(chrome, "then-title")
    chrome.run("document.getElementById('then-play').click();")
    chrome.wait("document.querySelector('h1').textContent === 'Two'")


def test_after_the_day_the_next_one_can_be_looked_at_or_done_now(chrome: Browser) -> None:
    chrome.run("document.querySelector('.play-day').click();")  # today is the first day
    chrome.run("document.getElementById('to-programme').click();")
    chrome.run(
        """for (const mark of document.querySelectorAll("#today-sessions .mark"))
          document.querySelector(`#today-sessions .mark[aria-pressed="false"]`).click();"""
    )
    assert text(chrome, "today-title") == "Done for today"
    assert "Week 1, day 3" in text(chrome, "today-sessions")
    chrome.run("document.getElementById('look-at').click();")
    assert text(chrome, "eyebrow") == "Week 1, day 3"
    assert text(chrome, "today-title") == "One"
    chrome.run("document.getElementById('back-to-today').click();")
    assert text(chrome, "today-title") == "Done for today"
    assert text(chrome, "play-today").startswith("Do it now · 1 min")
    chrome.run("document.getElementById('play-today').click();")
    chrome.wait("document.getElementById('audio').src.includes('one-reminder')")
    play_to_the_end(chrome)
    chrome.wait("document.body.dataset.state === 'end'")
    assert set(marks(chrome)["done"]) == {"1.1.1", "1.1.2", "1.3.1"}  # type: ignore[call-overload]


def test_the_end_of_a_session_leads_on_in_its_programme_and_back(
    chrome: Browser, host: Host
) -> None:
    chrome.open(host.address + "one.html")
    chrome.run("document.getElementById('play').click();")
    play_to_the_end(chrome)
    chrome.wait("document.body.dataset.state === 'end'")
    ways = """return [...document.querySelectorAll(".ways a")]
      .map((way) => [way.textContent.trim(), way.getAttribute("href")]);"""
    assert chrome.run(ways) == [
        ["Next in “Two days” Two Week 1, day 1", "days.html#day-1-1"],
        ["All sessions", "index.html"],
    ]


@pytest.mark.parametrize("width", [280, 350])
def test_long_words_stay_in_their_cards(chrome: Browser, width: int) -> None:
    outside = chrome.run(
        """document.getElementById("programme").style.width = `${arguments[0]}px`;
        for (const name of document.querySelectorAll(".programme .name")) {
          name.textContent = "Atemwahrnehmungsübungsprogramm zum Entspannen";
        }
        const edge = (element) => element.getBoundingClientRect().right;
        return [...document.querySelectorAll(".days > li")].flatMap((card) =>
          [...card.querySelectorAll(".name, .time")]
            .filter((part) => edge(part) > edge(card)).map((part) => part.className));""",
        width,
    )
    assert outside == []


def test_today_is_the_day_of_the_calendar_and_what_is_open_is_offered(chrome: Browser) -> None:
    begun(chrome, 2)
    assert text(chrome, "eyebrow") == "Today · Week 1, day 3"
    assert "Week 1, day 1" in text(chrome, "still-open")
    begun(chrome, 1)
    assert text(chrome, "today-title").startswith("Nothing today")
    assert "Week 1, day 3" in text(chrome, "today-sessions")


def test_a_session_goes_on_where_it_was_left(chrome: Browser) -> None:
    chrome.run("document.getElementById('play-today').click();")
    chrome.wait("document.getElementById('audio').currentTime > 0.1")
    chrome.run("document.getElementById('audio').currentTime = 7;")
    chrome.wait("document.getElementById('audio').currentTime > 7.1")
    chrome.run("document.getElementById('to-programme').click();")
    chrome.wait("localStorage.getItem(Object.keys(localStorage).find((k) => k.includes(' one ')))")
    chrome.run("window.isOld = true; location.reload();")
    loaded = "document.readyState === 'complete' && document.querySelector('.mark')"
    chrome.wait(f"!window.isOld && {loaded}")
    assert text(chrome, "today-sessions").splitlines()[1].startswith("0:07 / ")
    chrome.run("document.getElementById('play-today').click();")
    chrome.wait("document.getElementById('audio').currentTime > 6.5")


def test_marks_are_set_by_hand_and_shown_in_the_catalogue(chrome: Browser, host: Host) -> None:
    chrome.run(
        """for (const mark of document.querySelectorAll("#today-sessions .mark"))
          document.querySelector(`#today-sessions .mark[aria-pressed="false"]`).click();"""
    )
    assert text(chrome, "days-done") == "1 of 2 days done"
    chrome.run("document.querySelector('a.back').click();")
    chrome.wait("document.querySelector('.programme .state')")
    assert chrome.run("return document.querySelector('.state').innerText;") == "1 of 2 days done"


def test_the_calendar_links_each_day_and_reminds(chrome: Browser, host: Host) -> None:
    made = chrome.run(
        """const made = new Promise((go) => {
          URL.createObjectURL = (blob) => { go(blob); return "#"; };
        });
        const form = document.getElementById("calendar");
        form.start.value = "2026-12-31";
        form.at.value = "07:30";
        form.requestSubmit();
        return (await made).text();"""
    )
    calendar = Calendar.from_ical(made)
    events = calendar.walk("VEVENT")
    assert [str(event.decoded("dtstart")) for event in events] == [
        "2026-12-31 07:30:00",
        "2027-01-02 07:30:00",
    ]
    assert str(events[1]["url"]) == f"{host.address}days.html#day-1-3"
    assert all(event.walk("VALARM") for event in events)
    assert not any(event.errors for event in events)


def test_only_what_is_played_alone_is_in_the_catalogue(small_site: Path) -> None:
    names = [s["name"] for s in json.loads((small_site / "catalogue.json").read_text())["sessions"]]
    assert names == ["one", "two"]  # "one" in few words belongs to the programme alone
    assert len(list(small_site.glob("one-reminder.html"))) == 1


def test_a_rendered_programme_plays_from_its_folder(
    chrome: Browser, tmp_path: Path, small_site: Path
) -> None:
    for name in ("one.yaml", "two.yaml", "days.yaml"):
        (tmp_path / name).write_bytes((small_site / name).read_bytes())
    out = tmp_path / "out"
    arguments = ["programme", "render", str(tmp_path / "days.yaml"), "-o", str(out), "-q"]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert (out / "sessions" / "one.html").is_file()
    chrome.open((out / "days.html").as_uri())
    chrome.run("document.getElementById('play-today').click();")
    play_to_the_end(chrome)
    chrome.wait("document.querySelector('h1').textContent === 'Two'")
    chrome.wait("document.getElementById('audio').currentTime > 0.1")
