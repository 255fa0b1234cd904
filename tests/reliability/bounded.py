"""Reads hostile files in a process of its own and tells what it cost: ``python bounded.py FOLDER``.

For each file a JSON line: its name, the seconds of processor time, and what came of it; at the
end the peak of memory in MB. Scripts are checked and planned, sounds read, takes brought in.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from psoas_audio.api import plan
from psoas_audio.drafting.check import script_problems
from psoas_audio.errors import PsoasError
from psoas_audio.programme.load import load_programme
from psoas_audio.provenance.compare import compare
from psoas_audio.provenance.read_provenance import read_provenance
from psoas_audio.recording.sheet import import_recordings, sheet_lines
from psoas_audio.sound.read_sound import read_sound
from psoas_audio.speech.engines._files import read_speech as read_take


def main(folder: Path) -> None:
    """Every file of *folder* by its suffix."""
    lines = sheet_lines(plan(folder / "good.script").fitted.plan)

    def script(path: Path) -> None:
        problems = [p for p in script_problems(str(path)) if p.severity == "error"]
        plan(path)
        assert not problems, "planned in spite of errors"

    readers: dict[str, Callable[[Path], object]] = {
        ".script": script,
        ".programme": lambda path: load_programme(str(path)),
        ".sound": lambda path: read_sound(path, channels=2),
        ".recording": lambda path: import_recordings(lines, path, folder / "out", overwrite=True),
        ".take": read_take,
        ".json": lambda path: (read_provenance(path), compare(path, path)),
        ".mp3": read_provenance,
    }
    for path in sorted(folder.iterdir()):
        if path.suffix not in readers:
            continue
        started = time.process_time()
        try:
            readers[path.suffix](path)
            outcome = "read"
        except PsoasError as error:
            outcome = error.report()
        seconds = time.process_time() - started
        print(json.dumps([path.name, seconds, outcome]), flush=True)  # noqa: T201
    print(json.dumps(peak()))  # noqa: T201


def peak() -> int:
    """Most memory that this process had, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # what the process had from which we came doesn't count
        return int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2


if __name__ == "__main__":
    main(Path(sys.argv[1]))
