"""The page before its sound is there, on slow networks, and when the sound can't be played."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playing_page import media, needs_sound, open_page, page_file, screen, shown, site, tone
from session_example import DETAILS, example

from browser import Browser
from engines import ENGINES, only_in, started
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.units import SAMPLE_RATE

pytestmark = needs_sound


@pytest.fixture(scope="module", params=ENGINES)
def shared(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with started(request.param) as opened:
        media(opened)
        screen(opened, 390, 844)
        yield opened


def sound() -> bytes:
    return tone(example().length / SAMPLE_RATE)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_page_with_its_sound_inside_works_before_the_sound_is_there(engine: str) -> None:
    page = listener_page(example(), DETAILS, sound()).encode()
    held = page.index(b"data:audio/mpeg") + 200_000
    assert len(page) > held + 200_000
    with (
        site({"session.html": page}, session_html=held) as s,
        started(engine, waits_for_pages=False) as shared,
    ):
        shared.open(s.address + "session.html")
        shared.wait("document.getElementById('play')")
        shared.wait("!document.body.classList.contains('without-script')")
        assert shared.run("return document.readyState;") == "loading"
        assert shown(shared, "what") == "Ready when you are"
        shared.run("document.getElementById('play').click();")
        assert shown(shared, "what") == "Loading…"
        assert shown(shared, "left") == "Loading…"
        assert shared.run("return document.getElementById('play').ariaLabel;") == "Pause"
        shared.run("document.querySelectorAll('#chapter-list button')[1].click();")
        s.more.set()
        start = example().markers[1].start / SAMPLE_RATE
        shared.wait(f"document.getElementById('audio').currentTime > {start} + 0.2")
        assert shown(shared, "left").endswith("left")


def test_a_hosted_page_plays_while_most_of_its_sound_is_still_to_come(shared: Browser) -> None:
    mp3 = sound()
    page = listener_page(example(), DETAILS, url="session.mp3").encode()
    assert len(page) < 125_000
    with site({"session.html": page, "session.mp3": mp3}, session_mp3=len(mp3) // 4) as s:
        shared.open(s.address + "session.html")
        shared.run("document.getElementById('play').click();")
        shared.wait("document.getElementById('audio').currentTime > 0.5")
        assert not s.more.is_set()


def test_script_and_words_come_before_the_sound() -> None:
    page = listener_page(example(), DETAILS, sound())
    assert page.index("</script>\n<noscript") < page.index("data:audio/mpeg")
    assert page.count("data:audio/mpeg") == 1


def trouble(shared: Browser) -> str:
    shared.run("document.getElementById('play').click();")
    shared.wait("document.getElementById('trouble').textContent")
    assert shared.run("return document.body.dataset.paused;") == "true"
    return shown(shared, "trouble")


def test_errors_tell_browser_network_and_file_apart(shared: Browser, tmp_path: Path) -> None:
    shared.open(page_file(tmp_path, sound=b"no sound at all" * 1000))
    assert "damaged" in trouble(shared)
    shared.open(page_file(tmp_path, sound=b"no sound" * 1000, kind="audio/x-unheard-of"))
    assert "another browser" in trouble(shared)
    page = listener_page(example(), DETAILS, url="missing.mp3").encode()
    files = {"session.html": page}
    with site(files) as s:
        shared.open(s.address + "session.html")
        assert "connection" in trouble(shared)
        files["missing.mp3"] = sound()  # the network is back
        shared.run("document.getElementById('play').click();")
        shared.wait("document.getElementById('audio').currentTime > 0.3")
        assert shown(shared, "trouble") == ""


def test_without_javascript_the_browsers_own_player_is_there(
    shared: Browser, tmp_path: Path
) -> None:
    only_in(shared, "chromium")
    address = page_file(tmp_path)
    shared.devtools("Emulation.setScriptExecutionDisabled", value=True)
    try:
        shared.open(address)
        look = """(() => {
          const box = document.querySelector("noscript audio").getBoundingClientRect();
          const play = document.getElementById("play");
          return [box.width, box.bottom, innerHeight, play.checkVisibility(),
            document.querySelector("noscript audio").controls,
            document.body.innerText.includes("without JavaScript")];
        })()"""
        found = shared.devtools("Runtime.evaluate", expression=look, returnByValue=True)
        width, bottom, height, dead, controls, told = found["result"]["value"]
    finally:
        shared.devtools("Emulation.setScriptExecutionDisabled", value=False)
    assert width > 300
    assert bottom <= height
    assert controls
    assert told
    assert not dead


@pytest.mark.parametrize(("language", "direction"), [("he-IL", "rtl"), ("en", "ltr")])
def test_right_to_left_languages_are_laid_out_from_the_right(
    shared: Browser, tmp_path: Path, language: str, direction: str
) -> None:
    words = {"he-IL": "שכבו על הגב, ונשמו לאט.", "en": "Lie down, and breathe slowly."}[language]
    details = replace(DETAILS, title=words, language=language)
    session = replace(example(), language=language)
    open_page(shared, page_file(tmp_path, session, details))
    assert shared.run("return document.documentElement.dir;") == direction
    ends = """const text = document.querySelector(arguments[0]).firstChild;
      const at = (i) => { const range = new Range(); range.setStart(text, i);
        range.setEnd(text, i + 1); return range.getBoundingClientRect().left; };
      return [at(0), at(text.data.length - 1)];"""
    first, full_stop = shared.run(ends, "h1")
    assert (full_stop < first) == (direction == "rtl")
    # Interface words that stay English keep their own direction.
    shared.run("document.getElementById('audio').currentTime = 1e6;")
    shared.wait("document.body.dataset.state === 'end'")
    first, full_stop = shared.run(ends, "#said")
    assert full_stop > first
