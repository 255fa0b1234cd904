"""Decides which voice speaks an utterance, and computes the media id of its take."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, replace
from functools import lru_cache

from psoas_audio.locale.ipa import WrittenPronunciation
from psoas_audio.locale.tags import main_language
from psoas_audio.planning.choices import DEFAULT_ENGINE
from psoas_audio.planning.model import Utterance
from psoas_audio.script.model import FASTEST_RATE, AutoVoices, VoiceSettings

AUTO_ENGINE = "auto"
"""The name by which a script asks for the best engine that is installed."""
_UNCHANGED = VoiceSettings()


def override_voice(
    override: VoiceSettings, base: VoiceSettings, implied_language: str = ""
) -> VoiceSettings:
    """*base* with those settings that *override* has.

    A change of engine or language drops the name of the voice. *implied_language* is the language
    of the voice that *override* names; it applies if *override* itself names none.
    """
    if override == _UNCHANGED:
        return base
    changed = override.engine is not None and override.engine != base.engine
    language = override.language or base.language
    spoken, implied = main_language(base.language or ""), main_language(implied_language)
    if not override.language and implied and implied != spoken:
        language = implied_language
    changed |= main_language(language or "") != spoken
    return VoiceSettings(
        engine=override.engine or base.engine,
        name=override.name or (None if changed else base.name),
        rate=override.rate or base.rate,
        pitch=base.pitch if override.pitch is None else override.pitch,
        treatment=override.treatment or base.treatment,
        level=base.level if override.level is None else override.level,
        language=language,
        speaker=override.speaker or base.speaker,
    )


def engine_and_voice(
    voice: VoiceSettings, language: str, auto_voices: AutoVoices
) -> tuple[str, str | None]:
    """The engine, and its name for the voice, that *voice* means in *language*, a BCP 47 tag."""
    named = auto_voices.by_name.get(voice.name) if voice.name else None
    if voice.engine not in (None, AUTO_ENGINE):
        if voice.name is None:
            return voice.engine, auto_voices.by_engine.get((voice.engine, language))
        own = named is not None and named[0] == voice.engine
        return voice.engine, named[1] if own and named is not None else voice.name
    if voice.name is not None:
        return named or (DEFAULT_ENGINE, voice.name)
    return auto_voices.by_language.get(language, (DEFAULT_ENGINE, None))


def at_rate(utterance: Utterance, rate: int) -> Utterance:
    """*utterance* hurried: spoken at *rate* words per minute, 250 at most."""
    rate = min(rate, FASTEST_RATE)
    take = media_id(
        utterance.engine,
        utterance.voice,
        rate,
        utterance.pitch,
        utterance.language,
        utterance.text,
        *utterance.pronounced,
        treatment=utterance.treatment,
    )
    return replace(utterance, rate=rate, take=take, hurried=True)


@lru_cache(maxsize=4096)  # the search for a length plans the same utterances many times
def media_id(*what: object, treatment: str) -> str:
    """The media id of a take: the same for utterances that sound the same."""
    parts = [astuple(part) if isinstance(part, WrittenPronunciation) else part for part in what]
    text = json.dumps(parts if treatment == "plain" else [*parts, treatment], ensure_ascii=False)
    data = text.encode(errors="surrogatepass")  # an environment variable can hold any bytes
    return "t" + hashlib.sha256(data).hexdigest()[:16]
