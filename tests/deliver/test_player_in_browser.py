"""The player of the listener's page: what its buttons, keys and settings do."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playing_page import needs_sound, open_page, page_file, play, seek, shown
from session_example import DETAILS, Builder, example

from browser import Browser
from engines import only_in
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE

pytestmark = needs_sound
SHIFT, LEFT, RIGHT, ESCAPE = "\ue008", "\ue012", "\ue014", "\ue00c"
NOW = "return document.getElementById('audio').currentTime;"
KEY = f"psoas-audio {example().name} {DETAILS.digest}"


def press(chrome: Browser, name: str) -> None:
    chrome.run(f"document.querySelector('[data-go=\"{name}\"]').click();")


def choose(chrome: Browser, name: str, value: str) -> None:
    chrome.run(
        """document.querySelector(`input[name="${arguments[0]}"][value="${arguments[1]}"]`)
        .click();""",
        name,
        value,
    )


def two_holds() -> Timeline:
    """One chapter with two steps, and one with a side."""
    b = Builder()
    b.chapter("Hips", "supine")
    b.say("Lie down, and let the legs be heavy for a while.")
    b.gap("hold", 20.0, "first")
    b.say("Now turn the feet out, as far as they like to go.")
    b.gap("hold", 20.0, "second")
    b.chapter("Right side", "supine", "right")
    b.say("Right knee to the chest.")
    b.gap("hold", 20.0, "third")
    b.gap("lead-out", 2.0)
    return b.build()


def test_the_figure_is_that_of_the_words(chrome: Browser, tmp_path: Path) -> None:
    session = two_holds()
    voice = session.track("voice")
    letting_go = replace(voice.clips[1], figure="pillows")
    voice = replace(voice, clips=(voice.clips[0], letting_go, voice.clips[2]))
    open_page(chrome, page_file(tmp_path, replace(session, tracks=(voice, *session.tracks[1:]))))

    def figure(seconds: float) -> tuple[str, str]:
        seek(chrome, seconds)
        found = "return document.querySelector('#figure use').getAttribute('href');"
        return chrome.run(found), shown(chrome, "pose")

    first, second, third = (gap for gap in voice.gaps if gap.kind == "hold")
    lying = ("#figure-supine", "Lying on the back, knees bent, feet flat")
    resting = "Resting on the back, a pillow under the head and one under the knees"
    assert figure(first.start / SAMPLE_RATE + 1) == lying
    assert figure(letting_go.start / SAMPLE_RATE + 0.5) == ("#figure-pillows", resting)
    assert figure(second.start / SAMPLE_RATE + 1) == lying
    assert figure(third.start / SAMPLE_RATE - 0.5)[0] == "#figure-supine"


def test_back_and_forward_go_by_step(chrome: Browser, tmp_path: Path) -> None:
    session = two_holds()
    open_page(chrome, page_file(tmp_path, session))
    second = session.track("voice").gaps[0].end / SAMPLE_RATE
    assert shown(chrome, "step") == "Step 1 of 3"
    press(chrome, "next-step")
    assert abs(chrome.run(NOW) - second) < 0.1
    assert shown(chrome, "step") == "Step 2 of 3"
    press(chrome, "next-step")
    assert abs(chrome.run(NOW) - session.markers[1].start / SAMPLE_RATE) < 0.1
    press(chrome, "previous-step")
    assert abs(chrome.run(NOW) - second) < 0.1
    seek(chrome, second + 9)
    press(chrome, "previous-step")
    assert abs(chrome.run(NOW) - second) < 0.1


def test_time_left_is_that_of_the_session_at_the_chosen_speed(chrome: Browser) -> None:
    seek(chrome, 60.0)
    length = example().length / SAMPLE_RATE
    minutes, seconds = divmod(-int(-(length - 60) // 1), 60)
    assert shown(chrome, "left") == f"{minutes}:{seconds:02} left"
    choose(chrome, "speed", "1.25")
    minutes, seconds = divmod(-int(-(length - 60) / 1.25 // 1), 60)
    assert shown(chrome, "left") == f"{minutes}:{seconds:02} left"


def test_speed_keeps_the_pitch_and_is_remembered(chrome: Browser, address: str) -> None:
    choose(chrome, "speed", "0.8")
    rate = """const audio = document.getElementById("audio");
        return [audio.playbackRate, audio.preservesPitch];"""
    assert chrome.run(rate) == [0.8, True]
    chrome.open("about:blank")
    chrome.open(address)
    chrome.wait("document.getElementById('audio').readyState > 1")
    assert chrome.run(rate) == [0.8, True]


def test_a_side_can_be_heard_from_its_start(chrome: Browser) -> None:
    left = example().markers[2]
    seek(chrome, left.start / SAMPLE_RATE + 30)
    chrome.run("document.getElementById('repeat-side').click();")
    assert abs(chrome.run(NOW) - left.start / SAMPLE_RATE) < 0.3
    seek(chrome, 5.0)
    assert chrome.run("return document.getElementById('repeat-side').hidden;") is True


def test_the_sleep_timer_fades_out_and_stops(chrome: Browser) -> None:
    chrome.run("window.real = Date.now; window.ahead = 0; Date.now = () => real() + ahead;")
    choose(chrome, "sleep", "15")
    play(chrome)
    assert re.fullmatch("Stops in (15:00|14:5.)", shown(chrome, "sleep-left"))
    chrome.run("window.ahead = 890000;")
    chrome.wait("document.getElementById('audio').volume < 0.5")
    chrome.run("window.ahead = 901000;")
    chrome.wait("document.getElementById('audio').paused")
    assert chrome.run("return document.getElementById('audio').volume;") == 1
    assert shown(chrome, "sleep-left") == ""


def test_where_volume_cannot_be_set_the_sleep_timer_stops_after_the_step(
    chrome: Browser, tmp_path: Path
) -> None:
    """As on iOS."""
    session = two_holds()
    address = page_file(tmp_path, session)
    ignored = """Object.defineProperty(HTMLMediaElement.prototype, "volume",
        { get: () => 1, set: () => {}, configurable: true });"""
    only_in(chrome, "chromium", "firefox")
    with chrome.before_pages(ignored):
        open_page(chrome, address)
        chrome.run("window.real = Date.now; window.ahead = 0; Date.now = () => real() + ahead;")
        end = session.track("voice").gaps[0].end / SAMPLE_RATE
        seek(chrome, end - 2.0)
        choose(chrome, "sleep", "15")
        play(chrome)
        chrome.run("window.ahead = 901000;")
        chrome.wait("document.getElementById('audio').paused")
        assert abs(chrome.run(NOW) - end) < 0.7


def test_the_sleep_timer_can_stop_after_a_step(chrome: Browser, tmp_path: Path) -> None:
    session = two_holds()
    open_page(chrome, page_file(tmp_path, session))
    end = session.track("voice").gaps[0].end / SAMPLE_RATE
    seek(chrome, end - 1.0)
    choose(chrome, "sleep", "step")
    play(chrome)
    chrome.wait("document.getElementById('audio').paused")
    assert abs(chrome.run(NOW) - end) < 0.7


def test_captions_can_be_hidden_and_sized(chrome: Browser, address: str) -> None:
    seek(chrome, 4.0)
    size = "return parseFloat(getComputedStyle(document.getElementById('said')).fontSize);"
    medium = chrome.run(size)
    choose(chrome, "caption-size", "large")
    assert chrome.run(size) > 1.2 * medium
    chrome.press("c")
    chrome.wait("!document.getElementById('said').checkVisibility()")
    pressed = "return document.getElementById('captions-button').ariaPressed;"
    assert chrome.run(pressed) == "false"
    chrome.open("about:blank")
    chrome.open(address)
    chrome.wait("document.getElementById('audio').readyState > 1")
    assert chrome.run(pressed) == "false"
    chrome.press("c")
    assert chrome.run(pressed) == "true"


def test_the_transcript_follows_and_its_words_can_be_clicked(chrome: Browser) -> None:
    seek(chrome, 30.0)
    marked = "return document.querySelector('#transcript [aria-current]').textContent;"
    assert chrome.run(marked) == "Breathe in."
    chrome.run(
        """document.querySelector(".text details").open = true;
        const words = [...document.querySelectorAll("#transcript span")];
        words.find((part) => part.textContent.startsWith("Let the weight")).click();"""
    )
    weight = example().track("voice").clips[1].start / SAMPLE_RATE
    assert abs(chrome.run(NOW) - weight) < 0.5
    chrome.run("document.querySelectorAll('#transcript button')[3].click();")
    chrome.wait("document.getElementById('audio').paused === false")


def test_the_player_works_by_keyboard(chrome: Browser) -> None:
    chrome.press(" ")
    chrome.wait("!document.getElementById('audio').paused")
    chrome.press("k")
    chrome.wait("document.getElementById('audio').paused")
    seek(chrome, 2.0)
    chrome.press(RIGHT)
    chrome.wait("document.getElementById('audio').currentTime >= 10")
    chrome.press(LEFT)
    chrome.wait("document.getElementById('audio').currentTime < 5")
    second = example().markers[1].start / SAMPLE_RATE
    for keys in ((SHIFT, RIGHT), ("l",)):
        chrome.press("0")
        chrome.press(*keys)
        chrome.wait(f"Math.abs(document.getElementById('audio').currentTime - {second}) < 0.1")
    chrome.press("j")
    chrome.wait("document.getElementById('audio').currentTime < 1")
    chrome.press("5")
    half = example().length / SAMPLE_RATE / 2
    chrome.wait(f"Math.abs(document.getElementById('audio').currentTime - {half}) < 0.1")
    chrome.press("m")
    chrome.wait("document.getElementById('audio').muted")
    chrome.wait("document.getElementById('left').textContent.startsWith('muted')")


def test_a_question_mark_lists_the_keys(chrome: Browser) -> None:
    chrome.press("?")
    chrome.wait("document.getElementById('keys').open")
    listed = str(chrome.run("return document.getElementById('keys').innerText;"))
    for key in ("Space", "←", "J", "L", "K", "M", "C", "0", "9", "?"):
        assert key in listed
    chrome.press(" ")  # in a dialog, keys are those of the dialog
    assert chrome.run("return document.getElementById('audio').paused;") is True
    chrome.press(ESCAPE)
    chrome.wait("!document.getElementById('keys').open")


def test_keys_with_letters_can_be_turned_off(chrome: Browser) -> None:
    chrome.run("document.getElementById('letter-keys').click();")
    chrome.press("m")
    chrome.press("5")
    assert chrome.run("return document.getElementById('audio').muted;") is False
    assert chrome.run(NOW) < 1
    chrome.press(RIGHT)
    chrome.wait("document.getElementById('audio').currentTime >= 10")


def test_the_page_resumes_where_the_listener_left(chrome: Browser, address: str) -> None:
    only_in(chrome, "chromium", "firefox")  # WebKit's next process may read before this one wrote
    seek(chrome, 90.6)
    chrome.open("about:blank")
    chrome.open(address)
    chrome.wait("document.getElementById('audio').currentTime > 89")
    assert shown(chrome, "what") == "Continue at 1:30"
    assert int(chrome.run(NOW)) == 90
    assert chrome.run("return document.getElementById('audio').paused;") is True
    kept = chrome.run("return JSON.parse(localStorage.getItem(arguments[0]));", KEY)
    assert (kept["step"], abs(kept["at"] - 90_600) < 50) == ("2.0.right.1", True)
    chrome.run("document.getElementById('start-again').click();")
    chrome.wait("document.getElementById('audio').currentTime < 2")


@pytest.mark.parametrize(
    ("link", "place"),
    [("#t=90", 90.0), ("#t=1:30.5", 90.5), ("#t=npt:0:01:15,120", 75.0), ("#t=99999", 0.0)],
)
def test_a_link_to_a_place_invites_to_play_from_there(
    chrome: Browser, address: str, link: str, place: float
) -> None:
    chrome.run("localStorage.setItem(arguments[0], '30000');", KEY)
    chrome.run("addEventListener('pagehide', (e) => e.stopImmediatePropagation(), true);")
    chrome.open("about:blank")
    chrome.open(address + link)
    chrome.wait(f"Math.abs(document.getElementById('audio').currentTime - {place}) < 0.1")
    chrome.wait("document.getElementById('audio').readyState > 1")
    minutes, seconds = divmod(int(place), 60)
    invitation = f"Play from {minutes}:{seconds:02}" if place else "Ready when you are"
    assert shown(chrome, "what") == invitation
    assert chrome.run("return document.body.dataset.state;") == "ready"
    assert chrome.run("return document.getElementById('start-again').hidden;") is not bool(place)
    chrome.run("document.getElementById('play').click();")
    chrome.wait(f"document.getElementById('audio').currentTime > {place}")


@pytest.mark.parametrize(
    ("kept", "place"),
    [
        ("90000", 90.0),
        ('{"step": "3.0.left.1", "offset": 2000, "at": 5}', None),
        ('{"step": "9.9.-.1", "offset": 2000, "at": 70000}', 70.0),
        ('{"step": [], "at": "x"}', 0.0),
        ("[1", 0.0),
        ("null", 0.0),
        ("99999999999", 0.0),
    ],
)
def test_a_place_kept_by_another_version_is_found_or_ignored(
    chrome: Browser, address: str, kept: str, place: float | None
) -> None:
    if place is None:
        place = example().markers[2].start / SAMPLE_RATE + 2
    chrome.run("localStorage.setItem(arguments[0], arguments[1]);", KEY, kept)
    chrome.run("addEventListener('pagehide', (e) => e.stopImmediatePropagation(), true);")
    chrome.open("about:blank")
    chrome.open(address)
    chrome.wait("document.getElementById('audio').readyState > 1")
    assert abs(chrome.run(NOW) - place) < 0.1


def test_the_lock_screen_has_the_persons_name_and_the_chapters_picture(chrome: Browser) -> None:
    play(chrome)
    chrome.wait("navigator.mediaSession.metadata.artwork.length > 0")
    first = chrome.run("return navigator.mediaSession.metadata.artwork[0].src;")
    assert first.startswith("data:image/png;base64,")
    assert len(first) > 3000
    assert chrome.run("return navigator.mediaSession.metadata.artist;") == "Robin"
    seek(chrome, example().markers[3].start / SAMPLE_RATE + 1)
    chrome.wait("navigator.mediaSession.metadata.title === 'Close'")
    chrome.wait("navigator.mediaSession.metadata.artwork.length > 0")
    other = chrome.run("return navigator.mediaSession.metadata.artwork[0].src;")
    assert other != first


def test_vibration_differs_for_in_and_out_and_is_off_by_default(
    shared: Browser, chrome: Browser, address: str
) -> None:
    only_in(chrome, "chromium", "firefox")
    felt = """window.pulses = [];
    Object.defineProperty(navigator, "vibrate", { value: (p) => { pulses.push(p); } });"""
    with shared.before_pages(felt):
        open_page(shared, address)
    start = example().track("breath").clips[0].start / SAMPLE_RATE
    seek(chrome, start - 0.3)
    play(chrome)
    chrome.wait("document.body.dataset.phase === 'in'")
    assert chrome.run("return pulses;") == []
    chrome.run("document.getElementById('vibration').click();")
    seek(chrome, start + 3.6)
    chrome.wait("document.body.dataset.phase === 'out'")
    chrome.wait("pulses.length >= 2")
    long, short = chrome.run("return pulses.slice(0, 2);")
    assert len(long) == 1
    assert len(short) == 3


def test_without_vibration_the_page_says_so(shared: Browser, address: str) -> None:
    gone = "delete Navigator.prototype.vibrate;"
    only_in(shared, "chromium", "firefox")
    with shared.before_pages(gone):
        open_page(shared, address)
        assert shared.run("return document.getElementById('vibration').disabled;") is True
        assert "iPhone" in shown(shared, "vibration-hint")


def test_at_night_the_screen_goes_black_and_dims_until_it_is_touched(
    shared: Browser, chrome: Browser, address: str
) -> None:
    quick = """const wait = setTimeout;
    window.setTimeout = (f, ms, ...rest) => wait(f, ms === 20000 ? 300 : ms, ...rest);"""
    only_in(shared, "chromium", "firefox")
    with shared.before_pages(quick):
        open_page(shared, address)
        choose(shared, "theme", "night")
        ground = "return getComputedStyle(document.documentElement).backgroundColor;"
        assert shared.run(ground) == "rgb(0, 0, 0)"
        play(shared)
        shared.wait("document.documentElement.dataset.dim")
        assert (
            shared.run("return getComputedStyle(document.getElementById('player')).opacity") == "0"
        )
        touch = "document.elementFromPoint(195, 760).click();"
        assert shared.run(f"{touch} return document.documentElement.dataset.dim || '';") == ""
        assert shared.run("return document.getElementById('audio').paused;") is False
        choose(shared, "theme", "light")
        shared.run("await new Promise((go) => setTimeout(go, 600));")
        assert shared.run("return document.documentElement.dataset.dim || '';") == ""


def test_long_instructions_before_the_first_step_count_down(
    chrome: Browser, tmp_path: Path
) -> None:
    b = Builder()
    b.chapter("Before you begin", "supine")
    b.say("Leave this session out if any of these is true for you. " * 5, rate=9.0)
    arrive = b.now
    b.chapter("Arrive", "supine")
    b.say("Let the legs be heavy.")
    start = b.gap("hold", 20.0, "arrive")
    b.say("Now on.")
    b.gap("hold", 20.0, "again")
    b.chapter("Afterwards", "supine")
    after = b.now
    b.say("If it stays sore for more than a few days, see a doctor, and rest. " * 5, rate=9.0)
    open_page(chrome, page_file(tmp_path, b.build()))
    visible = "return document.querySelector('.dial-box').checkVisibility();"
    for left in (25.5, 3.5):
        seek(chrome, arrive - left)
        assert shown(chrome, "count") == f"0:{left + 0.5:02.0f}"
        assert chrome.run(visible)
        assert "Arrive" in shown(chrome, "next")
    seek(chrome, start + 5)
    assert shown(chrome, "count") == "0:15"
    for short in (arrive + 0.5, start + 20.2, after + 3):
        seek(chrome, short)
        assert shown(chrome, "count") == ""
        assert not chrome.run(visible)
