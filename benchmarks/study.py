"""The session that is measured: per minute six spoken lines, 24 s of breathing tones, one hold.

Thirty minutes are 180 lines (about 11 minutes of speech) and 12 minutes of tones, as in the
study the budgets were set with. Every line differs from every other.
"""

from __future__ import annotations

_PARTS = ("right knee", "left knee", "jaw", "belly", "right hip", "left hip", "back", "neck",
          "right shoulder", "left shoulder", "brow")  # fmt: skip
_DOINGS = ("soften", "grow heavy", "rest", "sink a little", "let go", "widen", "be still")
_ENDS = ("as you breathe out", "towards the floor", "without any hurry", "by itself", "once more")


def line(number: int) -> str:
    """A spoken line of eight to thirteen words."""
    part = _PARTS[number % len(_PARTS)]
    doing = _DOINGS[number // 3 % len(_DOINGS)]
    end = _ENDS[number // 5 % len(_ENDS)]
    return f"Number {number + 1}, let the {part} {doing} {end}."


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
