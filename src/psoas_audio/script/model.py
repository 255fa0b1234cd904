"""A script as typed, frozen values: what :func:`load_script` returns.

Times are samples at 48 kHz. Every value that a later check may reject has the
:class:`~psoas_audio.errors.Mark` of its place. Includes and safety blocks are already
resolved into groups of steps; texts still contain their ``{values}``. The kinds of steps are in
:mod:`psoas_audio.script.steps`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from psoas_audio.errors import Mark, Problem
from psoas_audio.units import seconds_to_samples

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step

Kind = Literal[
    "self-massage", "stretch", "yoga", "strength", "cardio", "breathing", "relaxation", "talk"
]
Level = Literal["beginner", "some experience", "experienced"]
Position = Literal[
    "standing", "sitting", "half-kneeling", "all-fours", "supine", "prone", "side-lying"
]
FigureName = Literal[
    "all-fours", "at-the-chair", "at-the-wall", "ball-aside", "ball-at-the-wall", "ball-resting",
    "bird-dog", "breathing", "bridge", "chair-reach", "chair-stretch", "chair-swing",
    "fingertips", "floor-sitting", "half-kneeling", "hands-lift", "hands-on-belly",
    "head-on-hands", "hip-flexor-stretch", "knee-eased", "knee-plank", "knee-rock",
    "knee-to-chest", "knees-open", "knees-to-chest", "leg-swing", "long-step", "long-step-tall",
    "lunge-reach", "lying-flat", "march", "one-knee-open", "pillows", "plank", "planks", "prone",
    "psoas", "psoas-and-breath", "psoas-spot", "rest-on-heels", "ribs", "roll-down", "rub-hands",
    "shake-out", "side-lying", "sitting", "standing", "standing-ball", "step-back", "supine",
    "supine-ball", "tip-the-pelvis", "warrior", "wide-warrior",
]  # fmt: skip
"""The pictures that a session can show; ``deliver.figures`` draws them."""
Guidance = Literal["full", "reminder", "bells"]
"""How much is said. A line has the sparsest guidance at which it is spoken: lines of ``bells`` are
always spoken, lines of ``full`` only at full guidance."""
Fill = Literal["silent", "bed", "breath", "tick"]
"""How the silence of a hold sounds."""
PhaseKind = Literal["in", "sip", "full", "out", "empty"]
"""Breath phases: in-breath, second sip in, hold when full, out-breath, hold when empty."""
TempoKind = Literal["up", "top", "down", "bottom"]
"""Phases of a repetition: the way up, the hold at the top, the way down, the hold at the bottom."""
ToneKind = Literal[PhaseKind, TempoKind]
"""What a tone can lead: a phase of a breath or of a repetition."""
TreatmentName = Literal["plain", "warm", "close", "hall"]
"""How a voice is coloured; ``speech.treatment`` has the settings of each."""
SLOWEST_RATE, FASTEST_RATE = 60, 250
"""Effective words per minute that a voice can be asked for."""
SAFETY_POINTS = (
    "not-medical-advice",
    "ask-first",
    "stop-signs",
    "avoid-if",
    "way-out",
    "side-effects",
    "seek-help",
)
"""The safety points that a script can cover; docs/safety.md describes each."""
DEFAULT_BED_LEVEL = -24.0
"""dB relative to the voice while it speaks, for a bed that has no level of its own."""
BED_IN_SILENCE, MAX_BED_RISE = -10.0, 16.0
"""dB relative to the voice that a bed comes up to where nobody speaks, and the most dB by which it
comes up, unless the script says otherwise. A session whose silences are so loud ranges over less
than 15 LU, so that nobody reaches for the volume when the voice returns."""
DEFAULT_BED_FADE_IN = DEFAULT_BED_FADE_OUT = seconds_to_samples(8)
"""Samples."""
BedEnd = Literal["end", "last-bell"]
"""Until when a bed sounds: to the session's end, or only to its last bell."""
LOWEST_TARGET, DEFAULT_TARGET, HIGHEST_TARGET = -30.0, -16.0, -14.0
"""LUFS that a voice can be set to. Podcast directories ask for about -16, EBU R 128 for -23."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length; elastic if the two ends differ."""

    shortest: int
    """Samples."""
    longest: int
    """Samples, at least ``shortest``."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of breaths or rounds; elastic if the two ends differ."""

    fewest: int
    """At least 1."""
    most: int
    """At least ``fewest``."""

    def span(self, length: int) -> Span:
        """The length of that many, each *length* samples long."""
        return Span(self.fewest * length, self.most * length)


TextChange = Callable[[str, Mark, str], str]
"""Returns the words that replace some words, from the words, their place and their role
(``spoken``, ``title``, ``label`` …). A translation is one."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be spoken, as written, with ``[pause 2s]``, ``*emphasis*`` and ``{value}``."""

    words: str
    """Empty for the built-in words (``halfway: true``)."""
    mark: Mark
    others: tuple[str, ...] = ()
    """The words of the rounds after the first, where they change from round to round."""

    @property
    def each(self) -> tuple[Text, ...]:
        """The text of every round, as one of its own."""
        return tuple(Text(words, self.mark) for words in (self.words, *self.others))

    def in_round(self, number: int) -> Text:
        """The text of the round *number*, from 0; after the last text the first comes again."""
        return self.each[number % (len(self.others) + 1)] if self.others else self

    def changed(self, change: TextChange, role: str = "spoken") -> Text:
        """The text with its words replaced by *change*; built-in words stay."""
        if not self.words:
            return self
        words, *others = (change(words, self.mark, role) for words in (self.words, *self.others))
        return Text(words, self.mark, tuple(others))


@dataclass(frozen=True, slots=True)
class Ramp:
    """A value that changes evenly over the session, from its first line to its last."""

    first: float
    last: float

    def at(self, share: float) -> float:
        """The value at *share*, 0 to 1, of the way through the lines."""
        return self.first + (self.last - self.first) * share


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Settings of a voice; ``None`` leaves one as it is."""

    engine: str | None = None
    """An engine's name, such as ``pyttsx3``."""
    name: str | None = None
    """The engine's name for the voice."""
    rate: int | Ramp | None = None
    """Effective words per minute, 60 to 250."""
    pitch: int | None = None
    """0 to 100; 50 is the voice's own."""
    treatment: TreatmentName | None = None
    level: float | Ramp | None = None
    """dB relative to the session's voice, -12 to 0."""
    language: str | None = None
    """BCP 47."""
    speaker: str | None = None
    """Who speaks: a key of the script's ``speakers``."""

    def without_name(self) -> VoiceSettings:
        """The voice for another language: a voice's name belongs to one language."""
        return replace(self, name=None)


@dataclass(frozen=True, slots=True)
class AutoVoices:
    """Engines and voices for what a script doesn't name; they depend on what is installed."""

    by_language: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    """BCP 47 tag to the engine and voice for lines in that language that name none."""
    by_name: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The name of a voice to its engine and that engine's own name for it."""
    by_engine: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """An engine and a BCP 47 tag to its voice for lines in that language that name the engine
    alone; without those of engines that have a default of their own."""


@dataclass(frozen=True, slots=True)
class ScriptSpeaker:
    """One of several people who speak in a session."""

    title: str
    """The name that captions, transcript and page show."""
    voice: VoiceSettings
    mark: Mark


@dataclass(frozen=True, slots=True)
class Credits:
    """Who made a session and what it belongs to, for tags, page and feed."""

    author: str = ""
    """Who wrote and publishes it."""
    artist: str = ""
    """Whose voice it is; empty for the names of the voices that speak."""
    album: str = ""
    """The collection that it belongs to."""
    year: int | None = None
    track: int | None = None
    """Its place in the album, from 1."""


@dataclass(frozen=True, slots=True)
class CoverFile:
    """A picture beside a script."""

    name: str
    """Its path, relative to the script's folder."""
    mark: Mark


SIDE_VALUES: Mapping[str, str] = {"side": "{side}", "other_side": "{other_side}"}
"""Values that texts may use inside sides; the plan fills them in."""


Counter = Literal["round", "set", "rep"]
"""What is counted: rounds, sets or repetitions; ``{set}`` and ``{sets}`` are values of a text."""


def counter_values(
    counter: Counter, around: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Values that texts may use in the rounds of *counter*; they stand for themselves.

    *around* are the values in force around it: rounds in rounds have ``{outer_round}``, too.
    """
    names = [counter, f"{counter}s"]
    if counter in around:
        names += [f"outer_{name}" for name in names]
    return {name: f"{{{name}}}" for name in names}


def sides_from(first: str, sides: tuple[str, ...]) -> tuple[str, ...]:
    """*sides* with the side *first* before the other."""
    return tuple(sorted(sides, key=lambda side: side != first))


@dataclass(frozen=True, slots=True)
class PatternPhase:
    """One phase of a breath cycle."""

    kind: PhaseKind
    length: int
    """Samples, above 0."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A breath cycle."""

    name: str
    """``coherent``, ``box`` …, or ``own`` if the script gives the phases."""
    phases: tuple[PatternPhase, ...]

    @property
    def length(self) -> int:
        """Samples of one cycle."""
        return sum(phase.length for phase in self.phases)


@dataclass(frozen=True, slots=True)
class CueTime:
    """When a cue of a hold begins."""

    anchor: Literal["start", "half", "end"]
    offset: int = 0
    """Samples after the anchor; negative before it."""

    def position(self, length: int) -> int:
        """Samples after the start of a hold of *length* samples."""
        return {"start": 0, "half": length // 2, "end": length}[self.anchor] + self.offset


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part that the listener can jump to; if it has sides, it comes once for each."""

    title: Text
    steps: tuple[Step, ...]
    sides: tuple[str, ...]
    """Empty, or ``left`` and ``right`` in the order in which they come."""
    voice: VoiceSettings
    priority: int | None
    """``None`` if it is never left out. Of optional chapters the largest is left out first."""
    mark: Mark
    figure: str = ""
    """A :data:`FigureName`; empty for the picture of the listener's position."""
    bed: ChapterBed | None = None
    rounds: Count | None = None
    """How often it comes, each time as a chapter of its own; ``None`` for once."""

    @property
    def repetitions(self) -> int:
        """How often its steps come, at most: rounds and sides multiplied."""
        return (1 if self.rounds is None else self.rounds.most) * (len(self.sides) or 1)

    @property
    def own_values(self) -> Mapping[str, str]:
        """Values that its title and its texts may use; they stand for themselves."""
        rounds = {} if self.rounds is None else counter_values("round")
        return {**rounds, **(SIDE_VALUES if self.sides else {})}


@dataclass(frozen=True, slots=True)
class Bed:
    """The background sound."""

    sound: str
    level: float
    """dB relative to the voice, while it speaks (at least 20 under it by WCAG 2.2, 1.4.7)."""
    mark: Mark
    in_silence: float | None = None
    """dB relative to the voice, where nobody speaks; ``None`` for
    :data:`BED_IN_SILENCE`."""
    fade_in: int = DEFAULT_BED_FADE_IN
    """Samples."""
    fade_out: int = DEFAULT_BED_FADE_OUT
    """Samples."""
    until: BedEnd = "end"

    @property
    def rise(self) -> float:
        """dB by which it comes up where nobody speaks."""
        if self.in_silence is None:
            return max(0.0, min(BED_IN_SILENCE - self.level, MAX_BED_RISE))
        return self.in_silence - self.level


@dataclass(frozen=True, slots=True)
class ChapterBed:
    """What a chapter changes about the session's bed; ``None`` leaves what the session has."""

    level: float | None
    in_silence: float | None
    mark: Mark

    def applied_to(self, bed: Bed) -> Bed:
        """*bed* as it sounds in this chapter."""
        level = bed.level if self.level is None else self.level
        in_silence = self.in_silence
        if in_silence is None and bed.in_silence is not None:
            in_silence = level + bed.rise
        return replace(bed, level=level, in_silence=in_silence)


@dataclass(frozen=True, slots=True)
class LengthRange:
    """The lengths of the session at the top of the script."""

    default: int | None
    """Samples."""
    shortest: int | None
    """Samples."""
    longest: int | None
    """Samples."""
    mark: Mark
    exact: bool = False
    """Whether the script gives this length alone, which is met to the sample."""


REPLACEABLE_WORDS = (
    "ready", "halfway", "next", "numbers", "left", "right", "in", "sip", "full", "out", "empty",
)  # fmt: skip
"""Built-in words that a script may replace: before and in the middle of holds, before the
name of the next station, zero to ten, the sides, and the cue of each breath phase."""


@dataclass(frozen=True, slots=True)
class Script:
    """A whole session's script."""

    path: str
    """The path as the user wrote it."""
    name: str
    """The stem of the file; the names of the session's files begin with it."""
    title: str
    summary: str
    language: str
    """BCP 47, such as ``en-US``."""
    kind: Kind
    position: Position
    """The listener's position at the start."""
    equipment: tuple[str, ...]
    intensity: str
    level: Level | Literal[""]
    """Who it is for; empty where the script doesn't say."""
    avoid: tuple[str, ...]
    """Who should not do it, or should ask a doctor first."""
    muscles: tuple[str, ...]
    voice: VoiceSettings
    bed: Bed | None
    breath: Pattern
    """Times holds that are counted in breaths, and ``fill: breath``."""
    channels: Literal[1, 2]
    """1: mono; 2: stereo."""
    length: LengthRange | None
    lexicon: Mapping[str, str]
    """Written word to alias."""
    chapters: tuple[Chapter, ...]
    mark: Mark
    words: Mapping[str, str] = field(default_factory=dict)
    """Words in place of the built-in ones, by the names of :data:`REPLACEABLE_WORDS`."""
    values: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, ScriptSpeaker] = field(default_factory=dict)
    """Empty where one voice speaks."""
    credits: Credits = field(default_factory=Credits)
    fill: Fill | None = None
    """How the silence of holds and rests sounds that don't say so themselves."""
    target: float = DEFAULT_TARGET
    """Loudness of the voice in LUFS, as played on two channels."""
    kbps: int | None = None
    """Bit rate of the encoded sound in kilobits per second; ``None`` for that of its format."""
    cover: CoverFile | None = None
    """Its own cover; ``None`` for the drawn one."""
    digest: str = ""
    """SHA-256, in hexadecimal, of what it was read from."""
    auto_voices: AutoVoices = field(default_factory=AutoVoices)
    bed_apart: bool = False
    """Whether a bed plays beside it: its silences are filled as if it had one."""
    title_as_written: str = ""
    """With its ``{values}``."""
    summary_as_written: str = ""
    """With its ``{values}``."""
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names in ``allow`` to the rules whose warnings are meant to be there."""
    shown_safety: tuple[Chapter, ...] = ()
    """The full safety words of a script that says them in short: shown, and not spoken."""
    warnings: tuple[Problem, ...] = ()
    """Warnings about it, sorted by place."""

    @property
    def has_bed(self) -> bool:
        """Whether a bed lies under its silences, its own or one that plays beside it."""
        return self.bed is not None or self.bed_apart

    def allows(self, problem: Problem) -> bool:
        """Whether *problem* is a warning that the script says is meant to be there."""
        rules = {rule for rules in self.allowed.values() for rule in rules}
        return problem.severity == "warning" and problem.rule in rules
