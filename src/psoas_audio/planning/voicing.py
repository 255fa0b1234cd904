"""Whose voice speaks: wishes laid over each other, and the id of what is spoken."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache

from psoas_audio.planning.model import Utterance
from psoas_audio.script import model as script

_MAX_RATE_WPM = 250
"""The fastest that a script may ask for."""

_UNCHANGED = script.VoiceSettings()


def override_voice(wish: script.VoiceSettings, base: script.VoiceSettings) -> script.VoiceSettings:
    """*base* with what *wish* asks for; another engine drops the voice named for the old one."""
    if wish == _UNCHANGED:
        return base
    changed = wish.engine is not None and wish.engine != base.engine
    return script.VoiceSettings(
        engine=wish.engine or base.engine,
        name=wish.name or (None if changed else base.name),
        rate=wish.rate or base.rate,
        pitch=base.pitch if wish.pitch is None else wish.pitch,
        treatment=wish.treatment or base.treatment,
        level=base.level if wish.level is None else wish.level,
    )


def at_rate(utterance: Utterance, rate: int) -> Utterance:
    """*utterance* spoken at *rate* words per minute, 250 at most."""
    rate = min(rate, _MAX_RATE_WPM)
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


@lru_cache(maxsize=4096)  # a search for a length asks for the same again and again
def media_id(*what: object, treatment: str) -> str:
    """A media id: the same for utterances that sound the same."""
    text = json.dumps(what if treatment == "plain" else (*what, treatment), ensure_ascii=False)
    return "t" + hashlib.sha256(text.encode()).hexdigest()[:16]
