"""How long the commands take that should feel instant, compared with ``python -c pass``.

    python benchmarks/startup.py [--runs 10]

Prints the lowest CPU time of the runs, with compiled modules, as in an installed program. The table is
in docs/performance.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from arguments import parser_of

COMMANDS = (
    ["--help"], ["check", "supine-ball-release"], ["plan", "supine-ball-release"], ["list"],
)  # fmt: skip


def least(command: list[str], runs: int, environment: dict[str, str]) -> float:
    """Seconds of CPU."""
    found = []
    for _ in range(runs):
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(process.pid, 0)
        found.append(usage.ru_utime + usage.ru_stime)
    return min(found)


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder
        nothing = least([sys.executable, "-c", "pass"], runs, environment)
        print("| command | CPU | ÷ python -c pass |\n|---|---|---|")
        print(f"| `python -c pass` | {nothing * 1000:.0f} ms | 1.0 |")
        for command in COMMANDS:
            took = least([sys.executable, "-m", "psoas_audio", *command], runs, environment)
            name = f"psoas-audio {' '.join(command)}"
            print(f"| `{name}` | {took * 1000:.0f} ms | {took / nothing:.1f} |")


if __name__ == "__main__":
    main()
