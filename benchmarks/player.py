"""What a frame of the listener's page costs, with the processor as it is and six times slower.

Run it with Chromium, its driver and ffmpeg installed: ``python benchmarks/player.py``. It plays a
breath and a hold, and prints the milliseconds of the main thread for each frame, at 60 frames a
second: of script, style and layout, and all with painting.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "deliver")]

from playing_page import open_page, page_file, screen, seek
from session_example import example

from browser import Browser, browser
from psoas_audio.units import SAMPLE_RATE

SECONDS = 6
FRAMES = 60 * SECONDS


def measure(chrome: Browser, at: float | None, slower: int) -> str:
    """The figures of a few seconds from *at*, in seconds of the session; ``None``: paused."""
    if at is not None:
        seek(chrome, at)
        chrome.run("await document.getElementById('audio').play();")
    chrome.devtools("Emulation.setCPUThrottlingRate", rate=slower)
    before = metrics(chrome)
    time.sleep(SECONDS)
    after = metrics(chrome)
    chrome.devtools("Emulation.setCPUThrottlingRate", rate=1)
    chrome.run("document.getElementById('audio').pause();")
    parts = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration")
    each = [1000 * (after[part] - before[part]) / FRAMES for part in parts]
    return "script {:5.2f}   style {:5.2f}   layout {:5.2f}   all {:5.2f} ms".format(*each)


def metrics(chrome: Browser) -> dict[str, float]:
    return {m["name"]: m["value"] for m in chrome.devtools("Performance.getMetrics")["metrics"]}


def main() -> None:
    session = example()
    breath = session.track("breath").clips[0].start / SAMPLE_RATE
    hold = next(g for g in session.track("voice").gaps if g.kind == "hold").start / SAMPLE_RATE
    with tempfile.TemporaryDirectory() as folder, browser() as chrome:
        chrome.devtools("Performance.enable")
        screen(chrome, 390, 844)
        open_page(chrome, page_file(Path(folder)))
        for slower in (1, 6):
            for name, at in (
                ("paused", None),
                ("hold", hold + 1),
                ("breath", breath + 1),
                ("breath, no circle", breath + 1),
            ):
                hidden = str("no circle" in name).lower()
                chrome.run(f"document.querySelector('.dial').hidden = {hidden};")
                print(f"{name:18} CPU × {slower}  {measure(chrome, at, slower)}")


if __name__ == "__main__":
    main()
