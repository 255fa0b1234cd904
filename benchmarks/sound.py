"""Measures the sound of every shipped session and writes docs/sound.md.

    python benchmarks/sound.py [SESSION ...]

Each session is rendered, decoded and examined as `psoas-audio qc` does.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from psoas_audio import library
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.qc import examine
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.units import clock

OUT = Path(__file__).parents[1] / "docs" / "sound.md"

HEAD = """\
# The sound of the shipped sessions

Made by `python benchmarks/sound.py`: each session is rendered with the default voice, fully decoded
and examined. Levels are those of two-channel playback. The voice is set to −16 LUFS (± 0.5); the true peak
of the decoded MP3 stays at or below −1 dBTP; the bed lies at least 20 LU under the voice while it
speaks. Faults are those of `psoas-audio qc`, clicks too; `tests/qc` plants each kind and finds it.

| session | length | decoded | voice LUFS | voice range LU | whole LUFS | whole range LU | true peak dBTP | bed under voice LU | onsets | worst ms | faults |
|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def main(names: list[str]) -> int:
    rows, faults = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names or library.script_names():
            settings = Settings(output=Path(folder), overwrite=True)
            session = Session(Draft(load_script(name), Choices(), settings))
            made = session.render()
            report = examine(
                made.output, made.timeline, target=session.draft.target_lufs, deep=True
            )
            made.output.unlink()
            row = _row(name, made.timeline.length, report.figures, len(report.faults))
            rows.append(row)
            faults += len(report.faults)
            print(row, *report.faults, sep="\n  ")
    OUT.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return 1 if faults else 0


def _row(name: str, length: int, figures: dict[str, float], faults: int) -> str:
    def shown(key: str, digits: int = 1) -> str:
        return f"{figures[key]:.{digits}f}" if key in figures else "–"

    exact = "exact" if figures["length_samples"] == length else "WRONG"
    return (
        f"| {name} | {clock(length)} | {exact} | {shown('voice_lufs')} | {shown('voice_range_lu')}"
        f" | {shown('integrated_lufs')} | {shown('loudness_range_lu')}"
        f" | {shown('true_peak_dbtp')} | {shown('bed_below_voice_lu')}"
        f" | {shown('onsets_measured', 0)} | {shown('onset_worst_ms', 0)} | {faults} |"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
