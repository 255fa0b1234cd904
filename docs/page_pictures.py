"""Write the pictures of the listener's page in docs/pictures.

Run it after a change to the page, with Chromium and its driver installed:
``python docs/page_pictures.py``. Nothing is spoken: the page is shown at the times of the plan.
"""

from __future__ import annotations

import base64
import io
import struct
import sys
import tempfile
import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "tests"))

from browser import Browser, browser
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script
from psoas_audio.timeline.model import Timeline

SCRIPT = DOCS.parent / "scripts" / "supine-ball-release.yaml"
PHONE, DESK = (390, 844), (1280, 800)
STATES = ("ready", "listen", "move", "hold", "breathe", "end")
PICTURES: Mapping[str, tuple[tuple[int, int], str, Sequence[str]]] = {
    "page-light": (PHONE, "light", STATES),
    "page-dark": (PHONE, "dark", ("listen", "move", "hold", "breathe", "settings")),
    "page-night": (PHONE, "night", ("hold", "breathe", "dim")),
    "page-desk": (DESK, "light", ("hold", "breathe")),
}
"""Name of each picture to the size of the screen, the theme and the states side by side."""
QUALITY, MARGIN = 76, 12
"""Of WebP; pixels between two screens."""

_STAND_IN = """
const audio = document.getElementById("audio"), [ms] = arguments;
Object.defineProperty(audio, "currentTime", { get: () => ms / 1000, set: () => {} });
audio.dispatchEvent(new Event("play"));
audio.dispatchEvent(new Event("playing"));
await new Promise((go) => setTimeout(go, 150));
"""
_TO_THE_END = """
const audio = document.getElementById("audio"), [length] = arguments;
let ms = 0;
Object.defineProperty(audio, "currentTime", { get: () => ms / 1000, set: () => {} });
audio.dispatchEvent(new Event("play"));
audio.dispatchEvent(new Event("playing"));
for (; ms < length; ms += 1000) audio.dispatchEvent(new Event("timeupdate"));
audio.dispatchEvent(new Event("ended"));
"""


def times(timeline: Timeline) -> dict[str, float]:
    """A time in milliseconds for each state."""
    voice = timeline.track("voice")
    found = {"ready": 0.0, "listen": 0.0, "settings": 0.0}
    for state, kind in (("move", "move"), ("hold", "hold"), ("breathe", "breathe")):
        gap = max((g for g in voice.gaps if g.kind == kind), key=lambda gap: gap.length)
        found[state] = (gap.start + min(gap.length * 0.4, 17.6 * 48_000)) / 48
    after = max(gap.end for gap in voice.gaps if gap.kind == "breathe")
    said = [clip for clip in voice.clips if clip.start > after]
    found["listen"] = found["settings"] = (said[0].start + said[0].length / 2) / 48
    found["dim"] = found["breathe"] + 2600
    return found


def silence(seconds: int) -> bytes:
    """A file of silence, which stands in for the sound."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack("<h", 0) * 8000 * seconds)
    return file.getvalue()


def screens(
    chrome: Browser, address: str, timeline: Timeline, theme: str, states: Sequence[str]
) -> Iterator[Image.Image]:
    """A picture of the page in each of *states*."""
    for state in states:
        chrome.open("about:blank")
        chrome.open(address)
        chrome.wait("document.getElementById('audio').readyState > 1")
        chrome.run("document.documentElement.dataset.theme = arguments[0];", theme)
        if state == "end":
            chrome.run(_TO_THE_END, timeline.length / 48)
        elif state != "ready":
            chrome.run(_STAND_IN, times(timeline)[state])
        if state == "settings":
            chrome.run("document.getElementById('settings').showModal();")
            chrome.run("document.activeElement.blur();")
        if state == "dim":
            chrome.run("document.documentElement.dataset.dim = 'true';")
        data = chrome.devtools("Page.captureScreenshot", format="png")["data"]
        yield Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")


def side_by_side(images: Sequence[Image.Image]) -> Image.Image:
    """*images* in a row, on grey."""
    width = sum(image.width + MARGIN for image in images) + MARGIN
    row = Image.new("RGB", (width, images[0].height + 2 * MARGIN), "#8c8c8c")
    x = MARGIN
    for image in images:
        row.paste(image, (x, MARGIN))
        x += image.width + MARGIN
    return row


def main() -> None:
    """Write them all."""
    draft = Draft(load_script(SCRIPT), Choices(), Settings())
    timeline = draft.plan().timeline
    details = replace(draft.details(timeline), artist="Robin")
    with tempfile.TemporaryDirectory() as folder, browser() as chrome:
        page = Path(folder, "page.html")
        sound = silence(2)
        page.write_text(listener_page(timeline, details, sound, kind="audio/wav"), "utf-8")
        for name, ((width, height), theme, states) in PICTURES.items():
            chrome.devtools(
                "Emulation.setDeviceMetricsOverride",
                width=width,
                height=height,
                deviceScaleFactor=1,
                mobile=width < height,
            )
            row = side_by_side([*screens(chrome, page.as_uri(), timeline, theme, states)])
            row.save(DOCS / "pictures" / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
