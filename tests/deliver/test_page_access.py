"""What axe can't see: large enough buttons, nothing that covers anything else, no scrolling
sideways, the order of the stops by keyboard, and that what is chosen looks chosen."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playing_page import media, needs_browser, open_page, page_file, play, screen, seek
from session_example import DETAILS, Builder, example

from browser import Browser, browser
from psoas_audio.units import SAMPLE_RATE

pytestmark = needs_browser
SIZES = {
    "phone": (390, 844),
    "small": (320, 568),
    "on its side": (844, 390),
    "small on its side": (568, 320),
    "tablet": (820, 1180),
    "desk": (1280, 800),
    "desk at 400 %": (320, 256),
}
TIMES = {"ready": 0.0, "listen": 4.0, "move": 10.0, "breathe": 33.0, "hold": 75.0, "end": 1e6}
TAB = "\ue004"

TARGETS = """
const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const box = (e) => (e.closest("label") || e).getBoundingClientRect();
return [...document.querySelectorAll("button, a, input, summary")].filter(seen)
  .filter((e) => !e.matches(".skip"))
  .map((e) => [e.outerHTML.slice(0, 80), box(e).width, box(e).height])
  .filter(([, width, height]) => width < 43.9 || height < 43.9);
"""
OVERLAPS = """
const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const things = ["h1", ".facts", "header .round", "#what", ".dial-box", "#said", "#next", ".first",
  "#start-again", "#repeat-side", ".progress span", ".buttons button", "#did-title", "#did",
  "#did-when", "#last-words", "#did-list li", "#again"]
  .flatMap((name) => [...document.querySelectorAll(name)]).filter(seen)
  .filter((e) => e.textContent.trim() || e.matches("button, a, .dial-box"));
const sticky = document.getElementById("player");
const rect = (e) => {
  if (sticky.contains(e) && e.matches("button")) return e.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(e);
  const own = e.getBoundingClientRect();
  const text = e.matches("button, a, .dial-box, li") ? own : range.getBoundingClientRect();
  // The bar at the bottom is opaque: what lies below it isn't seen.
  const edge = sticky.contains(e) ? Infinity : sticky.getBoundingClientRect().top;
  return { left: Math.max(text.left, own.left), right: Math.min(text.right, own.right),
    top: Math.max(text.top, own.top), bottom: Math.min(text.bottom, own.bottom, edge) };
};
const found = [];
things.forEach((a, i) => things.slice(i + 1).forEach((b) => {
  if (a.contains(b) || b.contains(a)) return;
  const p = rect(a), q = rect(b);
  const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
  const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
  const name = (e) => e.id || e.className || e.tagName;
  if (wide > 2 && high > 2) found.push([name(a), name(b), high]);
}));
return found;
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_file(tmp_path_factory.mktemp("access"))


@pytest.fixture(scope="module")
def chrome(address: str) -> Iterator[Browser]:
    with browser() as opened:
        media(opened)
        open_page(opened, address)
        yield opened


def show(chrome: Browser, state: str) -> None:
    if chrome.run("return document.body.dataset.state;") == "ready" and state == "ready":
        return
    seek(chrome, min(TIMES[state], example().length / SAMPLE_RATE))
    chrome.wait(f"document.body.dataset.state === '{state}'")


WIDEST = """let widest = 0;
for (let i = 0; i < 12; i++) {
  await new Promise((go) => setTimeout(go, 250));
  widest = Math.max(widest, innerWidth, document.documentElement.scrollWidth);
}
return widest;"""
"""The width of the page in three seconds: what moves must not make it wider."""


@pytest.mark.parametrize("size", SIZES)
def test_fingers_have_room_and_nothing_lies_over_anything(
    chrome: Browser, address: str, size: str
) -> None:
    screen(chrome, *SIZES[size], mobile=size != "desk")
    open_page(chrome, address)
    for state in TIMES:
        show(chrome, state)
        if state not in ("ready", "end"):
            play(chrome)
            if state == "breathe":
                assert chrome.run(WIDEST) <= SIZES[size][0], f"{size}, while breathing"
            chrome.run("document.getElementById('audio').pause();")
        where = f"{size}, {state}"
        scroll = "return document.documentElement.scrollWidth - innerWidth;"
        assert chrome.run(scroll) <= 0, where
        assert chrome.run(TARGETS) == [], where
        assert chrome.run(OVERLAPS) == [], where


@pytest.mark.parametrize("size", SIZES)
def test_the_settings_fit_and_can_be_scrolled_to_their_end(
    chrome: Browser, address: str, size: str
) -> None:
    screen(chrome, *SIZES[size], mobile=size != "desk")
    open_page(chrome, address)
    for name in ("settings", "keys"):
        found = chrome.run(
            """const dialog = document.getElementById(arguments[0]);
            dialog.showModal();
            const body = dialog.querySelector(".dialog-body"), head = dialog.querySelector("h2");
            const wide = body.scrollWidth - body.clientWidth;
            const { top } = head.getBoundingClientRect();
            body.scrollTop = 1e6;
            const last = body.lastElementChild.getBoundingClientRect().bottom;
            dialog.close();
            return [wide, top, innerHeight - last];""",
            name,
        )
        wide, top, below = found
        assert wide <= 0
        assert top >= 0
        assert below >= 0


def test_targets_in_the_settings_have_room(chrome: Browser, address: str) -> None:
    screen(chrome, 320, 568)
    open_page(chrome, address)
    chrome.run("document.getElementById('settings').showModal();")
    assert chrome.run(TARGETS) == []


TITLE = "Selbstmassage und Atemwahrnehmungsübung für die Hüftbeugermuskulatur in Rückenlage"
CUT = """const cut = (e) => e.scrollHeight > e.clientHeight + 1
  || e.scrollWidth > e.clientWidth + 1;
return [...document.querySelectorAll("h1, .facts, #what, #said, #next, .first, #did-title, #did")]
  .filter((e) => e.checkVisibility() && e.clientWidth > 1 && cut(e))
  .map((e) => e.id || e.className || e.tagName);"""


@pytest.mark.parametrize("size", SIZES)
def test_words_time_and_pause_are_on_the_screen_at_every_size(
    chrome: Browser, address: str, size: str
) -> None:
    screen(chrome, *SIZES[size], mobile=size != "desk")
    open_page(chrome, address)
    for state in ("ready", "listen", "move", "breathe", "hold"):
        show(chrome, state)
        if state != "ready":
            play(chrome)
        chrome.run("scrollTo(0, 0); await new Promise(requestAnimationFrame);")
        found = chrome.run(
            """const box = (id) => document.getElementById(id).getBoundingClientRect();
            const bar = box("player"), seen = (r) => r.height > 0 && r.top >= 0 && r.left >= 0
              && r.right <= innerWidth && r.bottom <= innerHeight;
            const above = (r) => seen(r) && r.bottom <= bar.top + 1;
            const count = document.getElementById("count");
            return { play: seen(box("play")), left: seen(box("left")), what: above(box("what")),
              count: !count.checkVisibility() || !count.textContent || above(box("count")) };"""
        )
        chrome.run("document.getElementById('audio').pause();")
        assert all(found.values()), (size, state, found)
        assert chrome.run("return document.documentElement.scrollWidth - innerWidth;") <= 0


@pytest.mark.parametrize("size", SIZES)
def test_long_titles_and_facts_are_never_cut(
    chrome: Browser, tmp_path_factory: pytest.TempPathFactory, size: str
) -> None:
    details = replace(DETAILS, title=TITLE, language="de", level="some experience")
    screen(chrome, *SIZES[size], mobile=size != "desk")
    open_page(chrome, page_file(tmp_path_factory.mktemp("title"), details=details))
    for state in ("ready", "hold", "end"):
        show(chrome, state)
        assert chrome.run(CUT) == [], (size, state)
        assert (
            chrome.run("return document.querySelector('header').getBoundingClientRect().top") >= 0
        )
    assert chrome.run("return document.querySelector('h1').textContent;") == TITLE
    assert chrome.run("return getComputedStyle(document.querySelector('h1')).hyphens;") == "auto"


def test_a_long_word_of_a_step_is_smaller_and_in_one_piece(
    chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    b = Builder()
    b.chapter("Oberschenkelrückseiten", "supine")
    b.say("Los.")
    b.gap("hold", 30.0, "Schmetterlingsposition")
    b.gap("lead-out", 2.0)
    details = replace(DETAILS, language="de")
    screen(chrome, 320, 568)
    open_page(chrome, page_file(tmp_path_factory.mktemp("word"), b.build(), details))
    seek(chrome, 10.0)
    lines = """const what = document.getElementById("what"), range = document.createRange();
      range.selectNodeContents(what);
      return new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size;"""
    assert chrome.run(lines) == 1


def test_stops_by_keyboard_follow_the_page_and_have_names(chrome: Browser, address: str) -> None:
    screen(chrome, 390, 844)
    open_page(chrome, address)
    seek(chrome, 75.0)
    names = []
    for _ in range(16):
        chrome.press(TAB)
        name, seen = chrome.run(
            """const e = document.activeElement, box = e.getBoundingClientRect();
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            const hit = document.elementFromPoint(x, y);
            return [e.getAttribute("aria-label") || e.innerText.trim(), Boolean(hit) &&
              (e.contains(hit) || hit.contains(e))];"""
        )
        assert name
        assert seen, name
        names.append(name)
    assert names[:12] == [
        "Skip to the player", "Chapters and notes", "Captions", "Settings",
        "Restart this side", "This hurts",
        "Position in the session", "Previous step", "Back 10 seconds", "Continue",
        "Forward 10 seconds", "Next step",
    ]  # fmt: skip


def test_what_is_chosen_looks_chosen_in_forced_colours(chrome: Browser, address: str) -> None:
    screen(chrome, 390, 844)
    media(chrome, forced_colors="active")
    try:
        open_page(chrome, address)
        chrome.run("document.getElementById('settings').showModal();")
        looks = chrome.run(
            """const look = (e) => JSON.stringify([getComputedStyle(e).backgroundColor,
              getComputedStyle(e).color]);
            const boxes = [...document.querySelectorAll('.choices input')];
            return boxes.map((box) => [box.name, box.checked, look(box.nextElementSibling)]);"""
        )
        for name in {name for name, *_ in looks}:
            chosen = {look for n, checked, look in looks if n == name and checked}
            others = {look for n, checked, look in looks if n == name and not checked}
            assert len(chosen) == 1
            assert not chosen & others
        switches = """const box = document.getElementById("captions-box");
            const before = getComputedStyle(box).backgroundColor;
            box.checked = !box.checked;
            return [before, getComputedStyle(box).backgroundColor];"""
        on, off = chrome.run(switches)
        assert on != off
    finally:
        media(chrome)
