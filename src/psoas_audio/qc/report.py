"""The result of QC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psoas_audio.units import clock, samples_to_seconds


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a listener would notice, or that would break a player."""

    name: str
    """Its kind, such as ``true-peak``."""
    message: str
    """What is wrong, in one sentence."""
    at_samples: int | None = None
    """Where, in samples from the session's start; ``None`` for the file as a whole."""

    def __str__(self) -> str:
        place = "" if self.at_samples is None else f"at {clock(self.at_samples)}: "
        return f"{place}{self.message} [{self.name}]"


@dataclass(frozen=True, slots=True)
class QcReport:
    """The faults of a file, and its figures."""

    faults: tuple[Fault, ...]
    """Empty for a good file; sorted by place, the whole file's first."""
    figures: dict[str, float]
    """By name; each name ends in its unit. Loudness is what two channels play (mono: + 3.01)."""

    @property
    def ok(self) -> bool:
        """Whether it has no faults."""
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """The object that ``qc --json`` prints."""
        return {
            "ok": self.ok,
            "faults": [
                {
                    "name": fault.name,
                    "message": fault.message,
                    "seconds": None
                    if fault.at_samples is None
                    else samples_to_seconds(fault.at_samples),
                }
                for fault in self.faults
            ],
            "figures": self.figures,
        }
