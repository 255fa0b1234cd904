"""What a page of text asks for, in order, whatever format it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from psoas_audio.script.directions import Length


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


Event = ScriptStep | Words | Stay | PacedBreath | Chime | Note | Heading | Rounds | BothSides


@dataclass(frozen=True, slots=True)
class Outline:
    """What a reader found in a file."""

    events: tuple[Event, ...]
    title: str = ""
    language: str = ""
    """A language tag, where the file says it."""
    settings: dict[str, str] = field(default_factory=dict)
    """Keys of the script's top, such as ``kind``, where the file says them."""
