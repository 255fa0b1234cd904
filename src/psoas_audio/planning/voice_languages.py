"""Guesses the language of a voice from its name."""

from __future__ import annotations

import re
from functools import cache

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2,3}|\d{3}))?(?:\+\w+)?", re.IGNORECASE)
"""eSpeak NG's ``fr``, ``en-us+f3``."""
_PIPER = re.compile(r"([a-z]{2,3}_[A-Z]{2})-\w+-\w+(?:\+\d+)?")
"""``fr_FR-siwis-medium``."""
_KOKORO = re.compile(r"([abefhijpz])[fm]_[a-z]+(?:\*.*)?")
"""``ff_siwis``."""
_KOKORO_LANGUAGES = {
    "a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja",
    "p": "pt-BR", "z": "zh",
}  # fmt: skip
_SPOKEN = tuple(
    re.findall(
        r"\w+",
        "af ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga he hi hr hu hy id is it ja ka kk"
        " ko la lt lv mk ms nb nl nn no pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi zh cmn"
        " yue",
    )
)
"""Languages that voices are named after; any other name of two letters means nothing."""


@cache
def language_of_voice(name: str) -> str:
    """The BCP 47 tag of the language in the voice's *name*; empty if the name has none."""
    if match := _KOKORO.fullmatch(name):
        return _KOKORO_LANGUAGES[match[1]]
    if match := _PIPER.fullmatch(name):
        return match[1].replace("_", "-")
    match = _TAG.fullmatch(name)
    if match is None or match[1].casefold() not in _SPOKEN:
        return ""
    return "-".join(part for part in match.groups() if part)
