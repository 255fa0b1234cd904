"""What a page of text asks for, in order, whatever format it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from psoas_audio.script.directions import Length

TempoPhaseName = Literal["up", "hold", "down", "rest"]
Tempo = tuple[tuple[TempoPhaseName, float], ...]
"""The phases of a repetition in their order, each with its seconds, above 0."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words to speak, as they are written: without the marks of the script language."""

    text: str
    place: int = 0
    """Where it stands: the line, paragraph or cue, counted from 1; 0 where that isn't known."""
    guess: str = ""
    """What had to be guessed of it."""
    emphasis: bool = False
    """Whether the text marks stressed words with ``*stars*``."""
    covers: tuple[str, ...] = ()
    """Safety points that these words make."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A silence or a hold: of a length, or of a number of breaths."""

    action: Literal["pause", "hold", "rest"]
    length: Length | None
    """In seconds; ``None`` where it is counted in breaths."""
    breaths: tuple[int, int] | None = None
    place: int = 0
    guess: str = ""
    label: str = ""
    spoken: bool = False
    """Whether words that are spoken ask for it: a written pause behind them takes its place."""


@dataclass(frozen=True, slots=True)
class PacedBreath:
    """Paced breathing."""

    pattern: tuple[float, float, float, float]
    """In, hold, out, hold, in seconds."""
    breaths: tuple[int, int] | None
    length: Length | None
    """How long in all, in seconds, where the number of breaths isn't given."""
    place: int = 0
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Chime:
    """A bell, a number of times."""

    times: int = 1
    sound: str = "bowl"
    place: int = 0
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something for the reader: never spoken, kept as a comment."""

    text: str
    place: int = 0
    understood: bool = True
    """Whether it is known that it asks for nothing; if not, it is told at the end."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The begin of a chapter."""

    title: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Rounds:
    """Events that come several times."""

    rounds: tuple[int, int]
    events: tuple[Event, ...]
    place: int = 0
    guess: str = ""
    rest: Length | None = None
    """Between two of them, in seconds; none after the last."""


@dataclass(frozen=True, slots=True)
class Repetitions:
    """A movement, a number of times."""

    count: tuple[int, int]
    """At least, at most."""
    tempo: Tempo | None = None
    place: int = 0
    guess: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseSets:
    """Events that come in sets."""

    count: tuple[int, int]
    """At least, at most."""
    rest: Length | None
    """Between two sets, in seconds; none after the last."""
    events: tuple[Event, ...]
    place: int = 0
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is done in the work of intervals."""

    name: str
    place: int = 0
    aside: str = ""
    """What stands in brackets behind its name."""
    work: Length | None = None
    """Its own time, in seconds."""
    both_sides: bool = False


@dataclass(frozen=True, slots=True)
class WorkAndRest:
    """Work and rest in turn: ``4 rounds, 40 s on / 20 s off``."""

    rounds: tuple[int, int]
    work: Length
    """In seconds."""
    rest: Length | None
    """Between two works, in seconds."""
    between: Length | None = None
    """Between two rounds, in seconds, in place of the usual rest."""
    exercises: tuple[Exercise, ...] = ()
    place: int = 0
    guess: str = ""


@dataclass(frozen=True, slots=True)
class BothSides:
    """Events that come for one side, and then for the other."""

    events: tuple[Event, ...]
    order: tuple[str, str] = ("left", "right")
    announced: bool = True
    """Whether the side is to be named, because no words in it do."""
    place: int = 0
    guess: str = ""


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """A step that the text has in the script's own language: ``hold: 45s, label: sink``."""

    step: str
    """YAML, without the braces around it."""
    place: int = 0


Nest = Rounds | ExerciseSets | BothSides
"""An event that holds others."""
Event = (
    ScriptStep
    | Words
    | Stay
    | PacedBreath
    | Chime
    | Note
    | Heading
    | Repetitions
    | WorkAndRest
    | Nest
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a reader found in a file."""

    events: tuple[Event, ...]
    title: str = ""
    language: str = ""
    """A language tag, where the file says it."""
    settings: dict[str, str] = field(default_factory=dict)
    """Keys of the script's top, such as ``kind``, where the file says them."""
