"""The shipped sessions as golden files: what sounds when, if each letter takes 125 ms to say.

Rewritten by ``python tests/golden_timelines.py``; read the change before you commit it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psoas_audio import library
from psoas_audio.planning import Choices, Plan, fit
from psoas_audio.script.load import load_script
from psoas_audio.timeline import Timeline, lay_out
from psoas_audio.timeline.entries import compact_text
from psoas_audio.units import SAMPLE_RATE

FOLDER = Path(__file__).parent / "golden" / "timelines"
LETTER = SAMPLE_RATE // 8


def lengths(plan: Plan) -> Mapping[str, int]:
    """Lengths that no engine, sound file or estimate changes."""
    takes = {u.take: LETTER * sum(map(str.isalnum, u.text)) for u in plan.utterances()}
    return takes | dict.fromkeys(plan.sounds(), 3 * SAMPLE_RATE)


def timeline_of(name: str) -> Timeline:
    """The shipped session *name* at its own length."""
    fitted = fit(load_script(name), Choices(), lambda plan: lay_out(plan, lengths(plan)).length)
    return lay_out(fitted.plan, lengths(fitted.plan))


if __name__ == "__main__":
    for session in library.script_names():
        (FOLDER / f"{session}.txt").write_text(compact_text(timeline_of(session)), encoding="utf-8")
