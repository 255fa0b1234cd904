"""The gain of each track: everything is set against the voice."""

from __future__ import annotations

from collections.abc import Mapping

from psoas_audio.master.gain import gains_of, voice_lufs
from psoas_audio.master.loudness import Energies
from psoas_audio.mix import Levels, Media
from psoas_audio.planning import Plan
from psoas_audio.sound.levels import VOICE_LUFS
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import Sound, Timeline
from psoas_audio.units import db_to_gain


def voice_gains(plan: Plan, facts: Mapping[str, TakeFacts], target: float) -> dict[str, float]:
    """dB that brings each take of *plan*, by its media id, to *target* LUFS with its voice.

    A voice is who really spoke: a line without its recording is its engine's, not the narrator's.
    """
    voices: dict[tuple[str, str], dict[str, Energies]] = {}
    for utterance in plan.utterances():
        take = facts[utterance.take]
        voices.setdefault((utterance.engine, take.voice), {})[utterance.take] = take.energies
    return gains_of(voices.values(), target)


def loudness_at(gains: Mapping[str, float], facts: Mapping[str, TakeFacts]) -> float:
    """Integrated loudness of all takes at their gains, in LUFS as two channels play it."""
    return voice_lufs(facts[take].energies * db_to_gain(gain) ** 2 for take, gain in gains.items())


def levels(timeline: Timeline, media: Media, voice: Mapping[str, float], target: float) -> Levels:
    """Gains that bring the voice to *target* LUFS and the other tracks to their place under it.

    *voice* is what the takes need, of :func:`voice_gains`. Breath tones and bells are made for a
    voice at :data:`VOICE_LUFS`; the bed lies its track's level under the voice.
    """
    shift = target - VOICE_LUFS
    bed = 0.0
    for name in _beds(timeline):
        bed = target + timeline.track("bed").level - media.loudness(name)
    return Levels(voice=voice, breath=shift, bells=shift, bed=bed)


def prepare(timeline: Timeline, media: Media) -> None:
    """Have *media* decode and measure what takes a while: the bed."""
    for name in _beds(timeline):
        media.loudness(name)
        media.loop(name)


def _beds(timeline: Timeline) -> list[str]:
    clips = timeline.track("bed").clips
    return [clip.media.name for clip in clips if isinstance(clip.media, Sound)]
