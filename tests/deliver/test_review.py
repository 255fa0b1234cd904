"""The producer's review page, as text and in a real browser from disk."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from session_example import DETAILS, Builder, example

from browser import Browser, browser, is_installed
from psoas_audio.deliver.web.review import Remark, review_page
from psoas_audio.units import SAMPLE_RATE, samples_to_ms

REMARKS = (
    Remark("fault", "tags", "the file has no title."),
    Remark("fault", "click", "a click: a step that nothing explains.", 40 * SAMPLE_RATE),
    Remark("warning", "long-line", "This line is long.", 90 * SAMPLE_RATE),
)
FIGURES = {"voice_lufs": -16.02, "true_peak_dbtp": -1.94}
NEEDED = pytest.mark.skipif(
    not (is_installed() and shutil.which("ffmpeg")), reason="no chromium or driver"
)
SHIFT, LEFT, RIGHT, UP, DOWN = "\ue008", "\ue012", "\ue014", "\ue013", "\ue015"


def sound() -> bytes:
    session, file = example(), io.BytesIO()
    tone = 0.1 * np.sin(np.arange(session.length) * 0.03)
    soundfile.write(file, tone, SAMPLE_RATE, format="WAV", subtype="PCM_U8")
    return file.getvalue()


def made() -> str:
    session = example()
    bins = -(-samples_to_ms(session.length) // 20)
    waves = {lane: bytes(range(200)) * (bins // 200 + 1) for lane in ("voice", "bed")}
    return review_page(
        session, DETAILS, ("audio/wav", sound()), waveforms=waves, remarks=REMARKS, figures=FIGURES
    )


def test_nothing_a_script_says_gets_out_of_its_place() -> None:
    hostile = "</script><script>alert(1)</script>"
    b = Builder()
    b.chapter(hostile, "supine")
    b.say(hostile)
    b.gap("hold", 10.0, hostile)
    text = review_page(
        b.build(title=hostile),
        replace(DETAILS, title=hostile),
        ("audio/wav", b""),
        waveforms={},
        figures={},
    )
    assert text.count("<script") == 2
    assert "alert(1)</script>" not in text.replace("&lt;/script&gt;", "")


def test_the_policy_allows_no_network() -> None:
    policy = re.search(r'Security-Policy" content="([^"]+)"', made())
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "connect-src" not in policy[1]
    assert "http" not in policy[1]


@pytest.fixture(scope="module")
def shared() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def chrome(shared: Browser, tmp_path: Path) -> Iterator[Browser]:
    page = tmp_path / "review.html"
    page.write_text(made(), encoding="utf-8")
    shared.requests()
    shared.open(page.as_uri())
    shared.wait("document.getElementById('audio').readyState > 0")
    yield shared
    assert shared.requests() <= {"file", "data", "about"}
    assert [e["message"] for e in shared.log("browser") if e["level"] == "SEVERE"] == []


def now(chrome: Browser) -> float:
    return float(chrome.run("return document.getElementById('audio').currentTime;"))


@pytest.mark.tools
@NEEDED
def test_captions_and_remarks_lead_to_their_place(chrome: Browser) -> None:
    data = json.loads(chrome.run("return document.getElementById('session').textContent;"))
    for number in (3, 9, len(data["captions"]) - 1):
        chrome.run(f"document.querySelectorAll('#lines button')[{number}].click();")
        assert now(chrome) == pytest.approx(data["captions"][number][0] / 1000, abs=0.002)
        shown = chrome.run("return document.getElementById('here').textContent;")
        assert data["captions"][number][2] in shown
    assert chrome.run("return document.querySelectorAll('#remarks button').length;") == 3
    chrome.run("document.querySelectorAll('#remarks button')[1].click();")
    assert now(chrome) == pytest.approx(40, abs=0.002)


@pytest.mark.tools
@NEEDED
def test_keys_move_and_play(chrome: Browser) -> None:
    session = example()
    starts = [clip.start / SAMPLE_RATE for clip in session.track("voice").clips]
    chapters = [marker.start / SAMPLE_RATE for marker in session.markers]
    chrome.press(DOWN)
    assert now(chrome) == pytest.approx(starts[0], abs=0.002)
    chrome.press(DOWN)
    assert now(chrome) == pytest.approx(starts[1], abs=0.002)
    chrome.press(UP)
    assert now(chrome) == pytest.approx(starts[0], abs=0.002)
    chrome.press(SHIFT, RIGHT)
    assert now(chrome) == pytest.approx(chapters[1], abs=0.002)
    chrome.press(LEFT)
    assert now(chrome) == pytest.approx(chapters[1] - 5, abs=0.002)
    chrome.press("f")
    assert now(chrome) == pytest.approx(90 if chapters[1] - 5 > 40 else 40, abs=0.002)
    chrome.press(" ")
    chrome.wait("!document.getElementById('audio').paused")
    chrome.press(" ")
    chrome.wait("document.getElementById('audio').paused")


@pytest.mark.tools
@NEEDED
def test_tracks_are_drawn_and_a_click_seeks(chrome: Browser) -> None:
    chrome.press("0")
    painted = chrome.run(
        """const canvas = document.querySelector("#detail canvas");
        const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return data.filter((value, i) => i % 4 === 3 && value > 0).length / (data.length / 4);"""
    )
    assert painted > 0.2
    chrome.run(
        """const box = document.getElementById("detail"), at = box.getBoundingClientRect();
        box.dispatchEvent(new PointerEvent("pointerdown",
          { clientX: at.left + at.width / 2, clientY: at.top + 60, bubbles: true }));"""
    )
    assert now(chrome) == pytest.approx(example().length / SAMPLE_RATE / 2, abs=0.5)
