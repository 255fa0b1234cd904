"""Breath patterns: those with a name, and a script's own from the lengths of their phases."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from psoas_audio.script.model import Pattern, PatternPhase, PhaseKind
from psoas_audio.script.times import InvalidValueError
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

PHASE_ORDER: Final[tuple[PhaseKind, ...]] = ("in", "sip", "full", "out", "empty")
"""Phase kinds in the order of a cycle."""
MAX_PHASE = 60 * SAMPLE_RATE
"""Samples of one phase."""
MIN_CYCLE = 2 * SAMPLE_RATE
"""Samples of a whole breath."""


def make_pattern(name: str, lengths: Mapping[PhaseKind, int]) -> Pattern:
    """A pattern from phase lengths in samples; phases of 0 are left out.

    Raises ``InvalidValueError`` where there is no in-breath or no out-breath, a phase is longer
    than :data:`MAX_PHASE` or the whole cycle shorter than :data:`MIN_CYCLE`.
    """
    phases = tuple(PatternPhase(kind, lengths[kind]) for kind in PHASE_ORDER if lengths.get(kind))
    kinds = {phase.kind for phase in phases}
    if not {"in", "out"} <= kinds:
        missing = "out" if "in" in kinds else "in"
        raise InvalidValueError(
            f"the pattern has no {missing}-breath.", "Give it a length in seconds."
        )
    if any(phase.length > MAX_PHASE for phase in phases):
        raise InvalidValueError("a phase of the pattern is longer than a minute.")
    if (cycle := Pattern(name, phases)).length < MIN_CYCLE:
        raise InvalidValueError(
            "the breath is shorter than two seconds.", "Write seconds, such as [4, 6]."
        )
    return cycle


def pattern_from_list(lengths: list[int]) -> Pattern:
    """A pattern from ``[in, out]``, ``[in, hold, out]`` or ``[in, hold, out, hold]`` in samples."""
    match lengths:
        case [breath_in, out]:
            return make_pattern("own", {"in": breath_in, "out": out})
        case [breath_in, full, out]:
            return make_pattern("own", {"in": breath_in, "full": full, "out": out})
        case [breath_in, full, out, empty]:
            return make_pattern("own", {"in": breath_in, "full": full, "out": out, "empty": empty})
        case _:
            raise InvalidValueError(
                f"a pattern has 2 to 4 numbers, not {len(lengths)}.",
                "Write [in, out], [in, hold, out] or [in, hold, out, hold], in seconds.",
            )


def _named(name: str, **seconds: str) -> Pattern:
    order: Mapping[PhaseKind, int] = {
        kind: seconds_to_samples(Decimal(seconds.get(kind, "0"))) for kind in PHASE_ORDER
    }
    return make_pattern(name, order)


NAMED_PATTERNS: Final[Mapping[str, Pattern]] = {
    found.name: found
    for found in (
        _named("coherent", **{"in": "5.5", "out": "5.5"}),
        _named("belly", **{"in": "4", "out": "6"}),
        _named("box", **{"in": "4", "full": "4", "out": "4", "empty": "4"}),
        _named("4-7-8", **{"in": "4", "full": "7", "out": "8"}),
        _named("cyclic-sigh", **{"in": "2", "sip": "1", "out": "6"}),
    )
}
"""Name to pattern; docs/script-language.md has the table."""
