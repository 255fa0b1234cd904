"""The protocol of speech engines, with the values that they take and return."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from psoas_audio.errors import SpeechError
from psoas_audio.speech.regions import near_tags


class FinalError(SpeechError):
    """An engine can't speak a request, and asking again wouldn't help."""


THREADS_VARIABLE = "PSOAS_AUDIO_SPEECH_THREADS"
"""Environment variable by which a worker's engine learns how many threads it may use."""


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How a part of a request's text is said, where an engine may not know it by itself."""

    text_position: int
    """Characters from the text's start."""
    text_length: int
    """Characters."""
    ipa: str
    """International Phonetic Alphabet as eSpeak NG writes it, in the accent of the request's
    language: the stress marks ˈ and ˌ right before the vowel, no slashes, dots or ties."""
    respelling: str
    """The same in letters, for engines that take nothing else."""


@dataclass(frozen=True, slots=True)
class Request:
    """One utterance to be spoken."""

    text: str
    """Plain words: what the engine is to say."""
    voice: str | None
    """The engine's name for the voice; ``None`` for its default in ``language``."""
    rate: float
    """The engine's own rate, already calibrated (see ``calibration``)."""
    pitch: int
    """0 to 100; 50 is the voice's own."""
    language: str
    """BCP 47."""
    written: str = ""
    """The words as written, for an engine that finds speech instead of making it."""
    pronunciations: tuple[Pronunciation, ...] = ()
    """Words that engines say wrongly: an engine takes their IPA or, by ``respelled(request)``,
    their respelling. Sorted by position; they don't overlap."""


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word of the request's text is heard."""

    text_position: int
    """Characters from the text's start."""
    text_length: int
    """Characters."""
    start: int
    """Samples at the speech's own rate."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine gave back."""

    pcm: bytes
    """Mono 16-bit little-endian samples."""
    sample_rate: int
    """Samples per second."""
    complete: bool
    """The engine said that it reached the end of the text."""
    voice: str
    """The voice that really spoke, by the engine's name."""
    words: tuple[Word, ...] = ()
    silence_after: int = 0
    """Samples of silence, at its own rate, that follow the last word so that a line that is too
    short to pause inside keeps its rate."""
    faults: tuple[str, ...] = ()
    """What the engine found wrong with the sound, after asking again where that may help:
    sentences for the user, without a full stop."""


Sell = Literal["yes", "no", "unclear"]
"""Whether a session with a voice may be sold."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that can be used now."""

    engine: str
    name: str
    """What a script writes."""
    language: str
    """BCP 47."""
    gender: str = ""
    description: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    """Its human name, such as “Heart”."""
    natural: bool = False
    """A neural voice or a human's."""
    licence: str = ""
    sell: Sell = "unclear"
    training: str = ""
    """What it was trained on, and the reason for the verdict ``sell``."""
    source: str = ""
    """Where licence and training data can be read."""


@runtime_checkable
class Engine(Protocol):
    """A source of speech.

    Made in the caller's process for :meth:`fingerprint`, and in a worker for the rest: making
    one must be cheap and load no library.
    """

    name: str

    def fingerprint(self, request: Request) -> str:
        """Everything besides the request that shapes the sound: versions, digests of files.

        Part of a take's key. Raises ``SpeechError`` where the engine is not installed.
        """

    def rates(self, voice: str | None) -> Sequence[float]:
        """Its own rates at which the voice is measured, slow to fast.

        Empty where it takes effective words per minute, or can't go faster or slower. Sentences
        are measured one at a time, so what a rate means is the engine's own affair: it may slow
        the voice down or put pauses into a sentence, as long as a higher rate takes less time.
        """

    def voices(self) -> Sequence[VoiceInfo]:
        """Every voice that can be used now."""

    def speak(self, request: Request) -> Speech:
        """Speak one request; raises ``SpeechError`` with a reason, never returns half a line."""


@runtime_checkable
class Loadable(Protocol):
    """An engine that takes a while to load what speaks."""

    def load(self, request: Request) -> None:
        """Load what speaking *request* needs; raises what :meth:`Engine.speak` would."""


@runtime_checkable
class Measured(Protocol):
    """An engine that knows how long its voices take for the calibration passage."""

    def readings(self, voice: str | None, language: str) -> Mapping[float, float]:
        """Seconds of the passage's sentences by own rate; empty for a voice to be measured."""


@runtime_checkable
class Phonetic(Protocol):
    """An engine that can tell how it would say something."""

    def phonemes(
        self,
        text: str,
        voice: str | None,
        language: str,
        pronunciations: tuple[Pronunciation, ...] = (),
    ) -> str:
        """*text* in the International Phonetic Alphabet."""


@runtime_checkable
class Remote(Protocol):
    """An engine that waits for a server."""

    def time_limit(self, text: str) -> float:
        """Seconds that it may take for *text*, everything included."""

    def parallel(self) -> int:
        """Requests that the server is sent at once."""


@runtime_checkable
class FixedPitch(Protocol):
    """An engine that can't change the pitch of some or all of its voices."""

    def has_fixed_pitch(self, voice: str | None) -> bool:
        """Whether *voice* speaks at its own pitch, whatever a request says."""


@runtime_checkable
class Uneven(Protocol):
    """An engine some of whose lines are louder than others for no reason.

    Each take is brought towards the usual level of its voice, by 2 dB at most.
    """

    uneven: bool
    """True."""


def allowed_threads() -> int:
    """How many threads this process's engine may use: one, unless there are fewer lines than
    processor cores."""
    return int(os.environ.get(THREADS_VARIABLE, "1"))


def voice_for(language: str, voices: Sequence[VoiceInfo]) -> VoiceInfo | None:
    """The first voice for *language*, else for a region like its own (``es-419`` for ``es-MX``),
    else for its main language."""
    wanted = near_tags(language)
    main = wanted[0].split("-")[0]
    tags = [voice.language.replace("_", "-").casefold() for voice in voices]
    for fits in (
        *([tag == near for tag in tags] for near in wanted),
        [tag == main for tag in tags],
        [voice.name.casefold() == main for voice in voices],
        [tag.split("-")[0] == main for tag in tags],
    ):
        if any(fits):
            return voices[fits.index(True)]
    return None
