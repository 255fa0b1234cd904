"""What a render tells while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Phase = Literal["plan", "speak", "mix", "encode", "check", "stems", "publish"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a phase is."""

    phase: Phase
    done: int
    """Utterances spoken, or samples encoded, checked or written."""
    total: int
    """What ``done`` will be at the end."""
    note: str = ""
    """The line being spoken; empty elsewhere."""


Report = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """A :data:`Report` that tells nothing."""
    del progress
