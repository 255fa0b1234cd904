"""How many utterances an engine speaks in a second, and how many seconds of speech.

    python benchmarks/speech.py [ENGINE[:VOICE] …]

Takes are made as in a first render: every core is busy, the cache is empty, and the voice is measured
before the clock starts. The table is in docs/voices.md. For words per minute, see ``pace.py``.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from arguments import parser_of

from psoas_audio.cache.local import Cache
from psoas_audio.errors import Mark
from psoas_audio.speech.line import Line
from psoas_audio.speech.takes import Takes
from psoas_audio.units import SAMPLE_RATE

UTTERANCES = 120


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument(
        "voices", nargs="*", default=["pyttsx3", "espeak"], metavar="ENGINE[:VOICE]"
    )
    names = parser.parse_args().voices
    print(f"{'engine':<20} {'utt/s':>7} {'x real':>7}")
    for name in names:
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
