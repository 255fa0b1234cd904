"""Renders side by side in one run: psoas-audio, bare LAME on the same PCM, the usual pydub way.

    python benchmarks/render.py [--minutes 30] [--runs 3] [--stereo] [--no-bed]
                                [--engine espeak] [--only-ours] [--few] [--write]

Each way runs in a process of its own, start-up included, and is timed from outside: the table has the
medians of wall time and CPU time, and the highest memory of the process alone and with all its
children. T is the time of ``lame -q 3``, the quality that psoas-audio encodes at. ``--only-ours``
leaves out pydub and ffmpeg, which take minutes; ``--few``, for hours of sound, leaves out all but five
ways. ``--write`` adds the table to docs/performance.md.
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
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, pairwise
from pathlib import Path

import study
from arguments import parser_of

HERE = Path(__file__).resolve()
TABLE = HERE.parent.parent / "docs" / "performance.md"
LONGER = "Let the whole of {} long left leg grow very heavy as you slowly breathe out."
WORDS = ("that", "this", "my", "your", "one", "each", "every")


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float
    cpu: float
    memory: float
    """MB of the process."""
    tree: float
    """MB of it and its children, shared pages counted once."""


def surroundings(folder: Path) -> dict[str, str]:
    """A cache of its own, and compiled modules, as an installed program has."""
    own = {"PSOAS_AUDIO_CACHE": str(folder / "cache"), "PYTHONPYCACHEPREFIX": str(folder / "pyc")}
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | own


def measured(command: list[str], folder: Path) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=surroundings(folder),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    watch = Watch(process.pid)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    watch.over.set()
    watch.join()
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    own = usage.ru_maxrss / 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, own, max(own, watch.highest))


def forget_blocks(cache: Path) -> None:
    """Remove the encoded blocks from *cache*; takes, beds and pictures stay."""
    for path in cache.glob("??/*.entry"):
        with path.open("rb") as file:
            if file.read(58)[56:58] == b"\xff\xfb":  # header, peak, an MP3 frame
                path.unlink()


class Watch(threading.Thread):
    """Measures every 50 ms how much memory a process and its children take (Linux; elsewhere 0)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.highest = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            family = children(self.pid)
            if family:  # of a process alone, the system knows the highest
                parts = [proportional(pid) for pid in (self.pid, *family)]
                self.highest = max(self.highest, sum(parts))


def children(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, path.read_text().split()):
                found += [child, *children(child)]
    return found


def proportional(pid: int) -> float:
    """MB of the process; a page that others share counts by its share."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def session_of(path: Path):  # type: ignore[no-untyped-def]
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.planning import Choices
    from psoas_audio.rendering.session import Session
    from psoas_audio.script.load import load_script

    session = Session(Draft(load_script(path), Choices(), Settings()))
    return session, session.mixer(session.speak())


def pcm(path: Path, to: Path) -> None:
    """The finished sound, 16 bit, for the bare encoder."""
    import soundfile

    from psoas_audio.master.limiter import Limiter

    _, mixer = session_of(path)
    timeline = mixer.timeline
    read = Limiter(mixer.read, timeline.length).read
    with soundfile.SoundFile(to, "w", 48_000, timeline.channels, "PCM_16") as file:
        for start in range(0, timeline.length, 480_000):
            file.write(read(start, min(timeline.length, start + 480_000)))


def pydub_way(path: Path, to: Path, *, overlay: bool) -> None:
    """What the tutorials show: pieces appended, or laid over silence; takes come from the cache."""
    import numpy as np
    from pydub import AudioSegment

    _, mixer = session_of(path)
    timeline = mixer.timeline

    def segment(track: str, start: int, stop: int) -> AudioSegment:
        samples = mixer.read(start, stop, (track,))  # type: ignore[arg-type]
        data = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        return AudioSegment(data, sample_width=2, frame_rate=48_000, channels=timeline.channels)

    def silence(samples: int) -> AudioSegment:
        return AudioSegment.silent(samples / 48, frame_rate=48_000).set_channels(timeline.channels)

    pieces = sorted(
        (clip.start, clip.end, track.name)
        for track in timeline.tracks
        if track.name != "bed"
        for clip in track.clips
    )
    if overlay:
        whole = silence(timeline.length)
        if timeline.track("bed").clips:
            bed = segment("bed", 480_000, 480_000 + 60 * 48_000)
            whole = whole.overlay(bed, loop=True)
        for start, stop, name in pieces:
            whole = whole.overlay(segment(name, start, stop), position=start // 48)
    else:
        whole, now = silence(1), 0
        for start, stop, name in pieces:
            whole += silence(max(0, start - now))
            whole += segment(name, max(start, now), stop)
            now = max(now, stop)
    whole.export(to, format="mp3", bitrate="128k" if timeline.channels == 2 else "96k")


def pieces(path: Path, to: Path) -> None:
    """The session without its bed as WAV files in a row, and their list for ffmpeg."""
    import soundfile

    _, mixer = session_of(path)
    timeline = mixer.timeline
    edges = sorted({0, timeline.length, *(clip.start for clip in timeline.track("voice").clips)})
    to.mkdir()
    names = []
    for start, stop in pairwise(edges):
        names.append(f"file '{len(names):04}.wav'")
        samples = mixer.read(start, stop, ("voice", "breath", "bells"))
        soundfile.write(to / f"{len(names) - 1:04}.wav", samples, 48_000, "PCM_16")
    (to / "list.txt").write_text("\n".join(names) + "\n")


def edited_again(path: Path, to: Path) -> None:
    """Prints the seconds (wall, CPU) of the last of the renders of the texts in *path*, which are
    divided by lines of ``---``: all in this process and with the same workers, as in ``watch``."""
    from psoas_audio.drafting.draft import Draft
    from psoas_audio.drafting.render_settings import Settings
    from psoas_audio.planning import Choices
    from psoas_audio.rendering.session import Session
    from psoas_audio.script.load import load_script
    from psoas_audio.speech.pool import Pool

    script, pool = path.with_name("study.yaml"), Pool()
    began, cpu = 0.0, 0.0
    for text in path.read_text().split("\n---\n"):
        script.write_text(text)
        began, cpu = time.perf_counter(), time.process_time()
        Session(Draft(load_script(script), Choices(), Settings(to, overwrite=True), pool)).render()
    print(time.perf_counter() - began, time.process_time() - cpu)
    pool.close()


def table(options: argparse.Namespace) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shape = {
            "bed": not options.no_bed, "stereo": options.stereo, "engine": options.engine,
        }  # fmt: skip
        text = study.script(options.minutes, **shape)
        # A fifth, two fifths … of the way: near the next fresh start of the bed, and far from it.
        places = [options.minutes * 6 * part // 5 + part for part in (1, 2, 3, 4)]
        edits = [(places[turn % 4], WORDS[turn % 7]) for turn in range(28)]
        in_place = [(at, study.line(at).replace("Let the", f"Let {word}")) for at, word in edits]
        other = [(at, LONGER.format(word)) for at, word in edits]
        script = folder / "study.yaml"
        script.write_text(text)
        ours = [sys.executable, "-m", "psoas_audio", "render", "-q", "-f", "study.yaml", "-o"]
        own = [sys.executable, str(HERE), "--inside"]

        def forget(folder_name: str = "cache") -> None:
            shutil.rmtree(folder / folder_name, ignore_errors=True)

        def without_blocks() -> None:
            forget_blocks(folder / "cache")

        def turn(edits: list[tuple[int, str]]) -> Callable[[], None]:
            each = cycle(edits)  # another edit each time: what was rendered once is cached

            def edit() -> None:
                script.write_text(text)
                subprocess.run([*ours, "a.mp3"], cwd=folder, check=True, env=surroundings(folder))
                script.write_text(study.script(options.minutes, edited=dict([next(each)]), **shape))

            return edit

        def whole() -> None:
            script.write_text(text)

        def whole_anew() -> None:
            whole()
            (folder / "c.mp3").unlink(missing_ok=True)

        def variant() -> None:
            script.write_text(study.script(options.minutes, hold="5s", **shape))

        reword = turn(in_place)
        measured([*ours, "a.mp3"], folder)
        measured([*own, "pcm", "study.yaml", "a.wav"], folder)
        bits = "128" if options.stereo else "96"
        ways: list[tuple[str, list[str], Callable[[], None], int]] = []
        if shutil.which("lame"):
            for quality in ("3",) if options.few else ("3", "5"):
                bare = ["lame", "--quiet", "-q", quality, "--cbr", "-b", bits, "a.wav", "b.mp3"]
                ways.append((f"lame -q {quality}, its PCM given", bare, whole, options.runs))
        ways += [
            ("ours, cold", [*ours, "a.mp3"], forget, options.runs),
            ("ours, takes cached", [*ours, "a.mp3"], without_blocks, options.runs),
            ("… one thread", [*ours, "a.mp3", "--workers", "1"], without_blocks, options.runs),
            ("ours, nothing changed", [*ours, "a.mp3"], whole, options.runs),
            ("ours, a line reworded", [*ours, "a.mp3"], reword, options.runs),
            ("ours, a line longer", [*ours, "a.mp3"], turn(other), options.runs),
            ("ours, holds longer", [*ours, "a.mp3"], variant, 1),
            ("ours, fewer words", [*ours, "c.mp3", "--guidance", "reminder"], whole_anew, 1),
        ]
        if options.few:
            kept = ("cold", "takes cached", "nothing changed", "a line longer", "lame")
            ways = [way for way in ways if any(word in way[0] for word in kept)]
        elif not options.only_ours:
            ways += [
                ("pydub +=, takes cached", [*own, "append", "study.yaml", "c.mp3"], whole, 1),
                ("pydub overlay, takes cached", [*own, "overlay", "study.yaml", "c.mp3"], whole, 1),
            ]
            if shutil.which("ffmpeg"):
                measured([*own, "pieces", "study.yaml", "pieces"], folder)
                joined = ["ffmpeg", "-v", "error", "-y", "-f", "concat", "-i", "pieces/list.txt",
                          "-c:a", "libmp3lame", "-b:a", f"{bits}k", "-compression_level", "3",
                          "c.mp3"]  # fmt: skip
                ways.append(("ffmpeg concat, its WAVs given, no bed", joined, whole, 1))
        rows, base = [], None
        for label, command, before, runs in ways:
            costs = []
            for _ in range(runs):
                before()
                costs.append(measured(command, folder))
            wall, cpu, memory, tree = (
                statistics.median(getattr(cost, part) for cost in costs)
                for part in ("wall", "cpu", "memory", "tree")
            )
            base = base or Cost(wall, cpu, memory, tree)
            rows.append(
                f"| {label} | {wall:.2f} s | {wall / base.wall:.2f} | {cpu:.2f} s"
                f" | {cpu / base.cpu:.2f} | {memory:.0f} MB | {tree:.0f} MB |"
            )
            print(rows[-1], flush=True)
            if label == "ours, a line reworded":
                walls, cpus = [], []
                for _ in range(runs):
                    reword()
                    (folder / "texts").write_text(f"{text}\n---\n{script.read_text()}")
                    spent = subprocess.run(
                        [*own, "again", "texts", "a.mp3"], cwd=folder, check=True,
                        env=surroundings(folder), capture_output=True, text=True,
                    ).stdout.split()  # fmt: skip
                    walls.append(float(spent[0]))
                    cpus.append(float(spent[1]))
                wall, cpu = statistics.median(walls), statistics.median(cpus)
                rows.append(
                    f"| … in a process that has rendered before | {wall:.2f} s"
                    f" | {wall / base.wall:.2f} | {cpu:.2f} s | {cpu / base.cpu:.2f} | | |"
                )
                print(rows[-1], flush=True)
    kind = f"{'stereo' if options.stereo else 'mono'}, {'no bed' if options.no_bed else 'bed'}"
    kind += f", {options.engine}"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {options.runs} runs"
    head = "| way | wall | ÷ T | CPU | ÷ T's | process | with children |\n|---|---|---|---|---|---|---|"
    return (
        f"## {options.minutes} minutes, {kind}\n\n{machine}.\n\n{head}\n" + "\n".join(rows) + "\n"
    )


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--stereo", action="store_true")
    parser.add_argument("--no-bed", action="store_true")
    parser.add_argument("--engine", default="espeak")
    parser.add_argument("--only-ours", action="store_true")
    parser.add_argument("--few", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--inside", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        way, source, to = options.inside
        if way == "pcm":
            pcm(Path(source), Path(to))
        elif way == "pieces":
            pieces(Path(source), Path(to))
        elif way == "again":
            edited_again(Path(source), Path(to))
        else:
            pydub_way(Path(source), Path(to), overlay=way == "overlay")
        return
    made = table(options)
    if options.write:
        with TABLE.open("a", encoding="utf-8") as file:
            file.write("\n" + made)


if __name__ == "__main__":
    main()
