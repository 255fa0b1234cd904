"""Every variant of a session: length × guidance × language, rendered and decoded, or refused.

    python benchmarks/variants.py [SESSION] > variants.md

Each file is rendered (QC is part of that), decoded from end to end and counted; its markers and
gaps are held against those of the same length at full guidance. Exits 1 when anything is off.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import soundfile

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


def main(session: str) -> int:
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
                            result = "LENGTH IS OFF"
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
    sys.exit(main(*(sys.argv[1:] or ["supine-ball-release"])))
