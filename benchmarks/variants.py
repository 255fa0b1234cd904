"""Every variant of a session, by length, guidance and language: rendered and decoded, or refused.

    python benchmarks/variants.py [SESSION] > variants.md

Each file is rendered (QC is part of that) and decoded from end to end, and its samples are counted; its
markers and gaps are compared with those of the same length at full guidance. Prints a table, which no
page of the docs has. Exits with 1 if anything is wrong.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import soundfile
from arguments import parser_of

import psoas_audio
from psoas_audio.errors import LengthError, PsoasError
from psoas_audio.locale.languages import language_tags
from psoas_audio.script.load import load_script
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE

LENGTHS = (8, 10, 15, 20, 30)
"""Minutes."""
GUIDANCE = ("full", "reminder", "bells")


def decoded(path: Path) -> int:
    """Samples of the decoded file, counted."""
    with soundfile.SoundFile(path) as file:
        return sum(len(block) for block in file.blocks(1 << 20, dtype="float32"))


def main() -> int:
    parser = parser_of(__doc__)
    parser.add_argument("session", nargs="?", default="supine-ball-release")
    session = parser.parse_args().session
    faults = 0
    load_script(session)
    print("| length | language | guidance | planned | decoded | result |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for minutes in LENGTHS:
            for language in language_tags():
                full: Timeline | None = None
                for guidance in GUIDANCE:
                    planned = heard = 0
                    try:
                        made = psoas_audio.render(
                            session,
                            folder,
                            length=f"{minutes}m",
                            guidance=guidance,
                            language=language,
                            overwrite=True,
                        )
                        planned, heard = made.timeline.length, decoded(made.output)
                        made.output.unlink()
                        result = "QC passed"
                        full = full or made.timeline
                        if planned != minutes * 60 * SAMPLE_RATE or heard != planned:
                            result = "WRONG LENGTH"
                        elif _times(made.timeline) != _times(full):
                            result = "TIMES DIFFER FROM FULL GUIDANCE"
                        faults += result != "QC passed"
                    except LengthError as error:
                        result = f"refused: {error.hint.partition(': ')[0]}"
                    except PsoasError as error:
                        result = f"FAILED: {error.what}"
                        faults += 1
                    row = (
                        f"{minutes} min",
                        language,
                        guidance,
                        f"{planned:,}",
                        f"{heard:,}",
                        result,
                    )
                    print("| " + " | ".join(row) + " |", flush=True)
    return 1 if faults else 0


def _times(timeline: Timeline) -> object:
    return timeline.length, timeline.markers, timeline.track("voice").gaps


if __name__ == "__main__":
    sys.exit(main())
