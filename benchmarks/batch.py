"""Many sessions in one batch, against a loop of single renders.

    python benchmarks/batch.py [--sessions 12] [--minutes 5] [--runs 3] [--no-dask] [--write]

Each session is a script of its own with lines of its own, which are really spoken. Every way starts
with an empty cache and an empty folder, except those that resume a batch. Each runs in a process of
its own, and is timed from outside with everything that it starts: the table has the medians of wall
time and CPU time. The ways take turns, so that a busy moment of the machine slows all of them. The
highest memory, of the process and of all its children together, is from a run of its own, since
measuring it takes an eighth of a core. The cores that other programs took meanwhile are shown too:
if they are many, two workers got less than two cores, and one worker lost nothing.
``--no-dask`` leaves out the Dask cluster. ``--write`` adds the table to docs/performance.md.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import study
from arguments import parser_of
from render import TABLE, measured, surroundings

HERE = Path(__file__).resolve()
PROGRAM = [sys.executable, "-m", "psoas_audio"]
BATCH = [*PROGRAM, "batch", "-q", "-o", "out"]


@dataclass(frozen=True, slots=True)
class Time:
    wall: float
    cpu: float
    others: float
    """Cores that other programs took meanwhile (Linux; elsewhere 0)."""


def timed(command: list[str], folder: Path) -> Time:
    before, began = busy(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=surroundings(folder),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    wall, cpu = time.perf_counter() - began, usage.ru_utime + usage.ru_stime
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return Time(wall, cpu, max(0.0, busy() - before - cpu) / wall)


def busy() -> float:
    """Seconds of processor time that this machine has spent since it started; elsewhere than on Linux 0."""
    with contextlib.suppress(OSError):
        user, nice, system, _, _, *interrupts = map(
            int, Path("/proc/stat").read_text().split("\n")[0].split()[1:8]
        )
        return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")
    return 0.0


def written(folder: Path, sessions: int, minutes: int) -> list[str]:
    """Write so many scripts, no two of which share a line; returns their names."""
    lines = 6 * minutes
    names = []
    for session in range(sessions):
        own = {number: study.line(session * lines + number) for number in range(lines)}
        names.append(f"s{session:02}.yaml")
        (folder / names[-1]).write_text(study.script(minutes, edited=own))
    return names


def loop(names: list[str]) -> list[str]:
    """A command that renders one session after the other."""
    commands = "; ".join(f'"$@" {name}' for name in names)
    return ["sh", "-c", f"set -e; {commands}", "sh", *PROGRAM, "render", "-q", "-o", "out"]


@contextlib.contextmanager
def dask(folder: Path) -> Iterator[str]:
    """The address of a scheduler that has two workers with one thread each."""
    started = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(HERE), "--inside"],
        cwd=folder, env=surroundings(folder), stdout=subprocess.PIPE, stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    try:
        yield started.stdout.readline().strip()
    finally:
        started.communicate()


def serve() -> None:
    """Run that cluster, until standard input is closed."""
    from distributed import LocalCluster

    shape = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(processes=True, **shape) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()


def table(options: argparse.Namespace) -> str:
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        names = written(folder, options.sessions, options.minutes)

        def anew() -> None:
            for each in ("cache", "out"):
                shutil.rmtree(folder / each, ignore_errors=True)

        def anew_with_folder() -> None:
            anew()
            (folder / "out").mkdir()

        def whole() -> None:
            subprocess.run([*BATCH, *names], cwd=folder, check=True, env=surroundings(folder))

        def third() -> None:
            anew()
            whole()
            shutil.rmtree(folder / "cache")
            for path in sorted((folder / "out").glob("*.mp3"))[::3]:
                path.unlink()

        two = [*BATCH, *names, "--workers", "2"]
        ways: list[tuple[str, list[str], Callable[[], None]]] = [
            ("a loop of render", loop(names), anew_with_folder),
            ("… one thread each", [*loop(names), "--workers", "1"], anew_with_folder),
            ("batch, 1 worker", [*BATCH, *names, "--workers", "1"], anew),
            ("batch, 2 workers", two, anew),
        ]
        if not options.no_dask:
            address = stack.enter_context(dask(folder))
            ways.append(("batch, 2 Dask workers", [*BATCH, *names, "--scheduler", address], anew))
        ways += [
            ("… nothing missing", two, whole),
            ("… a third missing, its takes too", two, third),
        ]
        measured([*PROGRAM, "render", "-q", "-o", "first.mp3", names[0]], folder)  # compiles
        times: dict[str, list[Time]] = {label: [] for label, *_ in ways}
        for _ in range(options.runs):
            for label, command, before in ways:
                before()
                times[label].append(timed(command, folder))
                print(label, times[label][-1], file=sys.stderr, flush=True)
        memory = {}
        for label, command, before in ways:
            before()
            memory[label] = measured(command, folder)
    base = statistics.median(each.wall for each in times["batch, 1 worker"])
    rows = []
    for label, found in times.items():
        wall, cpu, others = (
            statistics.median(getattr(each, part) for each in found)
            for part in ("wall", "cpu", "others")
        )
        rows.append(
            f"| {label} | {wall:.2f} s | {base / wall:.2f} | {cpu:.2f} s | {others:.2f}"
            f" | {memory[label].memory:.0f} MB | {memory[label].tree:.0f} MB |"
        )
    head = (
        f"## {options.sessions} sessions of {options.minutes} minutes, mono, bed, espeak\n\n"
        f"{os.cpu_count()} cores, Python {platform.python_version()}, medians of {options.runs}"
        " runs in turns. For Dask's workers, CPU is counted as others' cores, and memory isn't counted.\n\n"
        "| way | wall | × as fast as 1 worker | CPU | others' cores | process | with children |\n"
        "|---|---|---|---|---|---|---|"
    )
    return head + "\n" + "\n".join(rows) + "\n"


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--sessions", type=int, default=12)
    parser.add_argument("--minutes", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-dask", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        serve()
        return
    made = table(options)
    print(made)
    if options.write:
        with TABLE.open("a", encoding="utf-8") as file:
            file.write("\n" + made)


if __name__ == "__main__":
    main()
