"""A script's steps rebuilt with some of them changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from psoas_audio.script.model import Group, Repeat, Sides, Step


def rebuilt(steps: tuple[Step, ...], change: Callable[[Step], Step]) -> tuple[Step, ...]:
    """*steps* with *change* applied to each, the inner ones before those that hold them."""
    return tuple(
        change(
            replace(step, steps=rebuilt(step.steps, change))
            if isinstance(step, Group | Repeat | Sides)
            else step
        )
        for step in steps
    )
