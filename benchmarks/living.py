"""How long the rows of a living session take to make, and how many distinct frames they have.

    python benchmarks/living.py [SESSION …] [--minutes 8-25] [--bed none]

The rows are every whole minute that the script allows (or those of ``--minutes``), in three guidances,
and in both orders of sides if the script has sides. *Nothing kept* starts with an empty cache, *cold
blocks* has the takes in it but no encoded block, *all kept* has everything; *one guidance* has a third
of the rows. The engine is the one that is set up. The table is in docs/performance.md.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from arguments import parser_of
from render import forget_blocks

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.encode.mp3_formats import MP3_FORMATS
from psoas_audio.library import find_script
from psoas_audio.living.rows import living_rows
from psoas_audio.planning import Choices
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.load import load_script
from psoas_audio.script.model import Guidance, Script
from psoas_audio.units import SAMPLE_RATE

SESSIONS = ("supine-ball-release", "diaphragmatic-breathing", "evening-wind-down")
GUIDANCES: tuple[Guidance, ...] = ("full", "reminder", "bells")
MINUTE = 60 * SAMPLE_RATE


def choices(
    script: Script, minutes: Sequence[int], guidances: Sequence[Guidance], bed: str
) -> list[Choices]:
    steps = (step for chapter in script.chapters for step in all_steps(chapter.steps))
    sided = any(chapter.sides for chapter in script.chapters) or any(s.side_order for s in steps)
    sides = ("left", "right") if sided else (None,)
    return [
        Choices(length=number * MINUTE, guidance=guidance, start_side=side, bed=bed)
        for number, guidance, side in product(minutes, guidances, sides)
    ]


def measured(script: Script, rows: Sequence[Choices], cache: Path) -> str:
    began = time.perf_counter(), time.process_time()
    blocks = {
        block for row in living_rows(script, rows, Settings(cache=cache)) for block in row.frames
    }
    wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    size = MP3_FORMATS[script.channels].size
    frames = {block[at : at + size] for block in blocks for at in range(0, len(block), size)}
    megabytes = len(frames) * size / 1e6
    return f"{len(rows)} | {wall:.1f} s | {cpu:.1f} s | {len(frames):,} | {megabytes:.2f} MB"


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("sessions", nargs="*", default=SESSIONS)
    parser.add_argument("--minutes", help="such as 8-25")
    parser.add_argument("--bed", default="none")
    chosen = parser.parse_args()
    print(
        "| session | state | rows | wall | CPU | distinct frames | size |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen.sessions:
            script, cache = load_script(find_script(name)), Path(folder, name)
            fitted = Draft(script, Choices(), Settings(cache=cache)).plan().fitted
            first, last = -(-fitted.shortest // MINUTE), fitted.longest // MINUTE
            if chosen.minutes:
                first, last = map(int, chosen.minutes.split("-"))
            minutes = range(first, last + 1)
            for state, guidances in (
                ("nothing kept", GUIDANCES),
                ("cold blocks", GUIDANCES),
                ("cold blocks, one guidance", GUIDANCES[:1]),
                ("all kept", GUIDANCES),
            ):
                if state.startswith("cold"):
                    forget_blocks(cache)
                found = measured(script, choices(script, minutes, guidances, chosen.bed), cache)
                print(f"| {name} | {state} | {found} |", flush=True)
    print(f"\n{os.cpu_count()} cores.")


if __name__ == "__main__":
    main()
