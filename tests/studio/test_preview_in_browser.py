"""The preview in a real browser: heard, seen, followed at each save."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from preview_desk import SCRIPT, Desk

from browser import Browser, browser, is_installed

pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(not (is_installed() and shutil.which("ffmpeg")), reason="no chromium"),
]


@pytest.fixture(scope="module")
def shared() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def chrome(shared: Browser, desk: Desk) -> Iterator[Browser]:
    shared.open(desk.server.address)
    end = time.monotonic() + 30
    while not shared.run("return document.querySelectorAll('#lines button').length > 0;"):
        assert time.monotonic() < end
        time.sleep(0.1)
    shared.wait("document.getElementById('audio').readyState > 0")
    yield shared
    shared.run("document.getElementById('audio').pause();")
    severe = [entry["message"] for entry in shared.log("browser") if entry["level"] == "SEVERE"]
    assert severe == []
    shared.open("about:blank")


NOW = "return document.getElementById('audio').currentTime;"


def test_the_page_plays_from_a_caption(chrome: Browser) -> None:
    chrome.run("[...document.querySelectorAll('#lines button')].at(-2).click();")
    place = chrome.run(NOW)
    assert place > 40
    chrome.run("document.getElementById('play').click();")
    chrome.wait(f"document.getElementById('audio').currentTime > {place}")


def test_a_save_keeps_the_place_in_the_words_and_goes_on_playing(
    chrome: Browser, desk: Desk
) -> None:
    chrome.run("[...document.querySelectorAll('#lines button')].at(-1).click();")
    chrome.run("document.getElementById('play').click();")
    before = chrome.run(NOW)
    desk.write(SCRIPT.replace("hold: 40s", "hold: 20s"))
    chrome.wait("document.getElementById('of').textContent.length > 0 "
                "&& document.getElementById('audio').src.includes('version=2')")  # fmt: skip
    chrome.wait("document.getElementById('audio').readyState > 1")
    after = chrome.run(NOW)
    assert -20.5 < after - before < -16  # the same line, now 20 seconds earlier
    assert not chrome.run("return document.getElementById('audio').paused;")


def test_an_error_is_shown_on_the_page_until_it_is_fixed(chrome: Browser, desk: Desk) -> None:
    desk.write(SCRIPT.replace("hold: 40s", "hodl: 40s"))
    chrome.wait("document.getElementById('trouble').textContent.includes('hodl')")
    assert chrome.run("return document.querySelectorAll('#lines button').length;") > 0
    desk.write(SCRIPT)
    chrome.wait("document.getElementById('trouble').hidden")


def test_a_key_mutes_a_track_without_losing_the_place(chrome: Browser) -> None:
    chrome.run("[...document.querySelectorAll('#lines button')].at(-1).click();")
    before = chrome.run(NOW)
    chrome.press("4")
    chrome.wait("document.getElementById('audio').src.endsWith('lanes=voice+breath+bells')")
    chrome.wait("document.getElementById('audio').readyState > 0")
    assert chrome.run(NOW) == pytest.approx(before, abs=0.05)
    assert chrome.run("return document.querySelector('[data-lane=bed]').ariaPressed;") == "false"


def test_the_page_contacts_only_its_own_server(chrome: Browser, desk: Desk) -> None:
    hosts = chrome.run(
        "return performance.getEntriesByType('resource').map((e) => new URL(e.name).host);"
    )
    assert set(hosts) <= {f"127.0.0.1:{desk.server.server_port}", ""}


def test_the_page_plays_while_lines_are_being_spoken(
    shared: Browser, patient: Desk, permission: Path
) -> None:
    audio = "document.getElementById('audio')"
    shared.open(patient.server.address)
    shared.wait(f"{audio}.src.includes('early=1') && {audio}.readyState > 1")
    shared.run("document.getElementById('play').click();")
    shared.wait(f"{audio}.currentTime > 0.5")
    assert not permission.exists()
    permission.touch()
    shared.wait("document.getElementById('state').textContent === ''")
    shared.wait("document.querySelectorAll('#lines button').length > 0")
    before = shared.run(NOW)
    shared.wait(f"{audio}.currentTime > {before} + 0.5")
    # The same sound goes on; the finished one takes its place when it is paused.
    assert "early=1" in shared.run(f"return {audio}.src;")
    shared.run("document.getElementById('play').click();")
    shared.wait(f"{audio}.src.includes('version=1') && {audio}.readyState > 0")
    assert shared.run(NOW) > before
    shared.open("about:blank")
