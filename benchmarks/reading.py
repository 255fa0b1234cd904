"""How long it takes to prepare text for an engine.

    python benchmarks/reading.py

Prints the time for a script of 30 minutes, first and again in the same process, and how much longer a
text of ten times the length takes: 10 times if time is proportional to length, 100 times if it grows
with the square. Exits with 1 above 20 times. docs/reading.md quotes the times.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from arguments import parser_of

from psoas_audio import plan
from psoas_audio.speech.normalization.normalize import normalize_text

WORDS = 3450
"""Half an hour at 115 words per minute, without pauses."""
SCRIPTS = Path(__file__).parents[1] / "scripts"
LANGUAGES = ("en-US", "de-DE", "es-ES", "fr-FR")
DENSE = {
    "en-US": "Hold the 2nd stretch for 30-60s/side, 3x10, at 7:30 on May 3, with 1/2 of L4-L5.",
    "de-DE": "Halte die 2. Dehnung 30-60 s/Seite, 3x10, um 7:30 Uhr am 3. Mai, mit 1/2 von L4-L5.",
    "es-ES": "Sostén el 2º estiramiento 30-60 s/lado, 3x10, a las 7:30 el 3 de mayo, con 1/2 de L4.",
    "fr-FR": "Tenez le 2e étirement 30-60 s/côté, 3x10, à 7h30 le 3 mai, avec 1/2 de L4-L5.",
}
"""Far more numbers than in any session."""
PIECES = [
    *(
        "9",
        "1 ",
        "1-",
        "1/",
        "1/2 ",
        "1:30 ",
        "1,",
        "1.",
        "a.",
        "A ",
        "II ",
        "3x",
        "(1",
        '1"',
        "1'",
    ),
    *(
        " ",
        "- ",
        "…",
        ".",
        "$1",
        "€",
        "°",
        "ºª",
        "XXe ",
        "L4-",
        "Mon ",
        "May 1 ",
        "1. und ",
        "am 1. ",
    ),
    *(
        "w/",
        "z.B.",
        "www.a",
        "a@b.",
        "https://",
        "ABC ",
        "I'M ",
        "de 1 ",
        "las 1:",
        "👍🏽",
        "你",
        "ё",
    ),
]


def seconds(task: Callable[[], object], times: int = 5) -> float:
    """CPU time of the shortest of several runs."""
    runs = []
    for _ in range(times):
        start = time.process_time()
        task()
        runs.append(time.process_time() - start)
    return min(runs)


def script_of_half_an_hour() -> list[str]:
    """Lines of the shipped sessions, repeated until there are :data:`WORDS` words."""
    lines: list[str] = []
    for path in sorted(SCRIPTS.glob("*.yaml")):
        lines += [take.text for take in plan(path).fitted.plan.utterances()]
    kept: list[str] = []
    while sum(len(line.split()) for line in kept) < WORDS:
        kept += lines
    while sum(len(line.split()) for line in kept) > WORDS:
        kept.pop()
    return kept


def growth(piece: str, language: str) -> float:
    """The time for 20,000 characters divided by that for 2,000."""
    short, long = (piece * 2000)[:2000], (piece * 20000)[:20000]
    base = seconds(lambda: normalize_text(short, language))
    return seconds(lambda: normalize_text(long, language), 3) / base


def main() -> int:
    parser_of(__doc__).parse_args()
    lines = script_of_half_an_hour()
    print(f"{len(lines)} lines of {WORDS} words")
    for language in LANGUAGES:
        first = seconds(lambda tag=language: [normalize_text(line, tag) for line in lines], 1)
        again = seconds(lambda tag=language: [normalize_text(line, tag) for line in lines])
        dense = seconds(lambda tag=language: [normalize_text(DENSE[tag], tag)] * 1, 20)
        print(
            f"{language}: first {first * 1000:5.1f} ms, again {again * 1000:5.1f} ms; "
            f"a line full of numbers {dense * 1000:.2f} ms"
        )
    worst = sorted(
        ((growth(piece, language), piece, language) for piece in PIECES for language in LANGUAGES),
        reverse=True,
    )
    print(
        "ten times the length takes (worst):", *(f"{g:.0f}x {p!r} {la}" for g, p, la in worst[:8])
    )
    return 0 if worst[0][0] < 20 else 1


if __name__ == "__main__":
    sys.exit(main())
