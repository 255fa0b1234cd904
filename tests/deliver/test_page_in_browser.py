"""The listener's page in a real browser, from disk, as a listener opens it."""

import math
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
from playing_page import (
    media,
    needs_sound,
    open_page,
    page_file,
    picture,
    play,
    screen,
    seek,
    shown,
)
from session_example import Builder, example

from browser import Browser
from engines import only_in
from psoas_audio.timeline.model import Breath
from psoas_audio.units import SAMPLE_RATE, samples_to_ms

pytestmark = needs_sound


FULL = """const { transform } = getComputedStyle(document.getElementById("lung"));
    const full = (new DOMMatrix(transform).a - 0.5) / 0.5;"""
"""How full the circle is drawn, from 0 to 1."""


def phase_error_ms(at: float, full: float) -> float:
    """Milliseconds between *at* (seconds) and the moment when the lungs are as full as *full*."""
    session = example()
    clips = session.track("breath").clips
    ms = at * 1000
    clip = next(c for c in clips if samples_to_ms(c.start) <= ms < samples_to_ms(c.end))
    assert isinstance(clip.media, Breath)
    rising = full if clip.media.kind == "in" else 1 - full
    part = math.acos(max(-1.0, min(1.0, 1 - 2 * rising))) / math.pi
    return abs(clip.start / 48 + part * clip.length / 48 - ms)


def test_the_page_plays_from_disk_and_asks_the_network_for_nothing(
    chrome: Browser, address: str
) -> None:
    chrome.open(address)
    chrome.run("document.getElementById('play').click();")
    chrome.wait("document.getElementById('audio').currentTime > 0.5")
    assert chrome.run("return document.getElementById('play').ariaLabel;") == "Pause"
    assert chrome.run("return navigator.mediaSession.metadata.title;") == "Arrive"
    assert chrome.requests() <= {"file", "data", "blob"}


def test_the_circle_breathes_with_the_sound(chrome: Browser) -> None:
    breaths = example().track("breath").clips
    start, end = breaths[0].start / SAMPLE_RATE, breaths[-1].end / SAMPLE_RATE
    for number in range(20):
        seek(chrome, start + (end - start) * (number + 0.5) / 20)
        at, full = chrome.run(
            f"{FULL} return [document.getElementById('audio').currentTime, full];"
        )
        assert phase_error_ms(at, full) <= 50


def test_the_circle_keeps_up_while_it_plays(chrome: Browser) -> None:
    only_in(chrome, "chromium")  # Firefox tells the time in steps; benchmarks/player.py measures it
    seek(chrome, example().track("breath").clips[0].start / SAMPLE_RATE + 0.8)
    seen = chrome.run(
        f"""const audio = document.getElementById("audio"), seen = [];
        await audio.play();
        while (seen.length < 20) {{
          await new Promise((go) => setTimeout(go, 70));
          await new Promise(requestAnimationFrame);
          {FULL}
          seen.push([audio.currentTime, full]);
        }}
        return seen;"""
    )
    assert len({full for _, full in seen}) > 10
    # A busy machine shows a frame late now and then; benchmarks/player.py measures the worst.
    assert median(phase_error_ms(at, full) for at, full in seen) <= 50


def test_breaths_are_counted_and_drawn_with_their_holds(
    shared: Browser, chrome: Browser, tmp_path: Path
) -> None:
    b = Builder()
    b.chapter("Box", "sitting")
    b.breathe([[("in", 4.0), ("full", 4.0), ("out", 4.0), ("empty", 4.0)]] * 8)
    b.gap("lead-out", 2.0)
    open_page(shared, page_file(tmp_path, b.build()))
    found = []
    for at in (49.0, 53.0, 57.0, 61.0):
        seek(shared, at)
        found.append([shown(shared, name) for name in ("phase", "count", "cycles")])
    assert found == [
        ["In", "3", "4 of 8"], ["Hold", "3", "4 of 8"], ["Out", "3", "4 of 8"],
        ["Hold", "3", "4 of 8"],
    ]  # fmt: skip
    arcs = (
        "return [...document.querySelectorAll('#cycle path')].map((arc) => arc.className.baseVal)"
    )
    assert shared.run(arcs) == ["moving", "held", "moving", "held"]


def test_words_of_an_earlier_phase_are_not_shown_with_the_next(
    shared: Browser, chrome: Browser, tmp_path: Path
) -> None:
    b = Builder()
    b.chapter("Breathe", "sitting")
    b.say("Breathe out.")
    b.breathe([[("in", 4.0), ("out", 4.0)]] * 4)
    b.gap("lead-out", 2.0)
    open_page(shared, page_file(tmp_path, b.build()))
    seek(shared, 0.5)
    assert shown(shared, "said") == "Breathe out."
    seek(shared, 20.0)
    assert shown(shared, "said") == ""


def test_the_texts_of_a_breath_stay_where_they_are(chrome: Browser) -> None:
    start = example().track("breath").clips[0].start / SAMPLE_RATE
    places, looks = set(), set()
    for number in range(24):
        seek(chrome, start + 0.3 + number * 1.21)
        places.add(
            tuple(
                chrome.run(
                    """return ["phase", "count", "cycles", "next"].map((id) =>
                    Math.round(document.getElementById(id).getBoundingClientRect().top));"""
                )
            )
        )
        looks.add(
            tuple(
                chrome.run(
                    """return ["count", "cycles", "left"].map((id) =>
                    getComputedStyle(document.getElementById(id)).color);"""
                )
            )
        )
    assert len(places) == 1
    assert len(looks) == 1


def test_a_hold_shows_its_position_its_time_and_what_comes_next(chrome: Browser) -> None:
    hold = next(gap for gap in example().track("voice").gaps if gap.kind == "hold")
    seek(chrome, hold.start / SAMPLE_RATE + 17.3)
    assert shown(chrome, "what") == "Sink"
    assert shown(chrome, "count") == "0:28"
    assert shown(chrome, "said") == "Let the breath stay slow."
    assert shown(chrome, "next") == "Next Left side"
    next_figure = "return document.querySelector('#next use').getAttribute('href');"
    assert chrome.run(next_figure) == "#figure-supine-left"


def test_figure_and_time_can_be_read_from_the_floor(chrome: Browser) -> None:
    hold = next(gap for gap in example().track("voice").gaps if gap.kind == "hold")
    seek(chrome, hold.start / SAMPLE_RATE + 17.3)
    play(chrome)
    wide = "return document.getElementById(arguments[0]).getBoundingClientRect().width;"
    assert chrome.run(wide, "figure") >= 0.75 * 390
    assert chrome.run(wide, "count") >= 0.25 * 390
    seek(chrome, 10.0)
    assert chrome.run("return document.body.dataset.state;") == "move"
    assert chrome.run(wide, "figure") >= 0.85 * 390
    seek(chrome, example().track("breath").clips[0].start / SAMPLE_RATE + 1)
    assert chrome.run(wide, "figure") >= 0.3 * 390


def test_a_move_shows_where_it_leads_from_the_words_on(
    shared: Browser, chrome: Browser, tmp_path: Path
) -> None:
    b = Builder()
    b.chapter("Rise", "side-lying")
    b.gap("rest", 12.0)
    b.say("Take your time with this.")
    b.gap("pause", 2.0)
    b.say("Come to sitting.")
    b.gap("move", 12.0, "sitting")
    b.say("And breathe here.")
    b.gap("rest", 12.0)
    b.gap("lead-out", 2.0)
    session = b.build()
    open_page(shared, page_file(tmp_path, session))
    calm, words, after = (clip.start / SAMPLE_RATE for clip in session.track("voice").clips)
    figure = "return document.querySelector('#figure use').getAttribute('href');"
    found = []
    for at in (5.0, calm + 1, words + 0.6, words + 6.0, after + 0.5, after + 8):
        seek(shared, at)
        found.append(shared.run(figure).removeprefix("#figure-"))
    assert found == ["side-lying"] * 2 + ["floor-sitting"] * 4


def test_chapters_and_captions_follow(chrome: Browser) -> None:
    chrome.run("document.querySelectorAll('#chapter-list button')[2].click();")
    left = example().markers[2]
    chrome.wait(f"document.getElementById('audio').currentTime >= {left.start / SAMPLE_RATE}")
    chrome.wait("document.getElementById('said').textContent.startsWith('Rest the ball')")
    current = "document.querySelector('#chapter-list [aria-current]').textContent"
    assert chrome.run(f"return {current};").startswith("Left side")
    assert chrome.run("return document.getElementById('audio').paused;") is False


def test_paused_looks_unlike_playing(chrome: Browser) -> None:
    for at in (4.0, 33.0, 75.0):
        seek(chrome, at)
        paused = np.asarray(picture(chrome), dtype=int)
        play(chrome)
        playing = np.asarray(picture(chrome), dtype=int)
        chrome.run("document.getElementById('audio').pause();")
        assert (np.abs(paused - playing).sum(axis=2) > 90).mean() > 0.1
        assert "Paused" in str(chrome.run("return document.getElementById('room').innerText;"))


def test_reduced_motion_fades_the_circle_instead_of_moving_it(chrome: Browser) -> None:
    only_in(chrome, "chromium", "firefox")
    media(chrome, prefers_reduced_motion="reduce")
    start = example().track("breath").clips[0].start / SAMPLE_RATE
    looks = []
    for offset in (0.5, 1.5, 3.5):
        seek(chrome, start + offset)
        style = "const { transform, opacity } = getComputedStyle(document.getElementById('lung'));"
        looks.append(tuple(chrome.run(f"{style} return [transform, Number(opacity)];")))
    assert {transform for transform, _ in looks} == {"none"}
    assert looks[0][1] < looks[1][1] < looks[2][1]
    assert (shown(chrome, "phase"), shown(chrome, "count")) == ("In", "1")


def test_the_arrows_of_a_figure_turn_with_the_breath(
    shared: Browser, chrome: Browser, tmp_path: Path
) -> None:
    b = Builder()
    b.chapter("Belly", "supine")
    b.breathe([[("in", 4.0), ("full", 2.0), ("out", 6.0), ("empty", 2.0)]] * 2)
    b.gap("lead-out", 2.0)
    session = b.build()
    markers = tuple(replace(marker, figure="hands-on-belly") for marker in session.markers)
    open_page(shared, page_file(tmp_path, replace(session, markers=markers)))
    look = """const pose = document.querySelector(".pose .figure"), style = getComputedStyle(pose);
      return ["in", "out"].map((way) => style.getPropertyValue(`--breath-${way}`) || "-")
        .concat(style.getPropertyValue("--figure-time"));"""
    drawn = "return document.getElementById('figure-hands-on-belly').innerHTML;"
    assert 'class="breath-in"' in shared.run(drawn)
    assert 'class="breath-out" opacity="0"' in shared.run(drawn)
    found = []
    for at in (2.0, 5.0, 9.0, 13.0):
        seek(shared, at)
        found.append(shared.run(look))
    assert found == [["-", "-", "0s"], ["0", "-", "0s"], ["0", "1", "0s"], ["0", "-", "0s"]]


def test_a_figure_that_moves_follows_repetitions_and_keeps_still_while_breathing(
    shared: Browser, chrome: Browser, tmp_path: Path
) -> None:
    b = Builder()
    b.chapter("Bridge", "supine")
    b.breathe([[("up", 4.0), ("top", 2.0), ("down", 4.0), ("bottom", 2.0)]] * 2)
    b.gaps[-1] = replace(b.gaps[-1], kind="hold", label="lift")
    b.say("Now breathe.")
    b.gap("pause", 2.0)
    at = b.breathe([[("in", 4.0), ("out", 6.0)]] * 2)
    b.gap("lead-out", 2.0)
    session = b.build()
    markers = tuple(replace(marker, figure="bridge") for marker in session.markers)
    open_page(shared, page_file(tmp_path, replace(session, markers=markers)))
    pose = "return document.getElementById('figure').dataset.pose || '';"
    time = """return getComputedStyle(document.getElementById("figure"))
      .getPropertyValue("--figure-time");"""
    found = []
    for position in (0.4, 2.0, 3.6, 5.0, 9.6, 11.0):
        seek(shared, position)
        found.append(shared.run(pose))
    assert found == ["start", "between", "end", "end", "start", "start"]
    seek(shared, at + 7.0)
    assert (shared.run(pose), shared.run(time)) == ("", "0s")


def test_the_end_shows_what_was_done_and_plays_again(chrome: Browser) -> None:
    seek(chrome, 175.0)
    chrome.run("document.getElementById('audio').playbackRate = 8;")
    play(chrome)
    chrome.wait("document.getElementById('audio').ended")
    assert shown(chrome, "what") == "All done"
    assert shown(chrome, "did-title") == "Supine release with a ball"
    assert shown(chrome, "did") == "You did 1 chapter in 1 minute."
    year = chrome.run("return new Date().getFullYear();")
    assert str(year) in shown(chrome, "did-when")
    last = "Said at the endRoll to one side, and rest there."
    assert shown(chrome, "last-words").replace("\n", "").strip() == last
    assert shown(chrome, "did-list") == "Close"
    done = (
        'JSON.parse(Object.entries(localStorage).find(([name]) => name.includes("ball"))[1]).done'
    )
    assert chrome.run(f"return {done}.length;") == len("2026-01-01T00:00:00.000Z")
    chrome.run("document.getElementById('again').click();")
    chrome.wait("document.getElementById('audio').currentTime < 5")
    chrome.wait("document.body.dataset.state !== 'end'")


def test_nothing_is_cut_off_on_a_small_phone(chrome: Browser) -> None:
    screen(chrome, 320, 568)
    for at in (0.0, 5.0, 36.0, 60.0, 90.0):
        seek(chrome, at)
        beyond, low = chrome.run(
            """const bottom = document.getElementById("player").getBoundingClientRect().top;
            const next = document.getElementById("next").getBoundingClientRect().bottom;
            return [document.documentElement.scrollWidth - innerWidth, next - bottom];"""
        )
        assert beyond <= 0
        assert low <= 1


def test_the_word_that_is_being_said_is_marked(shared: Browser, tmp_path: Path) -> None:
    b = Builder()
    b.chapter("One", "supine")
    b.gap("lead-in", 2.0)
    b.say("Lift the heel.", rate=5.0, words_at=(0.0, 1.0, 1.5))
    b.gap("hold", 5.0, "Heel lift")
    b.say("No times here.")
    b.gap("lead-out", 3.0)
    open_page(shared, page_file(tmp_path, b.build()))
    marked = "return [...CSS.highlights.get('word')].map(String).join()"
    found = []
    for position in (1.0, 2.5, 3.2, 4.0, 6.0, 10.5):
        seek(shared, position)
        found.append(shared.run(marked))
    assert found == ["", "Lift", "the", "heel.", "", ""]
