"""Which voice speaks: names, blends, and the voice for a language where none is chosen."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass

import psoas_audio.speech.engines.kokoro.files as kokoro_files
from psoas_audio.errors import SpeechError

_LANGUAGES = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es-ES",
    "f": "fr-FR",
    "h": "hi-IN",
    "i": "it-IT",
    "j": "en-US",
    "p": "pt-BR",
    "z": "zh-CN",
}
"""The language of a voice by the first letter of its name. The Japanese voices speak English here:
Japanese itself needs a reading of its script that eSpeak NG doesn't have."""
_GENDERS = {"f": "female", "m": "male"}
_PREFERRED = {
    "en": ("af_heart", "am_michael", "bf_emma", "jm_kumo", "jf_alpha"),
    "en-gb": ("bf_emma", "bm_lewis", "bf_lily"),
    "es": ("ef_dora", "em_alex"),
    "fr": ("ff_siwis",),
    "hi": ("hf_alpha",),
    "it": ("if_sara", "im_nicola"),
    "pt": ("pf_dora", "pm_alex"),
}
"""Voices by language, the best first (measured, see docs/voices.md)."""
_MAX_VOICES = 4
"""Voices of a blend."""
_PART = re.compile(r"([a-z]{2}_[a-z0-9]{1,30})(?:\*(\d(?:\.\d{1,3})?))?")


@dataclass(frozen=True, slots=True)
class Blend:
    """One voice, or several with weights that sum to 1."""

    parts: tuple[tuple[str, float], ...]
    """Names and weights."""

    @property
    def name(self) -> str:
        """As a script writes it."""
        if len(self.parts) == 1:
            return self.parts[0][0]
        return "+".join(f"{name}*{weight:g}" for name, weight in self.parts)

    @property
    def identity(self) -> str:
        """What tells it from other voices: the digests of its parts, with their weights."""
        parts = (f"{weight:g} {kokoro_files.voice_digest(name)}" for name, weight in self.parts)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def voice_language(name: str) -> str:
    """The BCP 47 tag of the voice or blend *name*."""
    return _LANGUAGES.get(name[:1], "")


def voice_gender(name: str) -> str:
    """``female``, ``male``, or empty."""
    return _GENDERS.get(name[1:2], "")


def default_voice(language: str) -> str | None:
    """The best installed voice for *language*, a BCP 47 tag; ``None`` if there is none."""
    tag = language.replace("_", "-").casefold()
    names = kokoro_files.voice_names()
    preferred = (*_PREFERRED.get(tag, ()), *_PREFERRED.get(tag.split("-")[0], ()))
    return next((name for name in preferred if name in names), None)


def read_blend(name: str) -> Blend:
    """The voice *name*, or a blend such as ``af_heart*0.8+af_nicole*0.2``.

    Raises ``SpeechError`` for anything else, and for a voice that isn't installed.
    """
    parts = []
    for part in name.split("+"):
        match = _PART.fullmatch(part.strip())
        if match is None or ("+" in name and match[2] is None):
            raise SpeechError(
                f"“{name}” is not the name of a Kokoro voice or a blend of them",
                hint="A blend looks like af_heart*0.8+af_nicole*0.2.",
            )
        parts.append((match[1], float(match[2] or 1)))
    total = math.fsum(weight for _, weight in parts)
    if len(parts) > _MAX_VOICES or abs(total - 1) > 0.001 or any(not w for _, w in parts):
        raise SpeechError(
            f"the weights of the blend “{name}” sum to {total:g} instead of 1"
            if len(parts) <= _MAX_VOICES
            else f"the blend “{name}” has more than {_MAX_VOICES} voices",
            hint="A blend looks like af_heart*0.8+af_nicole*0.2.",
        )
    missing = [voice for voice, _ in parts if voice not in kokoro_files.voice_names()]
    if missing:
        raise SpeechError(
            f"there is no Kokoro voice “{missing[0]}”",
            hint="List them with: psoas-audio voices --engine kokoro. All of them are"
            " installed with: psoas-audio voices install kokoro",
        )
    return Blend(tuple(parts))
