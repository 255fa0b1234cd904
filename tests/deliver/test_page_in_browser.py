"""The listener's page in a real browser, from disk, as a listener opens it."""

import math
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from session_example import DETAILS, Builder, example

from browser import Browser, browser, is_installed
from psoas_audio.deliver.tags.id3 import id3
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.timeline.model import Breath, Timeline
from psoas_audio.units import SAMPLE_RATE, samples_to_ms

pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(
        not (is_installed() and shutil.which("ffmpeg")), reason="no chromium, driver or ffmpeg"
    ),
]
SHIFT, LEFT, RIGHT = "\ue008", "\ue012", "\ue014"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_of(example(), tmp_path_factory.mktemp("page"))


def page_of(session: Timeline, folder: Path) -> str:
    """The address of the page of *session*, whose sound is a tone."""
    sound = folder / "tone.mp3"
    tone = f"sine=220:duration={session.length / SAMPLE_RATE}:sample_rate={SAMPLE_RATE}"
    encode = ["-b:a", "96k", "-id3v2_version", "0", str(sound)]
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", tone, *encode], check=True)
    mp3 = id3(session, DETAILS) + sound.read_bytes()
    file = folder / "session.html"
    file.write_text(listener_page(session, DETAILS, mp3), encoding="utf-8")
    return Path(file).as_uri()


@pytest.fixture(scope="module")
def shared() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def chrome(shared: Browser, address: str) -> Iterator[Browser]:
    shared.devtools("Emulation.setEmulatedMedia", features=[])
    shared.open(address)
    shared.wait("document.getElementById('audio').readyState > 0")
    shared.requests()
    yield shared
    severe = [entry["message"] for entry in shared.log("browser") if entry["level"] == "SEVERE"]
    shared.run("document.getElementById('audio').pause();")
    seek(shared, 0.0)  # the page keeps no place this near the start
    assert severe == []


def shown(chrome: Browser, name: str) -> str:
    return str(chrome.run(f"return document.getElementById({name!r}).textContent;"))


def seek(chrome: Browser, seconds: float) -> None:
    chrome.run(
        """const audio = document.getElementById("audio");
        await new Promise((go) => {
          audio.addEventListener("seeked", go, { once: true });
          audio.currentTime = arguments[0];
        });""",
        seconds,
    )


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


def test_it_plays_from_disk_and_asks_the_network_for_nothing(chrome: Browser, address: str) -> None:
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
            """return [document.getElementById("audio").currentTime,
            Number(document.getElementById("lung").dataset.full)];"""
        )
        assert phase_error_ms(at, full) <= 50


def test_the_circle_keeps_up_while_it_plays(chrome: Browser) -> None:
    seek(chrome, example().track("breath").clips[0].start / SAMPLE_RATE + 0.8)
    seen = chrome.run(
        """const audio = document.getElementById("audio"), seen = [];
        await audio.play();
        while (seen.length < 20) {
          await new Promise((go) => setTimeout(go, 70));
          seen.push([audio.currentTime, Number(document.getElementById("lung").dataset.full)]);
        }
        return seen;"""
    )
    assert len({full for _, full in seen}) > 10
    assert max(phase_error_ms(at, full) for at, full in seen) <= 50


def test_a_hold_tells_what_how_long_and_what_comes_next(chrome: Browser) -> None:
    hold = next(gap for gap in example().track("voice").gaps if gap.kind == "hold")
    seek(chrome, hold.start / SAMPLE_RATE + 17.3)
    assert shown(chrome, "what") == "Sink"
    assert shown(chrome, "count") == "0:28"
    assert shown(chrome, "said") == "Let the breath stay slow."
    assert shown(chrome, "next") == "Next Left side"


def test_chapters_and_captions_follow(chrome: Browser) -> None:
    chrome.run("document.querySelectorAll('#chapter-list button')[2].click();")
    left = example().markers[2]
    chrome.wait(f"document.getElementById('audio').currentTime >= {left.start / SAMPLE_RATE}")
    chrome.wait("document.getElementById('said').textContent.startsWith('Rest the ball')")
    current = "document.querySelector('[aria-current]').textContent"
    assert chrome.run(f"return {current};").startswith("Left side")


def test_it_works_by_keyboard(chrome: Browser) -> None:
    chrome.press(" ")
    chrome.wait("!document.getElementById('audio').paused")
    chrome.press(" ")
    chrome.wait("document.getElementById('audio').paused")
    chrome.press(RIGHT)
    chrome.wait("document.getElementById('audio').currentTime >= 10")
    chrome.press(LEFT)
    chrome.wait("document.getElementById('audio').currentTime < 5")
    chrome.press(SHIFT, RIGHT)
    second = example().markers[1].start / SAMPLE_RATE
    chrome.wait(f"Math.abs(document.getElementById('audio').currentTime - {second}) < 0.1")


def test_the_page_resumes_where_the_listener_left(chrome: Browser, address: str) -> None:
    seek(chrome, 90.0)
    chrome.open("about:blank")
    chrome.open(address)
    chrome.wait("document.getElementById('audio').currentTime > 89")
    assert shown(chrome, "what") == "Continue at 1:30"
    assert chrome.run("return document.getElementById('audio').paused;") is True
    chrome.run("document.getElementById('start-again').click();")
    chrome.wait("document.getElementById('audio').currentTime < 2")


def test_reduced_motion_stills_the_circle(chrome: Browser) -> None:
    feature = {"name": "prefers-reduced-motion", "value": "reduce"}
    chrome.devtools("Emulation.setEmulatedMedia", features=[feature])
    start = example().track("breath").clips[0].start / SAMPLE_RATE
    radii = []
    for offset in (0.5, 1.5, 3.5):
        seek(chrome, start + offset)
        radii.append(chrome.run("return document.getElementById('lung').style.transform;"))
    assert len(set(radii)) == 1
    assert (shown(chrome, "phase"), shown(chrome, "count")) == ("In", "1")


def test_the_page_stops_at_the_end(chrome: Browser) -> None:
    seek(chrome, example().length / SAMPLE_RATE - 0.3)
    chrome.run("document.getElementById('play').click();")
    chrome.wait("document.getElementById('audio').ended")
    assert shown(chrome, "what") == "All done"


def test_nothing_is_cut_off_on_a_small_phone(chrome: Browser) -> None:
    size = {"width": 320, "height": 568, "deviceScaleFactor": 1, "mobile": True}
    chrome.devtools("Emulation.setDeviceMetricsOverride", **size)
    try:
        for at in (0.0, 5.0, 36.0, 60.0, 90.0):
            seek(chrome, at)
            beyond, low = chrome.run(
                """const bottom = document.getElementById("player").getBoundingClientRect().top;
                const next = document.getElementById("next").getBoundingClientRect().bottom;
                return [document.documentElement.scrollWidth - innerWidth, next - bottom];"""
            )
            assert beyond <= 0
            assert low <= 1
    finally:
        chrome.devtools("Emulation.clearDeviceMetricsOverride")


def test_the_word_that_is_being_said_is_marked(shared: Browser, tmp_path: Path) -> None:
    b = Builder()
    b.chapter("One", "supine")
    b.gap("lead-in", 2.0)
    b.say("Lift the heel.", rate=5.0, words_at=(0.0, 1.0, 1.5))
    b.gap("hold", 5.0, "Heel lift")
    b.say("No times here.")
    b.gap("lead-out", 3.0)
    shared.open(page_of(b.build(), tmp_path))
    shared.wait("document.getElementById('audio').readyState > 0")
    marked = "return [...CSS.highlights.get('word')].map(String).join()"
    found = []
    for position in (1.0, 2.5, 3.2, 4.0, 6.0, 10.5):
        seek(shared, position)
        found.append(shared.run(marked))
    assert found == ["", "Lift", "the", "heel.", "", ""]
