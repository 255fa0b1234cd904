"""Half an hour of a session, with the page shown and hidden: what it shows never drifts.

The sound's clock is replaced, so that the half hour passes in seconds; all else is real.
"""

import math
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playing_page import media, needs_browser, open_page, page_file, screen, tone
from session_example import Builder

from browser import Browser, browser
from psoas_audio.deliver.text.silences import has_name, silence_name
from psoas_audio.timeline.model import Breath, Timeline
from psoas_audio.units import clock, samples_to_ms, seconds_to_samples

pytestmark = needs_browser

STAND_IN = """
const audio = document.getElementById("audio");
window.at = 0; window.away = false;
Object.defineProperty(audio, "currentTime", { get: () => at, set: (time) => { at = time; } });
Object.defineProperty(document, "hidden", { get: () => away });
audio.dispatchEvent(new Event("play"));
audio.dispatchEvent(new Event("playing"));
"""
DRIVE = """
const audio = document.getElementById("audio"), lung = document.getElementById("lung");
const text = (id) => document.getElementById(id).textContent;
const found = [];
for (const [ms, hidden] of arguments[0]) {
  window.at = ms / 1000;
  if (hidden !== window.away) {
    window.away = hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  } else audio.dispatchEvent(new Event("timeupdate"));
  const size = document.body.dataset.phase
    ? new DOMMatrix(getComputedStyle(lung).transform).a : null;
  found.push([text("what"), text("count"), text("phase"), text("cycles"), text("left"), size]);
}
return found;
"""


def half_an_hour() -> Timeline:
    b = Builder()
    number = 0
    while b.now < 1800:
        number += 1
        b.chapter(f"Part {number}", "supine", ("", "left", "right")[number % 3])
        b.say(f"This is part number {number}, and it takes a while to say so.")
        b.gap("hold", 41.3 + number % 7, f"hold {number}")
        b.say("Now breathe with the tones.")
        b.breathe([[("in", 4.1), ("full", 2.0), ("out", 6.3)]] * 8)
        b.gap("pause", 1.7)
        b.gap("rest", 23.9)
    b.gap("lead-out", 3.0)
    return b.build()


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as opened:
        media(opened)
        screen(opened, 390, 844)
        yield opened


def moments() -> Iterator[tuple[float, bool]]:
    """Times in milliseconds, between whole ones, and whether the page is hidden then."""
    dice = random.Random(5)
    at = 0.0
    while at < 1_795_000:
        hidden = int(at / 200_000) % 3 == 1
        at += dice.choice((1000, 1000, 4000)) if hidden else dice.choice((37, 250, 900, 2600))
        yield at + 0.5, hidden


def test_nothing_drifts_in_half_an_hour(chrome: Browser, tmp_path: Path) -> None:
    session = half_an_hour()
    open_page(chrome, page_file(tmp_path, session, sound=tone(3.0)))
    chrome.run(STAND_IN)
    times = list(moments())
    found = chrome.run(DRIVE, times)
    assert len(found) == len(times) > 1500
    for (at, _), (what, count, phase, cycles, left, size) in zip(times, found, strict=True):
        seconds = math.ceil((samples_to_ms(session.length) - at) / 1000)
        assert left == f"{clock(seconds_to_samples(seconds))} left", at
        silence = next(
            (g for g in session.track("voice").gaps
             if has_name(g) and samples_to_ms(g.start) <= at < samples_to_ms(g.end)), None,
        )  # fmt: skip
        if silence is None:
            assert what.startswith("Part"), at
            assert count == "", at
            continue
        assert what == silence_name(silence, "en"), at
        breath = next(
            (c for c in session.track("breath").clips
             if samples_to_ms(c.start) <= at < samples_to_ms(c.end)), None,
        )  # fmt: skip
        if breath is None:
            rest = math.ceil((samples_to_ms(silence.end) - at) / 1000)
            assert count == clock(seconds_to_samples(rest)), at
            assert size is None
            continue
        assert isinstance(breath.media, Breath)
        kind = breath.media.kind
        rest = math.ceil((samples_to_ms(breath.end) - at) / 1000)
        assert (count, cycles) == (str(rest), f"{breath.media.cycle + 1} of 8"), at
        assert phase == {"in": "In", "full": "Hold", "out": "Out"}[kind], at
        part = (at - samples_to_ms(breath.start)) / samples_to_ms(breath.length)
        rising = (1 - math.cos(math.pi * part)) / 2
        full = {"in": rising, "full": 1.0, "out": 1 - rising}[kind]
        assert abs((size - 0.5) / 0.5 - full) < 0.01, at
