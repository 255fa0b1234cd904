"""Which voice speaks: names, blends, and the voice for a language where none is chosen."""

from __future__ import annotations

import hashlib
import math
import re
from typing import NamedTuple

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
_NAME = re.compile(r"[a-z]{2}_[a-z0-9]{1,30}")
_PART = re.compile(r"(\w{1,34})(?: *\* *(\d(?:\.\d{1,3})?|\.\d{1,3}))?", re.ASCII)


class Blend(NamedTuple):
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


def own_name(name: str) -> str:
    """The engine's name of the installed voice that is called *name*, which may be its title.

    *name* itself where there is none.
    """
    names = kokoro_files.voice_names()
    if name in names:
        return name
    titled = (own for own in sorted(names) if own.partition("_")[2] == name.casefold())
    return next(titled, name)


def is_blend_or_voice(name: str) -> bool:
    """Whether *name* means a voice of Kokoro or a blend, installed and rightly written or not."""
    first = re.split(r"[*+]", name)[0].strip()
    return "*" in name or bool(_NAME.fullmatch(first)) or own_name(first) != first


def read_blend(name: str) -> Blend:
    """The voice *name*, or a blend such as ``af_heart*0.8+af_nicole*0.2`` or ``Heart*0.8+…``.

    Raises ``SpeechError`` for anything else, and for a voice that isn't installed.
    """
    parts: dict[str, float] = {}
    for part in name.split("+"):
        match = _PART.fullmatch(part.strip())
        if match is None or ("+" in name and match[2] is None):
            raise SpeechError(
                f"“{name}” is not the name of a Kokoro voice or a blend of them",
                hint="A blend looks like af_heart*0.8+af_nicole*0.2.",
            )
        own = own_name(match[1])
        if own in parts:
            raise SpeechError(f"the blend “{name}” has {own} twice", hint="Add its weights to one.")
        parts[own] = float(match[2] or 1)
    total = math.fsum(parts.values())
    if len(parts) > _MAX_VOICES or abs(total - 1) > 0.001 or not all(parts.values()):
        raise SpeechError(
            f"the weights of the blend “{name}” sum to {total:g} instead of 1"
            if abs(total - 1) > 0.001
            else f"the weights of the blend “{name}” sum to 1, but one of them is 0"
            if not all(parts.values())
            else f"the blend “{name}” has more than {_MAX_VOICES} voices",
            hint="A blend looks like af_heart*0.8+af_nicole*0.2.",
        )
    missing = [voice for voice in parts if voice not in kokoro_files.voice_names()]
    if missing:
        raise SpeechError(
            f"there is no Kokoro voice “{missing[0]}”",
            hint="List them with: psoas-audio voices --engine kokoro. All of them are"
            " installed with: psoas-audio voices install kokoro",
        )
    return Blend(tuple(parts.items()))
