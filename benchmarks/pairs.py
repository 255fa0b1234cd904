"""Two versions of the source side by side: how long each takes to render, as ratios.

    python benchmarks/pairs.py BEFORE_SRC [AFTER_SRC] [--session supine-ball-release]
                               [--length 12m] [--bed none] [--runs 5]

BEFORE_SRC and AFTER_SRC (by default that of this checkout) are ``src`` folders, such as that of a
``git worktree`` of an older commit. Each render runs in a process of its own, the two versions in turn,
so that a busy machine slows both. *cold* has nothing in its cache, *warm* has the takes but no
encoded blocks, *again* has everything. It also says whether the sound has the same bytes.
docs/performance.md quotes some ratios.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from arguments import parser_of
from render import forget_blocks

from psoas_audio.encode.mp3_frames import id3v2_size

HERE = Path(__file__).resolve()


def render_once(source: Path, cache: Path, output: Path, options: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one render."""
    own = {"PSOAS_AUDIO_CACHE": str(cache), "PYTHONPATH": str(source)}
    command = [sys.executable, "-m", "psoas_audio", "render", *options, "-o", str(output)]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "-q", "-f"], env={**os.environ, **own}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime


def frames(path: Path) -> str:
    """A digest of everything after the ID3 tag."""
    data = path.read_bytes()
    return hashlib.sha256(data[id3v2_size(data[:10]) :]).hexdigest()


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path, nargs="?", default=HERE.parent.parent / "src")
    parser.add_argument("--session", default="supine-ball-release")
    parser.add_argument("--length", default="12m")
    parser.add_argument("--bed", default="none")
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    options = [chosen.session, "--length", chosen.length, "--bed", chosen.bed]
    sources = {"before": chosen.before, "after": chosen.after}
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    digests = {}
    with tempfile.TemporaryDirectory() as folder:
        takes = Path(folder, "takes")  # of both: an engine may not speak a line the same way twice
        for _ in range(chosen.runs):
            for name, source in sources.items():
                cache, output = Path(folder, name), Path(folder, f"{name}.mp3")
                shutil.rmtree(cache, ignore_errors=True)
                for state in ("cold", "again", "warm"):
                    if state == "again" and not takes.exists():
                        shutil.copytree(cache, takes)
                        forget_blocks(takes)
                    if state == "warm":
                        shutil.rmtree(cache)
                        shutil.copytree(takes, cache)
                    cost = render_once(source, cache, output, options)
                    times.setdefault((state, name), []).append(cost)
                digests[name] = frames(output)
    print("| state | before: wall, CPU | after: wall, CPU | wall ÷ | CPU ÷ |")
    print("|---|---|---|---|---|")
    for state in ("cold", "warm", "again"):
        (wall, cpu), (new_wall, new_cpu) = (
            [statistics.median(column) for column in zip(*times[state, name], strict=True)]
            for name in sources
        )
        print(
            f"| {state} | {wall:.2f} s, {cpu:.2f} s | {new_wall:.2f} s, {new_cpu:.2f} s"
            f" | {new_wall / wall:.2f} | {new_cpu / cpu:.2f} |"
        )
    same = digests["before"] == digests["after"]
    print(f"\nThe sound has {'the same' if same else 'OTHER'} bytes.")


if __name__ == "__main__":
    main()
