"""Ids of steps: the same in every length, guidance and order of sides of a session.

``3.2.left.1`` is the chapter, the step in it, the side and the round. Chapters and steps are
counted from 1 as the script has them, also those that are left out; steps inside others count in
the order in which they are written. Step 0 is the chapter itself. ``-`` stands for no side, and
without rounds it is round 1. Sides in sides and rounds in rounds are joined, the outer ones first:
``2-1`` is the first round of the second. Each stay of intervals is a round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step

NO_SIDE = "-"


@dataclass(frozen=True, slots=True)
class StepPlace:
    """Where in the script a step is, and on which side and in which round it comes."""

    chapter: int
    """From 1."""
    step: int = 0
    """From 1, in its chapter; 0 is the chapter itself."""
    sides: tuple[str, ...] = ()
    """``left`` or ``right`` of each of the sides around it."""
    rounds: tuple[int, ...] = ()
    """Number, from 1, of each of the rounds around it."""

    @property
    def id(self) -> str:
        """The step's id, such as ``3.2.left.1``."""
        side = "-".join(self.sides) or NO_SIDE
        number = "-".join(map(str, self.rounds)) or "1"
        return f"{self.chapter}.{self.step}.{side}.{number}"

    def at(self, step: int) -> StepPlace:
        """The place of the step with the number *step* of the same chapter."""
        return StepPlace(self.chapter, step, self.sides, self.rounds)

    def on(self, side: str) -> Self:
        """The place on *side*."""
        return replace(self, sides=(*self.sides, side))

    def in_round(self, number: int) -> Self:
        """The place in the round *number*, from 1."""
        return replace(self, rounds=(*self.rounds, number))


def steps_within(step: Step) -> int:
    """How many numbers *step* takes: its own, and those of the steps inside it."""
    return 1 + sum(map(steps_within, step.inner_steps))
