"""The progress that a render reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

RenderPhase = Literal["plan", "speak", "mix", "encode", "check", "stems", "publish", "listen"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a render is in its current phase."""

    phase: RenderPhase
    done: int
    """Utterances spoken or listened to, or samples encoded, checked or written."""
    total: int
    """What ``done`` will be at the end of the phase."""
    note: str = ""
    """The line that is being spoken; empty where none is."""


OnProgress = Callable[[Progress], None]
"""Called from the thread that renders."""


def ignore_progress(progress: Progress) -> None:
    """An :data:`OnProgress` that does nothing."""
    del progress
