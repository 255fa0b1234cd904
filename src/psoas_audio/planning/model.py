"""The plan: everything that will sound, in order, with all choices made.

It is flat: sides, rounds and blocks are written out, and elastic lengths are chosen. Only the
lengths of media (takes, bells) are open; :func:`~psoas_audio.timeline.lay_out` takes them as a
mapping from media id to samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import ClassVar, Literal, Self

from psoas_audio.errors import Mark
from psoas_audio.locale.ipa import WrittenPronunciation
from psoas_audio.script.model import BedEnd, Fill, ToneKind, TreatmentName

GapKind = Literal["lead-in", "pause", "hold", "rest", "move", "breathe", "bell", "lead-out"]


CUE_CLEARANCE = 9_600
"""Samples (200 ms) kept free between a breath cue's end and the next cue."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One spoken unit at one place of the session."""

    id: str
    """Unique in the plan: ``u0012``."""
    take: str
    """Media id: the same for all utterances that sound the same."""
    text: str
    """The words, with values filled in and without pauses and emphasis marks."""
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
    """False where the chosen guidance leaves the line out; its time stays."""
    slot: str
    """Utterances with the same slot, on the two sides, get the time of the longest."""
    mark: Mark
    """Its line in the script."""
    treatment: TreatmentName = "plain"
    pronounced: tuple[WrittenPronunciation, ...] = ()
    """IPA that the script gives for words of ``text``, in order."""
    level: float = 0.0
    """dB relative to the session's voice."""
    speaker: str = ""
    """The name of who says it; empty where the script has no speakers."""
    safety: str = ""
    """``way-out`` or ``after`` if it belongs to these safety words."""
    hurried: bool = False
    """Whether it is faster than the script asks for, to fit its place."""


class PlanItem:
    """What can be asked of every item of a plan; by default, of one that makes no sound."""

    __slots__ = ()

    starts_on_grid: ClassVar[bool] = True
    """Whether it begins on the grid of MP3 frames, not at the very end of the item before it."""
    begins_chapter: ClassVar[bool] = False
    """Whether a chapter begins with it."""
    figure: str = ""
    """The picture to show meanwhile; empty for that of the chapter."""

    @property
    def stay(self) -> Literal["hold", "rest", ""]:
        """Whether it is a stay in a position, and which kind of one."""
        return ""

    def showing(self, figure: str) -> Self:  # noqa: ARG002
        """The item with the picture *figure*, if it lasts."""
        return self

    @property
    def keeps_time(self) -> bool:
        """Whether it is timed to the sample: such items follow each other without the grid."""
        return False

    @property
    def replaces_pause(self) -> bool:
        """Whether it takes the place of the usual pause before it."""
        return False

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """Every utterance in order, also the inaudible; of a breath cue the first alternative."""
        return ()

    @property
    def sounds(self) -> tuple[tuple[str, Mark], ...]:
        """Names of the bells it needs, each with the place that asks for it."""
        return ()

    def duration(self, slot_lengths: Mapping[str, int]) -> int:  # noqa: ARG002
        """Samples until the next item may begin; *slot_lengths* are the samples of each slot."""
        return 0

    def hold_cues(self) -> Iterator[tuple[HoldCue, int]]:
        """Each cue inside a hold, with the samples from its start to the hold's end."""
        return iter(())

    @property
    def has_phase_cues(self) -> bool:
        """Whether its utterances are those of :meth:`phase_cues`."""
        return False

    def phase_cues(self) -> Iterator[tuple[PhaseCue, int, int]]:
        """Each cue on a breath phase, with its start and the time until the next cue.

        Both in samples; the start is counted from that of the item.
        """
        return iter(())


@dataclass(frozen=True, slots=True)
class PlannedBedLevel:
    """How loud a bed is."""

    level: float
    """dB relative to the voice, while it speaks."""
    rise: float
    """dB by which it comes up where nobody speaks."""


@dataclass(frozen=True, slots=True)
class ChapterStart(PlanItem):
    """A chapter begins."""

    title: str
    side: str
    """``left``, ``right`` or empty."""
    position: str
    """The listener's position when it begins."""
    mark: Mark
    figure: str = ""
    """The picture that the script names; empty for that of the position."""
    bed: PlannedBedLevel | None = None
    """How loud the bed is from here to the next chapter; ``None`` where the session has none."""
    inside: bool = False
    """Whether it only marks a place among items that are timed to the sample."""
    step: str = ""
    """Id of the chapter; see :mod:`psoas_audio.planning.step_ids`."""

    begins_chapter = True

    @property
    def keeps_time(self) -> bool:
        return self.inside


@dataclass(frozen=True, slots=True)
class SpokenLine(PlanItem):
    """An utterance on its own, not inside a hold or a breath phase."""

    utterance: Utterance
    step: str = ""
    """Id of its step; see :mod:`psoas_audio.planning.step_ids`."""
    figure: str = ""
    """The picture to show meanwhile; empty for that of the chapter."""

    def showing(self, figure: str) -> Self:
        return replace(self, figure=figure)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return (self.utterance,)

    def duration(self, slot_lengths: Mapping[str, int]) -> int:
        return slot_lengths[self.utterance.slot]


@dataclass(frozen=True, slots=True)
class Silence(PlanItem):
    """A stretch in which nothing new is asked: a pause, time to move, the lead-in."""

    kind: GapKind
    length: int
    """Samples."""
    label: str = ""
    fill: Fill = "bed"
    step: str = ""
    """Id of its step; empty for the lead-in and the lead-out."""
    figure: str = ""
    """The picture to show meanwhile; empty for that of the chapter."""

    starts_on_grid = False  # silence begins where the voice ends

    def showing(self, figure: str) -> Self:
        return replace(self, figure=figure)

    def duration(self, slot_lengths: Mapping[str, int]) -> int:  # noqa: ARG002
        return self.length

    @property
    def replaces_pause(self) -> bool:
        return self.kind != "lead-out"


@dataclass(frozen=True, slots=True)
class HoldCue:
    """Something that sounds inside a hold."""

    at: int
    """Samples after the hold's start."""
    utterance: Utterance | None
    bell: str | None
    """A sound's name."""
    mark: Mark


@dataclass(frozen=True, slots=True)
class PlannedHold(PlanItem):
    """A timed stay, with what sounds inside it."""

    length: int
    """Samples."""
    label: str
    breaths: int
    """How many breaths it counts; 0 where it is timed."""
    cues: tuple[HoldCue, ...]
    fill: Fill
    phases: tuple[BreathPhase, ...]
    """The breath tones that fill it; empty for other fills."""
    mark: Mark
    kind: Literal["hold", "rest"] = "hold"
    soft: bool = True
    """Whether the tones that fill it are softer than tones to move with."""
    step: str = ""
    """Id of its step; see :mod:`psoas_audio.planning.step_ids`."""
    figure: str = ""
    """The picture to show meanwhile; empty for that of the chapter."""

    @property
    def stay(self) -> Literal["hold", "rest", ""]:
        return self.kind

    def showing(self, figure: str) -> Self:
        return replace(self, figure=figure)

    @property
    def keeps_time(self) -> bool:
        return True

    def duration(self, slot_lengths: Mapping[str, int]) -> int:  # noqa: ARG002
        return self.length

    @property
    def replaces_pause(self) -> bool:
        return True

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(cue.utterance for cue in self.cues if cue.utterance is not None)

    @property
    def sounds(self) -> tuple[tuple[str, Mark], ...]:
        return tuple((cue.bell, cue.mark) for cue in self.cues if cue.bell)

    def hold_cues(self) -> Iterator[tuple[HoldCue, int]]:
        return ((cue, self.length - cue.at) for cue in self.cues)


@dataclass(frozen=True, slots=True)
class BreathPhase:
    """One breath phase of one cycle, or one phase of a repetition at a tempo."""

    kind: ToneKind
    length: int
    """Samples."""
    timbre: str
    cycle: int
    """Which cycle of its step, from 0."""
    variant: int | None = None
    """Which version of the tone; ``None`` for another one in each cycle."""


@dataclass(frozen=True, slots=True)
class PhaseCue:
    """A word that sits on a breath phase."""

    phase: int
    """Index of the phase."""
    at: int
    """Samples after the phase's start."""
    room: int
    """Samples until the next cue, or the end: those of the pattern, the same in every cycle."""
    alternatives: tuple[Utterance, ...]
    """At least one, the best first; the first that fits the phase is spoken."""


@dataclass(frozen=True, slots=True)
class PlannedBreathing(PlanItem):
    """Paced breathing: whole cycles of phases."""

    phases: tuple[BreathPhase, ...]
    cues: tuple[PhaseCue, ...]
    label: str
    mark: Mark
    step: str = ""
    """Id of its step; see :mod:`psoas_audio.planning.step_ids`."""
    figure: str = ""
    """The picture to show meanwhile; empty for that of the chapter."""

    def showing(self, figure: str) -> Self:
        return replace(self, figure=figure)

    @property
    def length(self) -> int:
        """Samples."""
        return sum(phase.length for phase in self.phases)

    def duration(self, slot_lengths: Mapping[str, int]) -> int:  # noqa: ARG002
        return self.length

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(cue.alternatives[0] for cue in self.cues)

    @property
    def has_phase_cues(self) -> bool:
        return True

    def phase_cues(self) -> Iterator[tuple[PhaseCue, int, int]]:
        starts = list(accumulate((phase.length for phase in self.phases), initial=0))
        for cue in self.cues:
            yield cue, starts[cue.phase] + cue.at, cue.room


@dataclass(frozen=True, slots=True)
class Ring(PlanItem):
    """A bell, which may ring on under what follows."""

    sound: str
    length: int
    """Samples until the next item."""
    mark: Mark
    step: str = ""
    """Id of its step; see :mod:`psoas_audio.planning.step_ids`."""

    starts_on_grid = False  # a bell ends a hold to the sample

    @property
    def keeps_time(self) -> bool:
        return True

    def duration(self, slot_lengths: Mapping[str, int]) -> int:  # noqa: ARG002
        return self.length

    @property
    def sounds(self) -> tuple[tuple[str, Mark], ...]:
        return ((self.sound, self.mark),)


Item = ChapterStart | SpokenLine | Silence | PlannedHold | PlannedBreathing | Ring
"""One thing that happens in a session."""


def on_grid(item: Item, before: Item | None) -> bool:
    """Whether *item*, after the item *before*, begins on the grid of MP3 frames."""
    timed = before is not None and before.keeps_time and item.keeps_time
    return item.starts_on_grid and not timed


@dataclass(frozen=True, slots=True)
class BedChoice:
    """The background sound of the session."""

    sound: str
    level: float
    """dB relative to the voice, while it speaks."""
    rise: float = 0.0
    """dB by which it comes up where nobody speaks."""
    fade_in: int = 0
    """Samples."""
    fade_out: int = 0
    """Samples."""
    until: BedEnd = "end"


@dataclass(frozen=True, slots=True)
class Plan:
    """A session in order, all choices made."""

    name: str
    title: str
    language: str
    channels: Literal[1, 2]
    bed: BedChoice | None
    items: tuple[Item, ...]
    missing_words: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    """Language and built-in word that it lacks, to the first step that needs it."""

    def utterances(self) -> tuple[Utterance, ...]:
        """Every utterance in order, also the inaudible; of a breath cue the first alternative."""
        return tuple(utterance for item in self.items for utterance in item.utterances)

    def utterances_to_speak(self, length: Callable[[Utterance], int]) -> Iterator[Utterance]:
        """Every utterance that must be spoken to know the timeline; *length* gives its samples.

        Of a breath cue: the alternatives up to the first that fits its phase.
        """
        for item in self.items:
            if not item.has_phase_cues:
                yield from item.utterances
            for cue, _, until_next in item.phase_cues():
                for utterance in cue.alternatives:
                    yield utterance
                    if length(utterance) <= until_next - CUE_CLEARANCE:
                        break

    def sounds(self) -> frozenset[str]:
        """Names of the bells it needs (the bed not among them)."""
        return frozenset(self.sound_marks())

    def sound_marks(self) -> dict[str, Mark]:
        """Name of each of those bells to the place where the script first asks for it."""
        found: dict[str, Mark] = {}
        for item in self.items:
            for name, mark in item.sounds:
                found.setdefault(name, mark)
        return found
