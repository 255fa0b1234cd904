"""The session that is measured: six spoken lines, 24 s of breathing tones and one hold a minute.

Thirty minutes are 180 lines (about 11 minutes of speech) and 12 minutes of tones, as in the study that
the time budgets were set with. Every line differs from every other, up to 2,880 lines (eight hours).
"""

from __future__ import annotations

_PARTS = ("right knee", "left knee", "jaw", "belly", "right hip", "left hip", "back", "neck",
          "right shoulder", "left shoulder", "brow", "throat", "right foot", "left foot", "chest",
          "right hand", "left hand", "tongue", "right thigh", "left thigh", "spine", "tailbone",
          "right elbow", "left elbow")  # fmt: skip
_DOINGS = ("soften", "grow heavy", "rest", "sink", "let go", "widen", "be still", "grow warm",
           "settle", "loosen", "spread", "melt")  # fmt: skip
_ENDS = ("as you breathe out", "towards the floor", "without any hurry", "by itself", "once more",
         "a little more", "while you wait", "for now", "with the breath", "into the mat")  # fmt: skip


def line(number: int) -> str:
    """A spoken line of six to eleven words."""
    part, doing, end = number % 24, number // 24 + number, number // 288 + number
    return f"Let the {_PARTS[part]} {_DOINGS[doing % 12]} {_ENDS[end % 10]}."


def script(
    minutes: int = 30,
    *,
    bed: bool = True,
    stereo: bool = False,
    engine: str = "espeak",
    edited: dict[int, str] | None = None,
    hold: str = "3s",
) -> str:
    """YAML of the session; *edited* replaces lines by number."""
    out = [
        "title: Study",
        "safety: none",
        f"voice: {{engine: {engine}, rate: 115}}",
        f"output: {'stereo' if stereo else 'mono'}",
    ]
    if bed:
        out.append("bed: {sound: soft-rain, level: -24}")
    out.append("chapters:")
    for minute in range(minutes):
        if minute % 5 == 0:
            out += [f"  - title: Part {minute // 5 + 1}", "    steps:"]
        for number in range(6 * minute, 6 * minute + 6):
            words = (edited or {}).get(number) or line(number)
            out.append(f"      - say: {words}")
            if number % 2:
                out.append("        guidance: reminder")
        out.append("      - breathe: {pattern: [5, 7], breaths: 2}")
        out += [f"      - hold: {hold}", "        fill: silent"]
        if minute % 5 == 4:
            out.append("        end: small-bell")
    return "\n".join(out) + "\n"
