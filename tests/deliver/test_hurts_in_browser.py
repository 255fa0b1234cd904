"""*This hurts* on a page with one sound: the way out, then the end; or a pause with what to do."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playing_page import needs_sound, open_page, page_file, play, seek, shown
from session_example import Builder

from browser import Browser
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE

pytestmark = needs_sound
NOW = "document.getElementById('audio').currentTime"


def pressing(*, with_way_out: bool = True) -> Timeline:
    b = Builder()
    b.chapter("Before you begin", "supine")
    b.say("Ask a doctor first.")
    b.gap("pause", 3.0)
    b.chapter("The way out", "supine")
    b.say("The hand lifts.")
    b.gap("rest", 6.0)
    for side in ("right", "left"):
        b.chapter(f"The {side} side", "supine", side)
        b.say("Set the ball there.")
        b.gap("hold", 40.0, "sink")
    b.chapter("Rise", "supine")
    b.say("Roll to one side, with all the time you need.")
    b.gap("move", 6.0, "side-lying")
    b.say("If it stays sore, see a doctor.")
    b.gap("lead-out", 4.0)
    made = b.build()
    voice = made.track("voice")
    marks = {1: "way-out" if with_way_out else "", len(voice.clips) - 1: "after"}
    clips = tuple(replace(c, safety=marks.get(n, "")) for n, c in enumerate(voice.clips))
    return replace(made, tracks=(replace(voice, clips=clips), *made.tracks[1:]))


SESSION = pressing()
OUT, HOLD = SESSION.track("voice").clips[1], SESSION.track("voice").gaps[2]
RISE = SESSION.markers[-1].start / SAMPLE_RATE
AT = HOLD.start / SAMPLE_RATE + 10


@pytest.fixture
def holding(chrome: Browser, tmp_path: Path) -> Iterator[Browser]:
    """The page, playing in the first hold."""
    open_page(chrome, page_file(tmp_path, SESSION))
    seek(chrome, AT)
    play(chrome)
    yield chrome
    chrome.run("document.getElementById('audio').pause(); localStorage.clear();")


@pytest.fixture
def hurting(holding: Browser) -> Browser:
    """The same after the button was touched."""
    holding.run("document.getElementById('hurts').click();")
    return holding


def touch(chrome: Browser) -> None:
    """Touch the button, long enough after the last touch to count."""
    chrome.run("await new Promise((go) => setTimeout(go, 1100));")
    chrome.run("document.getElementById('hurts').click();")


def test_touching_the_button_plays_the_way_out_and_then_the_end(hurting: Browser) -> None:
    start = OUT.start / SAMPLE_RATE
    hurting.wait(f"{NOW} >= {start} && {NOW} < {start + 1.5}")
    assert shown(hurting, "hurts-said") == "The way out, then the end."
    assert shown(hurting, "hurts") == "Undo"
    hurting.wait(f"{NOW} >= {RISE}")  # not the rest and the sides between
    assert hurting.run(f"return {NOW};") < RISE + 2
    assert shown(hurting, "said").startswith("Roll to one side")


def test_leading_out_can_be_undone_but_not_by_a_second_touch(holding: Browser) -> None:
    holding.run("const hurts = document.getElementById('hurts'); hurts.click(); hurts.click();")
    holding.wait(f"{NOW} < {AT - 5}")
    touch(holding)
    holding.wait(f"{NOW} >= {AT - 0.5}")
    assert holding.run(f"return {NOW};") < AT + 5
    assert shown(holding, "hurts") == "This hurts"
    assert shown(holding, "hurts-said") == "Undone."
    assert holding.run("return !document.getElementById('audio').paused;")


def test_a_listener_who_goes_elsewhere_is_not_led_out_any_more(hurting: Browser) -> None:
    hurting.wait(f"{NOW} < {AT - 5}")
    seek(hurting, AT + 20)
    assert shown(hurting, "hurts") == "This hurts"
    assert shown(hurting, "hurts-said") == ""
    hurting.run("await new Promise((go) => setTimeout(go, 600));")
    assert hurting.run(f"return {NOW};") > AT + 19


def test_without_words_for_the_way_out_it_pauses_and_says_what_to_do(
    chrome: Browser, tmp_path: Path
) -> None:
    open_page(chrome, page_file(tmp_path, pressing(with_way_out=False)))
    seek(chrome, AT)
    play(chrome)
    chrome.run("document.getElementById('hurts').click();")
    chrome.wait("document.getElementById('audio').paused")
    assert shown(chrome, "hurts-said").startswith("Pause here. Come out of the position slowly")
    assert shown(chrome, "hurts") == "Undo"
    assert chrome.run(f"return {NOW};") == pytest.approx(AT, abs=2)
    touch(chrome)
    chrome.wait("!document.getElementById('audio').paused")
    assert shown(chrome, "hurts") == "This hurts"
    chrome.run("document.getElementById('audio').pause();")


def test_before_anything_is_done_and_at_the_end_it_says_so(chrome: Browser, tmp_path: Path) -> None:
    open_page(chrome, page_file(tmp_path, SESSION))
    for seconds, words in (
        (1.0, "Nothing has begun yet"),
        (RISE + 1, "This is already the end"),
    ):
        seek(chrome, seconds)
        assert chrome.run("return document.getElementById('hurts').ariaDisabled;") == "true"
        assert shown(chrome, "hurts-why").startswith(words)
        chrome.run("document.getElementById('hurts').click();")
        assert shown(chrome, "hurts-said").startswith(words)
    assert chrome.run(f"return {NOW};") == pytest.approx(RISE + 1, abs=1)


def test_a_talk_has_no_such_button(chrome: Browser, tmp_path: Path) -> None:
    b = Builder()
    b.chapter("A talk", "sitting")
    b.say("There is a muscle, deep in the hip.")
    b.gap("pause", 8.0)
    open_page(chrome, page_file(tmp_path, b.build()))
    assert chrome.run("return document.getElementById('hurts') === null;")


PLACE = """
const box = document.getElementById("play").getBoundingClientRect();
const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
return [box.x, box.y, box.width, box.height].map(Math.round)
  .concat(Boolean(found && found.closest("#play")),
          box.bottom <= innerHeight, box.right <= innerWidth);
"""
SIZES = [(390, 844), (360, 640), (320, 568), (320, 480), (320, 256), (844, 390), (667, 375),
         (568, 320), (768, 1024), (1280, 800)]  # fmt: skip


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_play_has_one_place_and_size_in_every_state(
    chrome: Browser, tmp_path: Path, width: int, height: int
) -> None:
    chrome.screen(width, height, mobile=width < 1000)
    open_page(chrome, page_file(tmp_path, SESSION))
    places = {"ready": chrome.run(PLACE)}
    for name, seconds in (
        ("words", OUT.start / SAMPLE_RATE + 0.3),
        ("hold", AT),
        ("move", RISE + 6),
    ):
        seek(chrome, seconds)
        places[f"{name}, paused"] = chrome.run(PLACE)
        play(chrome)
        places[name] = chrome.run(PLACE)
        chrome.run("document.getElementById('audio').pause();")
    seek(chrome, AT)
    chrome.run("document.querySelector('input[name=sleep][value=\"15\"]').click();")
    chrome.run("document.getElementById('audio').dispatchEvent(new Event('timeupdate'));")
    places["sleep timer"] = chrome.run(PLACE)
    chrome.run("document.querySelector('input[name=sleep][value=off]').click();")
    chrome.run("document.getElementById('hurts').click();")
    places["hurt"] = chrome.run(PLACE)
    touch(chrome)
    chrome.run("document.getElementById('audio').pause();")
    seek(chrome, SESSION.length / SAMPLE_RATE - 0.4)
    play(chrome)
    chrome.wait("document.body.dataset.state === 'end'")
    chrome.run("scrollTo(0, 0);")
    places["end"] = chrome.run(PLACE)
    _, _, wide, high, *seen = places["ready"]
    assert all(seen)
    assert wide == high >= 60
    moved = {name: place for name, place in places.items() if place != places["ready"]}
    assert moved == {}, places["ready"]
