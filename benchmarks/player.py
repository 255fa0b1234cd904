"""How exact the listener's page is in each browser engine, and what a frame of it costs.

    python benchmarks/player.py [ENGINE …]

It needs ffmpeg and at least one engine (see ``tests/engines.py``). In each engine it plays a breath
and a hold. In every frame it compares the circle with ``audio.currentTime`` (by how many milliseconds
the circle is ahead), and the seconds that are shown with those that are left (in how many frames they
are wrong by more than a frame). Firefox reports ``currentTime`` in steps of 40 ms, so a second line
has the same figures for the time between these steps.

Then, in Chromium, it prints the milliseconds of the main thread for each frame, at 60 frames a
second: of script, style and layout, and all with painting, with the processor as it is and six
times slower. docs/listener-page.md quotes the result.
"""

from __future__ import annotations

import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "deliver")]

from arguments import parser_of
from playing_page import open_page, page_file, screen, seek
from session_example import example

from browser import Browser
from engines import ENGINES
from psoas_audio.timeline.model import Breath
from psoas_audio.units import SAMPLE_RATE, clock, samples_to_ms, seconds_to_samples

SECONDS = 6
FRAMES = 60 * SECONDS
WATCHED = 25
"""Seconds in which circle and timer are compared with the sound."""
FRAME = 17.0
"""Milliseconds."""
TURN = 0.1
"""Part of the circle's way near its turns that is left out: there its size says little about the time."""
AROUND = 12
"""Frames before and after a frame, within which every browser reports a new time."""
WATCH = """
const audio = document.getElementById("audio"), lung = document.getElementById("lung"), seen = [];
await audio.play();
const end = performance.now() + 1000 * arguments[0];
while (performance.now() < end) {
  await new Promise(requestAnimationFrame);
  const { transform } = getComputedStyle(lung);
  const full = transform === "none" ? null : (new DOMMatrix(transform).a - .5) / .5;
  const count = document.getElementById("count").textContent;
  seen.push([audio.currentTime * 1000, full, count, performance.now()]);
}
audio.pause();
return seen;
"""


@dataclass(frozen=True)
class Seen:
    """One frame; times in milliseconds."""

    told: float
    """What ``audio.currentTime`` was."""
    full: float | None
    count: str
    now: float
    """Time of the computer."""


def between_steps(seen: Sequence[Seen]) -> list[Seen]:
    """The same with the sound's time as it is between the steps in which a browser reports it.

    A reported time may be old, but is never ahead: that of the neighbours which is latest is right.
    """
    leads = [one.told - one.now for one in seen]
    around = [max(leads[max(0, i - AROUND) : i + AROUND]) for i in range(len(leads))]
    return [replace(one, told=one.now + lead) for one, lead in zip(seen, around, strict=True)]


def circle_leads(seen: Sequence[Seen]) -> Iterator[float]:
    """Milliseconds by which the circle is ahead of the sound, frame by frame."""
    for one in seen:
        clip = next(
            (c for c in example().track("breath").clips
             if samples_to_ms(c.start) <= one.told < samples_to_ms(c.end)), None,
        )  # fmt: skip
        if clip is None or one.full is None or not TURN < one.full < 1 - TURN:
            continue
        assert isinstance(clip.media, Breath)
        rising = one.full if clip.media.kind == "in" else 1 - one.full
        part = math.acos(1 - 2 * rising) / math.pi
        yield samples_to_ms(clip.start) + part * samples_to_ms(clip.length) - one.told


def wrong_times(seen: Sequence[Seen], end: float) -> int:
    """In how many frames the seconds left until *end*, in milliseconds, aren't those shown."""
    return sum(
        one.count not in {_clock(end - one.told + early) for early in (-FRAME, 0, FRAME)}
        for one in seen
    )


def _clock(ms: float) -> str:
    return clock(seconds_to_samples(math.ceil(ms / 1000)))


def watch(engine: Browser, start: float) -> list[Seen]:
    """What is seen from *start*, in seconds."""
    seek(engine, start)
    return [Seen(*one) for one in engine.run(WATCH, WATCHED)]


def compare(engine: Browser, breath: float, hold: float, hold_end: float) -> Iterator[str]:
    """How exact circle and timer are; times in seconds."""
    breathing, holding = watch(engine, breath), watch(engine, hold)
    for clock_name, change in (("as told", list), ("between its steps", between_steps)):
        leads = [*circle_leads(change(breathing))]
        wrong = wrong_times(change(holding), 1000 * hold_end)
        yield (
            f"{engine.name:10} the sound's time {clock_name:18} circle: median "
            f"{statistics.median(leads):+5.1f} ms, worst {max(leads, key=abs):+6.1f} ms, "
            f"{len(leads)} frames   timer: {wrong} wrong of {len(holding)} frames"
        )


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
    gap = next(g for g in session.track("voice").gaps if g.kind == "hold")
    hold, hold_end = gap.start / SAMPLE_RATE, gap.end / SAMPLE_RATE
    parser = parser_of(__doc__)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=", ".join(ENGINES))
    asked = parser.parse_args().engines
    asked = asked or [name for name in ENGINES if ENGINES[name].is_installed()]
    for name in asked:
        with tempfile.TemporaryDirectory() as folder, ENGINES[name].start() as engine:
            screen(engine, 390, 844)
            open_page(engine, page_file(Path(folder)))
            for line in compare(engine, breath + 0.5, hold + 1, hold_end):
                print(line, flush=True)
    if "chromium" not in asked:
        return
    with tempfile.TemporaryDirectory() as folder, ENGINES["chromium"].start() as chrome:
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
