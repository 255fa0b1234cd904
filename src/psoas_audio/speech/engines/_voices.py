"""eSpeak NG's voices: their names in scripts and their rates."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Request, VoiceInfo, voice_for
from psoas_audio.speech.regions import near_tags

DEFAULT_VARIANT = "+m7"
"""Variant for lines without a voice, in any language: the warmest of the plain variants that
doesn't clip (measurements in docs/voices.md)."""

_ESPEAK_TAGS = {"zh": "cmn", "no": "nb"}
"""eSpeak NG's tags for languages that scripts tag differently."""
_LEGACY_NAMES = {"english": "en", "english-us": "en-us"}
"""Voice names of older eSpeak versions, which pyttsx3's examples still use."""


class EspeakVoice(NamedTuple):
    """A voice of the library, as it describes it."""

    identifier: str
    """Path of its file, such as ``gmw/en-US``."""
    name: str
    """Such as ``English (America)``."""
    language: str
    """Language tag in lower case, such as ``en-us``."""
    gender: str = ""
    """``male``, ``female``, or empty if unknown."""

    @property
    def short(self) -> str:
        """Its name in a script, such as ``en-us``."""
        return self.identifier.rsplit("/", 1)[-1].casefold()

    def info(self, engine: str) -> VoiceInfo:
        """Its entry in the list of voices."""
        return VoiceInfo(engine, self.short, self.language, self.gender, self.name)


def identifier_for(name: str | None, language: str, voices: list[EspeakVoice], home: str) -> str:
    """The library's identifier of the voice *name* (``en-us``, ``en-us+f3``), or of the default.

    Raises ``SpeechError`` for an unknown voice or variant, for which the library itself would
    silently keep the previous voice.
    """
    if name is None:
        main, *rest = language.split("-")
        tag = "-".join([_ESPEAK_TAGS.get(main, main), *rest])
        found = voice_for(tag, [voice.info("") for voice in voices])
        if found is None:
            raise SpeechError(f"there is no voice for the language “{language}”")
        name = found.name + DEFAULT_VARIANT
    base, plus, variant = name.partition("+")
    base = _LEGACY_NAMES.get(base.casefold(), base)
    for voice in voices:
        names = (voice.short, voice.identifier, voice.language, voice.name)
        if base.casefold() in (known.casefold() for known in names):
            break
    else:
        raise SpeechError(f"there is no voice “{name}”", hint="List them with: psoas-audio voices")
    if plus and variant not in variants(home):
        raise SpeechError(
            f"there is no voice variant “{variant}”",
            hint=f"Variants: {', '.join(variants(home))}.",
        )
    return f"{voice.identifier}{plus}{variant}"


def default_mark(request: Request) -> str:
    """What tells the takes of default voices from those of other ones, in a fingerprint."""
    latin_american = near_tags(request.language)[1:2] == ("es-419",)
    return DEFAULT_VARIANT + "; es-419" * (request.voice is None and latin_american)


def variants(home: str) -> list[str]:
    """Names of the variants, which follow a voice's name and ``+``; *home* as for the library."""
    return sorted(file.name for file in Path(home, "espeak-ng-data", "voices", "!v").iterdir())


ESPEAK_RATES = (58, 69, 70, 79, 80, 87, 100, 140, 200)
"""Engine rates at which eSpeak's speed curve bends; see :func:`rate_and_gap`."""

WORD_GAP = 7
"""Number of the library's parameter for the pause between words."""


def rate_and_gap(engine_rate: float) -> tuple[int, int]:
    """The library's rate and word gap for *engine_rate*.

    From 80 up, the library's rate is the same. The library can't speak more slowly than that
    (about 100 words per minute), so below 80 words are spaced out: by one unit down to 70, and
    by one more for each step below that. Between 70 and 80 a slightly faster rate smooths the
    jump caused by the first unit.
    """
    if engine_rate >= 80:
        return round(engine_rate), 0
    if engine_rate >= 70:
        return round(85 + (engine_rate - 70) * 0.9), 1
    return 85, min(71 - round(engine_rate), 14)
