"""Which voice speaks, and the media id of what it says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache

from psoas_audio.planning.model import Utterance
from psoas_audio.script.model import FASTEST_RATE, VoiceSettings

_UNCHANGED = VoiceSettings()


def override_voice(override: VoiceSettings, base: VoiceSettings) -> VoiceSettings:
    """*base* with the settings that *override* has; another engine drops the name of the voice."""
    if override == _UNCHANGED:
        return base
    changed = override.engine is not None and override.engine != base.engine
    return VoiceSettings(
        engine=override.engine or base.engine,
        name=override.name or (None if changed else base.name),
        rate=override.rate or base.rate,
        pitch=base.pitch if override.pitch is None else override.pitch,
        treatment=override.treatment or base.treatment,
        level=base.level if override.level is None else override.level,
    )


def at_rate(utterance: Utterance, rate: int) -> Utterance:
    """*utterance* spoken at *rate* words per minute, 250 at most."""
    rate = min(rate, FASTEST_RATE)
    take = media_id(
        utterance.engine,
        utterance.voice,
        rate,
        utterance.pitch,
        utterance.language,
        utterance.text,
        treatment=utterance.treatment,
    )
    return replace(utterance, rate=rate, take=take)


@lru_cache(maxsize=4096)  # the search for a length plans the same utterances many times
def media_id(*what: object, treatment: str) -> str:
    """A media id, the same for utterances that sound the same."""
    text = json.dumps(what if treatment == "plain" else (*what, treatment), ensure_ascii=False)
    return "t" + hashlib.sha256(text.encode()).hexdigest()[:16]
