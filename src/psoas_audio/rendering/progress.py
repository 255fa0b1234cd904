"""What a render tells while it works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from psoas_audio.frozen import frozen

Phase = Literal["plan", "speak", "mix", "encode", "check", "stems", "publish"]


@frozen
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
