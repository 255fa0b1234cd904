"""Measure the breath tones and the sound of every shipped session, and write them to docs/sound.md.

    python benchmarks/sound.py [--tones] [--sessions] [SESSION …]

Each session is rendered, decoded and examined as ``psoas-audio qc`` does. Without options both tables
are written; the text around them stays. If sessions are named, the table has only these.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import heard
import numpy as np
from arguments import parser_of

from psoas_audio import library
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.mix import bed_levels
from psoas_audio.planning import Choices
from psoas_audio.qc import examine
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.sound.tones import TIMBRES
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE, clock

OUT = Path(__file__).parents[1] / "docs" / "sound.md"

_FAINTEST_BED_DB = -26.0
"""dB, relative to the bed's level under words: below this, 50 dB under the voice, nobody hears it."""

TONES_HEAD = """\
| timbre | breath | in 500–2,000 Hz | likeness of cycles | bed | mark s | gap s | mark s, phone | gap s, phone |
|---|---|---|---|---|---|---|---|---|
"""
SESSIONS_HEAD = """\
| session | length | decoded | voice LUFS | voice range LU | whole LUFS | whole range LU | true peak dBTP | bed under voice LU | steepest bed dB/s | onsets | worst ms | faults |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def main() -> int:
    parser = parser_of(__doc__)
    parser.add_argument("--tones", action="store_true")
    parser.add_argument("--sessions", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    both = options.tones == options.sessions
    faults = 0
    if options.tones or both:
        _write("tones", TONES_HEAD + "\n".join(tone_rows()) + "\n")
    if options.sessions or both:
        rows, faults = session_rows(options.names or library.script_names())
        _write("sessions", SESSIONS_HEAD + "\n".join(rows) + "\n")
    return 1 if faults else 0


def _write(name: str, table: str) -> None:
    """Put *table* between its marks in the page."""
    page = OUT.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    OUT.write_text(marked.sub(lambda m: m[1] + table + m[2], page), encoding="utf-8")


def tone_rows() -> Iterator[str]:
    """A row for each timbre, breath and bed."""
    ways = (heard.full_range, heard.phone)
    beds = {name: heard.bed_samples(name) for name in heard.BEDS}
    levels = {name: [heard.rms_db(way(bed)) for way in ways] for name, bed in beds.items()}
    for timbre in TIMBRES:
        for pattern in heard.PATTERNS:
            breaths = heard.cycles(pattern, timbre)
            whole = np.concatenate(breaths)
            sounds = [way(whole) for way in ways]
            about = f"{heard.share_in_band(whole):.0%} | {heard.likeness(breaths):.2f}"
            for bed, (full, phone) in levels.items():
                first = heard.clearance(sounds[0], full, pattern)
                second = heard.clearance(sounds[1], phone, pattern)
                cells = [first.latest_mark, first.longest_gap]
                cells += [second.latest_mark, second.longest_gap]
                shown = " | ".join(f"{cell:.2f}" for cell in cells)
                yield f"| {timbre} | {pattern} | {about} | {bed} | {shown} |"


def session_rows(names: list[str]) -> tuple[list[str], int]:
    """A row for each session, and the number of faults."""
    rows, faults = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            settings = Settings(output=Path(folder), overwrite=True)
            session = Session(Draft(load_script(name), Choices(), settings))
            made = session.render()
            report = examine(
                made.output, made.timeline, target=session.draft.target_lufs, deep=True
            )
            made.output.unlink()
            row = _row(name, made.timeline, report.figures, len(report.faults))
            rows.append(row)
            faults += len(report.faults)
            print(row, *report.faults, sep="\n  ", flush=True)
    return rows, faults


def _row(name: str, timeline: Timeline, figures: dict[str, float], faults: int) -> str:
    def shown(key: str, digits: int = 1) -> str:
        return f"{figures[key]:.{digits}f}" if key in figures else "–"

    exact = "exact" if figures["length_samples"] == timeline.length else "WRONG"
    steepest = steepest_bed(timeline)
    return (
        f"| {name} | {clock(timeline.length)} | {exact} | {shown('voice_lufs')}"
        f" | {shown('voice_range_lu')} | {shown('integrated_lufs')} | {shown('loudness_range_lu')}"
        f" | {shown('true_peak_dbtp')} | {shown('bed_below_voice_lu')}"
        f" | {f'{steepest:.1f}' if steepest else '–'}"
        f" | {shown('onsets_measured', 0)} | {shown('onset_worst_ms', 0)} | {faults} |"
    )


def steepest_bed(timeline: Timeline) -> float:
    """The steepest change of the bed's level, in dB/s, between two moments 10 ms apart."""
    hop, found = SAMPLE_RATE // 100, 0.0
    levels = dict(bed_levels(timeline))
    for clip in timeline.track("bed").clips:
        gains = [
            np.broadcast_to(levels[clip.id].gain(at, stop), stop - at)[::hop]
            for at in range(clip.start, clip.end, SAMPLE_RATE)
            for stop in [min(at + SAMPLE_RATE, clip.end)]
        ]
        decibels = 20 * np.log10(np.maximum(np.concatenate(gains), 1e-9))
        audible = decibels > _FAINTEST_BED_DB
        steps = np.abs(np.diff(decibels))[audible[1:] & audible[:-1]]
        found = max(found, float(steps.max(initial=0.0)) * 100)
    return found


if __name__ == "__main__":
    sys.exit(main())
