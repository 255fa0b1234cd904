"""eSpeak NG's voices: what a script may call them, and whether the right one is in force."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import VoiceInfo, voice_for

DEFAULT_VARIANT = "+m7"
"""What a line without a voice is spoken with, whatever its language: the warmest of the plain
variants that doesn't clip (docs/voices.md has the measurements)."""

_OTHER_TAGS = {"zh": "cmn", "no": "nb"}
"""Languages the library knows by another tag."""
_OLD_NAMES = {"english": "en", "english-us": "en-us"}
"""What older eSpeaks, and with them pyttsx3's own examples, call their voices."""


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """A voice of the library."""

    identifier: str
    """Its file, such as ``gmw/en-US``."""
    name: str
    """``English (America)``."""
    language: str
    """``en-us``."""
    gender: str = ""

    @property
    def short(self) -> str:
        """What a script writes: ``en-us``."""
        return self.identifier.rsplit("/", 1)[-1].casefold()

    def info(self, engine: str) -> VoiceInfo:
        """As it is listed."""
        return VoiceInfo(engine, self.short, self.language, self.gender, self.name)


def identifier_for(wanted: str | None, language: str, voices: list[EspeakVoice], home: str) -> str:
    """The library's name of the voice *wanted* (``en-us``, ``en-us+f3``), or of the default one.

    Raises ``SpeechError`` for a voice or variant that isn't there: the library itself would
    go on with the voice before.
    """
    if wanted is None:
        main, *rest = language.split("-")
        tag = "-".join([_OTHER_TAGS.get(main, main), *rest])
        found = voice_for(tag, [voice.info("") for voice in voices])
        if found is None:
            raise SpeechError(f"there is no voice for the language “{language}”")
        wanted = found.name + DEFAULT_VARIANT
    base, plus, variant = wanted.partition("+")
    base = _OLD_NAMES.get(base.casefold(), base)
    for voice in voices:
        names = (voice.short, voice.identifier, voice.language, voice.name)
        if base.casefold() in (name.casefold() for name in names):
            break
    else:
        raise SpeechError(
            f"there is no voice “{wanted}”", hint="List them with: psoas-audio voices"
        )
    if plus and variant not in variants(home):
        raise SpeechError(
            f"there is no voice variant “{variant}”",
            hint=f"Variants: {', '.join(variants(home))}.",
        )
    return f"{voice.identifier}{plus}{variant}"


def variants(home: str) -> list[str]:
    """The names that may follow a voice and a ``+``."""
    return sorted(file.name for file in Path(home, "espeak-ng-data", "voices", "!v").iterdir())


ESPEAK_RATES = (58, 69, 70, 79, 80, 87, 100, 140, 200)
"""Own rates at which eSpeak's scale bends; see :func:`setting`."""


WORD_GAP = 7
"""The library's parameter for the silence between words."""


def setting(own: float) -> tuple[int, int]:
    """The library's rate and word gap for our own rate.

    From 80 up they are the library's rate. It gets no slower than that (about 100 words per
    minute), so below it words are held apart: by one unit down to 70, by one more for each
    step from there. A slightly faster rate closes the jump that the first unit makes.
    """
    if own >= 80:
        return round(own), 0
    if own >= 70:
        return round(85 + (own - 70) * 0.9), 1
    return 85, min(71 - round(own), 14)
