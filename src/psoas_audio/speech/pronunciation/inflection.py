"""Endings of words: how ``asanas`` and ``the psoas's`` follow from ``asana`` and ``psoas``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from psoas_audio.locale.tags import main_language

_HISSING = ("s", "z", "ʃ", "ʒ")
_VOICELESS = ("p", "t", "k", "f", "θ", "x")


@dataclass(frozen=True, slots=True)
class Ending:
    """Letters at the end of a word, and how they are said."""

    letters: str
    add: Callable[[str], str]
    """The IPA of a word to that of the word with the letters."""


def endings(language: str) -> tuple[Ending, ...]:
    """The endings of nouns in the BCP 47 *language* that are as regular as spelling and sound."""
    return _BY_LANGUAGE.get(main_language(language), ())


def possessives(language: str) -> tuple[Ending, ...]:
    """Those of :func:`endings` that fit any word."""
    return tuple(ending for ending in endings(language) if ending.letters.startswith("'"))


def with_possessives(respellings: Mapping[str, str], language: str) -> dict[str, str]:
    """*respellings* by word, and those of the words' possessives."""
    return {
        word + letters: respelling + letters
        for letters in ("", *(ending.letters for ending in possessives(language)))
        for word, respelling in respellings.items()
    } | dict(respellings)


def _english_s(ipa: str) -> str:
    if ipa.endswith(_HISSING):
        return ipa + "ɪz"
    return ipa + ("s" if ipa.endswith(_VOICELESS) else "z")


def _unheard(ipa: str) -> str:
    return ipa


def _s(ipa: str) -> str:
    return ipa if ipa.endswith("s") else ipa + "s"


_BY_LANGUAGE = {
    "en": (
        Ending("'s", _english_s),
        Ending("s", _english_s),
        Ending("'", _unheard),
    ),
    "de": (Ending("s", _s),),
    "es": (Ending("s", _s),),
    "fr": (Ending("s", _unheard),),
}
