"""The plan: everything that will sound, in order, with all choices made.

Flat: sides, rounds and blocks are expanded, elastic lengths chosen. Only the
lengths of media (takes, bells) are still open; :func:`~psoas_audio.timeline.lay_out`
takes them as a mapping from media id to samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from psoas_audio.errors import Mark
from psoas_audio.script.model import Fill, PhaseKind, Treatment

GapKind = Literal["lead-in", "pause", "hold", "rest", "move", "breathe", "bell", "lead-out"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One spoken unit at one place of the session."""

    id: str
    """Unique in the plan: ``u0012``."""
    take: str
    """Media id: the same for all utterances that sound the same."""
    text: str
    """The written words, values filled in, pauses and emphasis marks taken out."""
    engine: str
    voice: str | None
    """The engine's name for the voice; ``None`` for its default in ``language``."""
    rate: int
    """Effective words per minute."""
    pitch: int
    """0 to 100; 50 is the voice's own."""
    language: str
    """BCP 47."""
    audible: bool
    """False where the guidance chosen drops the line: it keeps its time."""
    slot: str
    """Utterances with the same slot (the two sides) get the time of the longest."""
    mark: Mark
    """Its line in the script."""
    treatment: Treatment = "plain"
    level: float = 0.0
    """dB relative to the session's voice."""


@dataclass(frozen=True, slots=True)
class ChapterStart:
    """A chapter begins."""

    title: str
    side: str
    """``left``, ``right`` or empty."""
    position: str
    """The position the listener is in when it begins."""
    mark: Mark
    figure: str = ""
    """The picture that the script names; empty for its position's own."""


@dataclass(frozen=True, slots=True)
class Speak:
    """An utterance in the line of time."""

    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which nothing is asked anew: a pause, a rest, time to move."""

    kind: GapKind
    length: int
    """Samples."""
    label: str = ""
    fill: Fill = "bed"


@dataclass(frozen=True, slots=True)
class Inside:
    """Something that sounds inside a hold."""

    at: int
    """Samples after the hold's start."""
    utterance: Utterance | None
    bell: str | None
    """A sound's name."""
    mark: Mark


@dataclass(frozen=True, slots=True)
class Hold:
    """A timed stay, with what sounds inside it."""

    length: int
    """Samples."""
    label: str
    breaths: int
    """How many breaths it counts; 0 where it is timed."""
    inside: tuple[Inside, ...]
    fill: Fill
    phases: tuple[BreathPhase, ...]
    """The breath tones that fill it; empty for other fills."""
    mark: Mark
    kind: Literal["hold", "rest"] = "hold"


@dataclass(frozen=True, slots=True)
class BreathPhase:
    """One breath phase of one cycle."""

    kind: PhaseKind
    length: int
    """Samples."""
    timbre: str
    cycle: int
    """Which cycle of its step, from 0."""


@dataclass(frozen=True, slots=True)
class PhaseCue:
    """A word that sits on a breath phase."""

    phase: int
    """Index of the phase."""
    at: int
    """Samples after the phase's start."""
    utterance: Utterance
    short: Utterance | None
    """What is said instead where ``utterance`` doesn't fit the phase; ``None`` drops it."""


@dataclass(frozen=True, slots=True)
class Breathing:
    """Paced breathing: whole cycles of phases."""

    phases: tuple[BreathPhase, ...]
    cues: tuple[PhaseCue, ...]
    label: str
    mark: Mark

    @property
    def length(self) -> int:
        """Samples."""
        return sum(phase.length for phase in self.phases)


@dataclass(frozen=True, slots=True)
class Ring:
    """A bell, given ``length`` before the next thing; its tail may ring on."""

    sound: str
    length: int
    """Samples until the next item."""
    mark: Mark


Item = ChapterStart | Speak | Silence | Hold | Breathing | Ring


@dataclass(frozen=True, slots=True)
class BedChoice:
    """The background sound of the session."""

    sound: str
    level: float
    """dB relative to the voice."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A session in order, all choices made."""

    name: str
    title: str
    language: str
    channels: Literal[1, 2]
    bed: BedChoice | None
    items: tuple[Item, ...]

    def utterances(self) -> tuple[Utterance, ...]:
        """Every utterance whose length is needed, in order (inaudible and short forms too)."""
        found: list[Utterance] = []
        for item in self.items:
            match item:
                case Speak(utterance):
                    found.append(utterance)
                case Hold(inside=inside):
                    found.extend(i.utterance for i in inside if i.utterance is not None)
                case Breathing(cues=cues):
                    for cue in cues:
                        found.append(cue.utterance)
                        if cue.short is not None:
                            found.append(cue.short)
                case _:
                    pass
        return tuple(found)

    def sounds(self) -> frozenset[str]:
        """Names of the bells it needs (the bed not among them)."""
        rings = {item.sound for item in self.items if isinstance(item, Ring)}
        inside = {
            i.bell for item in self.items if isinstance(item, Hold) for i in item.inside if i.bell
        }
        return frozenset(rings | inside)
