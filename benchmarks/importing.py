"""How long a page takes to import.

    python benchmarks/importing.py [LINES]

Imports a page of so many lines (300 by default) five times, and prints the CPU seconds of the fastest
run. No page of the docs has its figures.
"""

from __future__ import annotations

import time

from arguments import parser_of

from psoas_audio.importing.convert import import_sources

PARAGRAPH = """Let the breath move into the back of the ribs, and out again without any hurry. (pause)
Rest your hands (or let them lie beside you) and stay for thirty seconds.
[Pause 10 seconds]
Notice the left foot ... and the right foot ... and the floor that carries both of them.

"""


def main() -> None:
    """Print the seconds of the best of five runs."""
    parser = parser_of(__doc__)
    parser.add_argument("lines", type=int, nargs="?", default=300)
    lines = parser.parse_args().lines
    page = "A page\n\n" + PARAGRAPH * (lines // 5)
    best = min(_seconds(page) for _ in range(5))
    print(f"{lines} lines: {best:.3f} s")


def _seconds(page: str) -> float:
    start = time.process_time()
    import_sources([("page.txt", page.encode())], "page")
    return time.process_time() - start


if __name__ == "__main__":
    main()
