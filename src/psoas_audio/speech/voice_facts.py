"""Facts about a voice: a human title, its licence, and whether sessions with it may be sold.

The facts are in ``voice_facts.toml``, each verdict with its source. For Piper voices that aren't
listed there, the model card beside the installed voice is read.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Sell, VoiceInfo
from psoas_audio.speech.engines._voice_folder import model_card
from psoas_audio.speech.engines.endpoint.settings import endpoint_settings

_FILE = Path(__file__).with_name("voice_facts.toml")
_ESPEAK_ENGINES = ("espeak", "pyttsx3")
_KOKORO_NAME = re.compile(r"\b([abefhijpz])([fm])_([a-z]+)")
"""Language, gender and name, in ``af_heart`` and in blends of such voices."""
_GENDERS = {"f": "woman", "m": "man"}
_PIPER_NAME = re.compile(
    r"[a-z]{2,3}_[A-Z]{2}-(?P<voice>\w+)-(?P<quality>\w+)(?:\+(?P<speaker>\d+))?"
)
_RESTRICTED_BASES = {
    "lessac": "Blizzard 2013: research only",
    "ryan": "CC BY-NC-SA 4.0: not for commercial use",
}
"""Piper voices that others are fine-tuned from, and what their data's licence says."""
_FREE_LICENCE = re.compile(r"CC0|public domain|CC[ -]BY([ -]SA)?\b(?![ -]N)|Apache|\bMIT\b", re.I)
_NON_COMMERCIAL = re.compile(r"\bNC\b|non-?commercial", re.I)


@dataclass(frozen=True, slots=True)
class VoiceTerms:
    """Under which terms a voice may be used."""

    natural: bool
    """A neural voice or a human's."""
    licence: str
    sell: Sell
    """Whether a session with this voice may be sold."""
    training: str
    """What it was trained on, and the reason for the verdict."""
    source: str
    """Where that can be read."""


@dataclass(frozen=True, slots=True, order=True)
class Speaker:
    """A voice that speaks in a session."""

    engine: str
    name: str
    """What a script writes."""

    def __str__(self) -> str:
        return f"{self.engine}:{self.name}"

    @property
    def title(self) -> str:
        """Its human name; empty if it has none."""
        return voice_title(self.engine, self.name)

    @property
    def terms(self) -> VoiceTerms | None:
        """Its terms; ``None`` for an engine of another package."""
        return terms_of(self.engine, self.name)

    @property
    def sale_warning(self) -> str:
        """A warning if a session with this voice may not be sold, or if that is unclear."""
        terms = self.terms
        if terms is None or terms.sell == "yes":
            return ""
        verdict = {
            "no": "a session with this voice may not be sold",
            "unclear": "it is unclear whether a session with this voice may be sold",
        }[terms.sell]
        return f"{self}: {verdict} ({terms.training})"


def speaker_of(engine: str, spoke: str) -> Speaker:
    """The voice of *engine* that says of itself that it *spoke*."""
    if engine in _ESPEAK_ENGINES and "\\" not in spoke:  # gmw/en-us+m7
        spoke = spoke.rpartition("/")[2].casefold() if "/" in spoke else spoke
    return Speaker(engine, spoke)


def described(voice: VoiceInfo) -> VoiceInfo:
    """*voice* with all that is known of it; what its engine says comes first."""
    title = voice.title or voice_title(voice.engine, voice.name)
    described = replace(
        voice,
        title=title or voice.description or voice.name,
        description=voice.description or _description(voice.engine, voice.name),
    )
    terms = terms_of(voice.engine, voice.name)
    if terms is None:
        return described
    return replace(
        described,
        natural=terms.natural,
        licence=voice.licence or terms.licence,
        sell=terms.sell,
        training=voice.training or terms.training,
        source=voice.source or terms.source,
    )


def voice_title(engine: str, name: str) -> str:
    """The human name of the voice *name*, such as “Heart”; empty if its engine gives it none."""
    match engine:
        case "espeak":
            return ""
        case "pyttsx3":
            return _system_title(name)
        case "piper" if match := _PIPER_NAME.fullmatch(name):
            number = f" {match['speaker']}" if match["speaker"] else ""
            return match["voice"].replace("_", " ").title() + number
        case "kokoro" | "endpoint" if names := [m[3] for m in _KOKORO_NAME.finditer(name)]:
            return " and ".join(part.title() for part in names)
    return name


def terms_of(engine: str, name: str) -> VoiceTerms | None:
    """The terms of the voice *name*; ``None`` for an engine of another package."""
    if engine == "pyttsx3" and sys.platform not in ("win32", "darwin"):
        engine = "espeak"
    facts = _facts()
    if engine == "piper":
        return piper_terms(name, model_card(name))
    if engine not in facts["engines"]:
        return None
    terms = _terms(facts["engines"][engine])
    return _as_the_user_says(terms) if engine == "endpoint" else terms


def piper_terms(name: str, card: str = "") -> VoiceTerms:
    """The terms of a Piper voice, by our table, or else by the text of its model *card*."""
    if match := _PIPER_NAME.fullmatch(name):
        keys = {match["voice"], f"{match['voice']}-{match['quality']}"}
        for row in _facts()["piper"]:
            if keys & set(row["names"]):
                return _terms({"natural": True} | row)
    unknown = _terms(_facts()["engines"]["piper"])
    return _by_card(unknown, card) if card else unknown


def _by_card(unknown: VoiceTerms, card: str) -> VoiceTerms:
    licence = re.search(r"^\W*Licen[cs]e:\s*(.+)$", card, re.I | re.M)
    told = licence[1].strip() if licence else ""
    terms = replace(unknown, licence=f"{told} (data)" if told else unknown.licence)
    base = re.search(r"fine-?tuned from (.+)", card, re.I)
    for name, reason in _RESTRICTED_BASES.items():
        if base and name in base[1].casefold():
            return replace(terms, training=f"fine-tuned from {name} ({reason})")
    if _NON_COMMERCIAL.search(told):
        return replace(terms, sell="no", training="data that is not for commercial use")
    if _FREE_LICENCE.search(told) and re.search(r"from scratch", card, re.I):
        return replace(terms, sell="yes", training=f"{told} data, from scratch")
    return replace(
        terms, training=base[0].rstrip(".") if base else "its model card doesn't say enough"
    )


def _as_the_user_says(terms: VoiceTerms) -> VoiceTerms:
    """*terms* of a server's voices, as far as the user's settings don't say better."""
    try:
        settings = endpoint_settings()
    except SpeechError:
        return terms
    if not settings.licence and settings.sell == "unclear":
        return terms
    return replace(
        terms,
        licence=settings.licence or terms.licence,
        sell=settings.sell,
        training="what you found out about the server's voices",
        source="your settings of the speech server",
    )


def _system_title(name: str) -> str:
    """Of ``com.apple.voice.compact.en-US.Samantha`` and ``…\\TTS_MS_EN-US_ZIRA_11.0``."""
    if name.startswith("com.apple."):
        return name.rpartition(".")[2]
    match = re.search(r"\\TTS_MS_[A-Za-z-]+_([A-Za-z]+)_", name)
    return match[1].title() if match else ""


def _description(engine: str, name: str) -> str:
    """Such as “warm, American, woman”."""
    found = _KOKORO_NAME.fullmatch(name)
    if engine not in ("kokoro", "endpoint") or found is None:
        return ""
    facts = _facts()
    parts = (facts["kokoro"].get(name), facts["languages"][found[1]][1], _GENDERS[found[2]])
    return ", ".join(filter(None, parts))


def _terms(row: Mapping[str, Any]) -> VoiceTerms:
    return VoiceTerms(
        natural=row["natural"],
        licence=row["licence"],
        sell=cast(Sell, row["sell"]),
        training=row["training"],
        source=row["source"],
    )


@cache
def _facts() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
