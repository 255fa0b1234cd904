"""Utterances per second and times real time, by engine. Words per minute: see ``pace.py``.

    python benchmarks/speech.py [ENGINE[:VOICE] ...]

Takes are made as in a first render: every core busy, into an empty store, the voice measured
before the clock runs.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from psoas_audio.cache.local import Cache
from psoas_audio.errors import Mark
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes
from psoas_audio.units import SAMPLE_RATE

UTTERANCES = 120


def main() -> None:
    print(f"{'engine':<20} {'utt/s':>7} {'x real':>7}")
    for name in sys.argv[1:] or ["pyttsx3", "espeak"]:
        engine, _, voice = name.partition(":")
        with tempfile.TemporaryDirectory() as folder:
            report(name, engine, voice or None, Cache(Path(folder)))


def report(name: str, engine: str, voice: str | None, store: Cache) -> None:
    def line(text: str, rate: int) -> Line:
        return Line(f"{rate} {text}", text, engine, voice, rate, 50, "en-US", Mark(name, 1, 1))

    Takes(store).make([line("Rest.", 115)])
    lines = [
        line(f"Let the right knee soften, and breathe out slowly, {number} more times.", 115)
        for number in range(UTTERANCES)
    ]
    takes = Takes(store)
    start = time.perf_counter()
    made = takes.make(lines)
    wall = time.perf_counter() - start
    spoken = sum(fact.length for fact in made.values()) / SAMPLE_RATE
    print(f"{name:<20} {UTTERANCES / wall:7.1f} {spoken / wall:7.0f}")


if __name__ == "__main__":
    main()
