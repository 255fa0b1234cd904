"""Things that several figures show."""

from __future__ import annotations

from psoas_audio.deliver.figures.scene import Slab


def chair(x: float, back: float) -> tuple[Slab, ...]:
    """A chair around *x*, its back toward *back* (-1 or 1)."""
    low, high = x - 21, x + 21
    behind = low if back < 0 else high - 4
    return (
        Slab((behind, -20, 46), (behind + 4, 20, 92)),
        *(Slab((a, b, 0), (a + 4, b + 4, 42)) for b in (16, -20) for a in (low, high - 4)),
        Slab((low, -20, 41), (high, 20, 46)),
    )
