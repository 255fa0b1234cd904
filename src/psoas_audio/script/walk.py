"""Every step of a script with what is in force there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from psoas_audio.script.model import (
    Breathe,
    Chapter,
    Count,
    Group,
    Hold,
    Move,
    Pause,
    Position,
    Repeat,
    Rest,
    Say,
    Script,
    Sides,
    Span,
    Step,
    Text,
)
from psoas_audio.script.texts import fill

SIDE_NAMES = {"side": "{side}", "other_side": "{other_side}"}
"""Values inside ``sides``; they stand for themselves until the plan fills them."""
ROUND_NAMES = {"round": "{round}", "rounds": "{rounds}"}
"""Values inside ``repeat``."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A step and where it stands."""

    step: Step
    chapter: Chapter
    values: Mapping[str, str]
    """Values that texts may use here."""
    times: int = 1
    """How often it comes at most: rounds and sides multiplied."""
    position: Position = "sitting"
    """The listener's position before the step."""

    def texts(self) -> tuple[Text, ...]:
        """What the step says."""
        match self.step:
            case Say(lines=lines):
                return lines
            case Move(say=Text() as said):
                return (said,)
            case Hold(ready=ready, during=during, halfway=halfway):
                inside = (ready, *(cue.say for cue in during), halfway)
                return tuple(text for text in inside if text is not None and text.words)
            case _:
                return ()


def visits(script: Script) -> Iterator[Visit]:
    """Every step in order; groups, sides and rounds before what is in them."""
    position = script.position

    def inside(steps: tuple[Step, ...], around: Visit | None, chapter: Chapter) -> Iterator[Visit]:
        nonlocal position
        for step in steps:
            if around is None:
                values = {**script.values, **(SIDE_NAMES if chapter.sides else {})}
                here = Visit(step, chapter, values, len(chapter.sides) or 1, position)
            else:
                here = replace(around, step=step, position=position)
            yield here
            match step:
                case Move():
                    position = step.position
                case Repeat():
                    values = {**here.values, **ROUND_NAMES}
                    inner = replace(here, values=values, times=here.times * step.rounds.most)
                    yield from inside(step.steps, inner, chapter)
                case Sides():
                    values = {**here.values, **SIDE_NAMES}
                    inner = replace(here, values=values, times=here.times * len(step.order))
                    yield from inside(step.steps, inner, chapter)
                case Group():
                    given = {name: fill(text, here.values) for name, text in step.values.items()}
                    inner = replace(here, values={**here.values, **given})
                    yield from inside(step.steps, inner, chapter)
                case _:
                    pass

    for chapter in script.chapters:
        yield from inside(chapter.steps, None, chapter)


def span_of(step: Step, script: Script) -> Span | None:
    """How long a hold, rest, pause, move or breathing lasts, where that is written down."""
    match step:
        case Hold(length=None, breaths=Count(fewest, most)):
            cycle = (step.pattern or script.breath).length
        case Breathe(length=None, breaths=Count(fewest, most)):
            cycle = step.pattern.length
        case Hold() | Rest() | Pause() | Move() | Breathe():
            return step.length
        case _:
            return None
    return Span(fewest * cycle, most * cycle)
