"""Which side of the body a step is on, as its id says."""

from __future__ import annotations


def group_of(step: str) -> str:
    """What the steps of one side of a chapter have in common; empty for a step without a side."""
    chapter, _, side = step.split(".")[:3]
    return "" if side == "-" else f"{chapter}.{side}"
