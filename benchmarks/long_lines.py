"""What one line of 2,000 words costs, compared with the same words in 200 lines.

    python benchmarks/long_lines.py [ENGINE …]

Renders three scripts of the same words in turn, each into a new cache: 200 lines, one line of 200
sentences, and one sentence. It prints the processor time of the command and all its workers (the least
of three runs), its ratio to that of the 200 lines, and the most memory. Exits with 1 if a ratio is
above 1.3. The results are in docs/performance.md.
"""

from __future__ import annotations

import os
import sys
import tempfile
from itertools import islice, product
from pathlib import Path

from arguments import parser_of

WORDS, LINES, ROUNDS = 2_000, 200, 3
LIMIT = 1.3
"""By how much the cost of one line may exceed that of 200."""
_PARTS = (
    ("Let", "Feel", "See"),
    ("the left hip", "the right hip", "the lower back", "the deep belly", "the whole spine"),
    ("grow heavy", "find more room", "rest on the ground", "follow each breath"),
    ("as you breathe out", "without effort", "for a while", "once more"),
)


def sentences() -> list[str]:
    """200 sentences, each another, of ten words in the mean."""
    found = [" ".join(parts) for parts in islice(product(*_PARTS), LINES)]
    missing = WORDS - sum(len(sentence.split()) for sentence in found)
    return [f"{s}{' again' * (n < missing)}" for n, s in enumerate(found)]


def scripts() -> dict[str, str]:
    """The three scripts: their steps alone differ."""
    head = "title: Words\nsafety: none\nlanguage: en-US\nsteps:\n"
    lines = sentences()
    one_say = "  - say: >\n      " + ".\n      ".join(lines) + ".\n"
    return {
        "200 lines": head + "".join(f"  - say: {line}.\n" for line in lines),
        "one line": head + one_say,
        "one sentence": head + one_say.replace(".\n", ",\n"),
    }


def cost(script: Path, engine: str) -> tuple[float, float]:
    """Processor time in seconds, and the most memory of a process in MB, of one cold render."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "psoas_audio", "render", str(script), "-o", f"{folder}/s.mp3", "--quiet"]
        words += ["--engine", engine]
        env = os.environ | {"PSOAS_AUDIO_CACHE": f"{folder}/cache"}
        pid = os.posix_spawn(sys.executable, [sys.executable, *words], env)
        _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{script.stem} with {engine}: status {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> int:
    """Compare, and print a line for each script."""
    parser = parser_of(__doc__)
    parser.add_argument("engines", nargs="*", default=["pyttsx3", "espeak"], metavar="ENGINE")
    engines = parser.parse_args().engines
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder, f"{name}.yaml") for name in scripts()}
        for name, text in scripts().items():
            paths[name].write_text(text, "utf-8")
        for engine in engines:
            runs = [{name: cost(path, engine) for name, path in paths.items()}
                    for _ in range(ROUNDS)]  # fmt: skip
            least = {name: min(run[name][0] for run in runs) for name in paths}
            for name, seconds in least.items():
                ratio = seconds / least["200 lines"]
                memory = max(run[name][1] for run in runs)
                print(f"{engine:8} {name:13} {seconds:6.2f} s {ratio:5.2f} x {memory:5.0f} MB")
                worst = max(worst, ratio)
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
