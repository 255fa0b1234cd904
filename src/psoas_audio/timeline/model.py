"""The timeline: what sounds when, in samples at 48 kHz. Every output is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from psoas_audio.script.model import ToneKind

TrackName = Literal["voice", "breath", "bells", "bed"]


@dataclass(frozen=True, slots=True)
class Take:
    """The audio of an utterance."""

    id: str
    """Media id."""
    text: str
    """The written words, for captions."""
    engine: str
    voice: str
    """The engine's name for the voice; empty for its default."""
    rate: int
    """Effective words per minute."""
    line: int
    """Its line in the script."""
    treatment: str = "plain"
    """How the voice is coloured."""
    language: str = ""
    """BCP 47; empty if it is the session's."""
    speaker: str = ""
    """The name of the speaker; empty if the script has no speakers."""
    word_starts: tuple[int, ...] = ()
    """Samples from the clip's start at which each word of ``text``, divided at white space, is
    heard; empty if the engine doesn't say."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file by name: a bell or a tick."""

    name: str


@dataclass(frozen=True, slots=True)
class BedSound:
    """The background sound, which repeats. Where two clips of it meet, it goes on."""

    name: str
    rise: float = 0.0
    """dB by which it comes up where nothing is said and no breath is led."""
    fade_in: int = 0
    """Samples, where no other clip of it ends."""
    fade_out: int = 0
    """Samples, where no other clip of it begins."""


@dataclass(frozen=True, slots=True)
class Breath:
    """One breath phase, or one phase of a repetition at a tempo, synthesised."""

    kind: ToneKind
    timbre: str
    cycle: int
    """Which cycle or repetition of its step, from 0."""
    soft: bool = False
    """Whether it is one of the softer tones that fill a hold."""
    variant: int | None = None
    """Which version of the tone; ``None`` for that of its cycle."""

    @property
    def version(self) -> int:
        """Which version of the tone."""
        return self.cycle if self.variant is None else self.variant


ClipMedia = Take | Sound | BedSound | Breath


@dataclass(frozen=True, slots=True)
class Clip:
    """A take, a sound or a breath phase at its place."""

    id: str
    """Unique in the timeline."""
    start: int
    """Samples from the session's start."""
    length: int
    """Samples."""
    media: ClipMedia
    level: float = 0.0
    """dB relative to the track's own level."""
    step: str = ""
    """Id of the step that it belongs to; empty for the bed."""
    figure: str = ""
    """The picture to show while words are spoken; empty for that of the chapter."""
    safety: str = ""
    """``way-out`` if its words tell how to get out of the position, ``after`` if they are for
    afterwards, else empty."""

    @property
    def end(self) -> int:
        """Samples; the first one after the clip."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence of the voice with a meaning, apart from what is said inside it."""

    start: int
    """Samples."""
    length: int
    """Samples."""
    kind: str
    """``lead-in``, ``pause``, ``hold``, ``rest``, ``move``, ``breathe``, ``bell``, ``lead-out``."""
    label: str = ""
    step: str = ""
    """Id of the step that it belongs to; empty for the lead-in and the lead-out."""
    figure: str = ""
    """The picture to show meanwhile; empty for that of the chapter."""

    @property
    def end(self) -> int:
        """Samples; the first one after the gap."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Track:
    """Clips of one kind, sorted by start."""

    name: TrackName
    clips: tuple[Clip, ...]
    gaps: tuple[Gap, ...] = ()
    """Only the voice track has any."""
    level: float = 0.0
    """dB relative to the voice; of the bed while words are spoken."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A chapter; it starts where the one before it ends."""

    id: str
    title: str
    start: int
    """Samples."""
    length: int
    """Samples."""
    side: str = ""
    position: str = ""
    figure: str = ""
    """The picture that the script names; empty for that of the position."""
    step: str = ""
    """Id of the chapter, or of the stay of intervals, that begins."""

    @property
    def end(self) -> int:
        """Samples; the first one after it."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Timeline:
    """A session's arrangement."""

    name: str
    """What the names of the session's files begin with."""
    title: str
    language: str
    """BCP 47."""
    channels: Literal[1, 2]
    length: int
    """Samples of the whole session."""
    tracks: tuple[Track, ...]
    """Voice, breath, bells and bed, in this order; always all four."""
    markers: tuple[Marker, ...]

    def track(self, name: TrackName) -> Track:
        """The track called *name*."""
        return next(track for track in self.tracks if track.name == name)
