"""Every step of a script, with the values and the position that apply there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from psoas_audio.script.model import Chapter, Position, Script
from psoas_audio.script.steps import Step


class Visit(NamedTuple):
    """A step and its surroundings."""

    step: Step
    chapter: Chapter
    values: Mapping[str, str]
    """Values that texts may use here."""
    times: int
    """How often it comes at most: the product of rounds and sides."""
    position: Position
    """The listener's position before the step."""


def visits(script: Script) -> Iterator[Visit]:
    """Every step in order; groups, sides and rounds before what is in them."""
    position = script.position

    def walk(
        steps: tuple[Step, ...], chapter: Chapter, values: Mapping[str, str], times: int
    ) -> Iterator[Visit]:
        nonlocal position
        for step in steps:
            yield Visit(step, chapter, values, times, position)
            position = step.position_after(position)
            inside = step.values_inside(values)
            yield from walk(step.inner_steps, chapter, inside, times * step.repetitions)

    for chapter in script.chapters:
        values = {**script.values, **chapter.own_values}
        yield from walk(chapter.steps, chapter, values, chapter.repetitions)


def all_steps(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Every one of *steps*, each followed by those inside it."""
    for step in steps:
        yield step
        yield from all_steps(step.inner_steps)


def rebuild_steps(steps: tuple[Step, ...], change: Callable[[Step], Step]) -> tuple[Step, ...]:
    """*steps* with *change* applied to each, to inner steps first."""
    return tuple(
        change(step.with_inner_steps(rebuild_steps(step.inner_steps, change)))
        if step.inner_steps
        else change(step)
        for step in steps
    )
