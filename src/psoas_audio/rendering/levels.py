"""The gain of each track: everything is set against the voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from psoas_audio.master.gain import gains_of, voice_lufs
from psoas_audio.master.loudness import Energies
from psoas_audio.mix import BedLevel, Levels, Media
from psoas_audio.planning import Utterance
from psoas_audio.sound.levels import VOICE_LUFS
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import Sound, Timeline
from psoas_audio.units import db_to_gain

MAX_MAKEUP_GAIN_DB = 24.0
"""The most that a bed is raised: beyond it, what is heard is the noise of its recording."""
MAX_BED_PEAK_DB = -4.0
"""dB of a bed's highest sample over the voice's loudness: about where the voice's vowels peak less
10 dB, so that no single knock in a bed can startle."""
_AUDIBLE_DIFFERENCE_DB = 1.0


def voice_gains(
    utterances: Iterable[Utterance], facts: Mapping[str, TakeFacts], target: float
) -> dict[str, float]:
    """dB that brings each take of *utterances*, by its media id, to *target* LUFS with its voice.

    A voice is who really spoke: a line without its recording is its engine's, not the narrator's.
    """
    voices: dict[tuple[str, str], dict[str, Energies]] = {}
    for utterance in utterances:
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
        bed = _bed_gain(timeline, media.level(name), target)
    return Levels(voice=voice, breath=shift, bells=shift, bed=bed)


def bed_warnings(timeline: Timeline, media: Media, target: float) -> list[str]:
    """What to tell of a bed that can't be brought to the level its script asks for."""
    warnings = []
    for name in _beds(timeline):
        level = media.level(name)
        missing = _asked_gain(timeline, level, target) - _bed_gain(timeline, level, target)
        if missing > _AUDIBLE_DIFFERENCE_DB:
            warnings.append(
                f"the bed {name} is {missing:.0f} dB quieter than its level asks for: "
                "the file is too quiet, or its peaks are too high, for more gain"
            )
    return warnings


def _asked_gain(timeline: Timeline, level: BedLevel, target: float) -> float:
    return target + timeline.track("bed").level - level.loudness


def _bed_gain(timeline: Timeline, level: BedLevel, target: float) -> float:
    """dB that bring a bed to its level, but no more than its own noise and its peaks allow."""
    return min(
        _asked_gain(timeline, level, target),
        MAX_MAKEUP_GAIN_DB,
        target + MAX_BED_PEAK_DB - level.peak,
    )


def prepare(timeline: Timeline, media: Media) -> None:
    """Have *media* decode and measure what takes a while: the bed."""
    for name in _beds(timeline):
        media.level(name)
        media.loop(name)


def _beds(timeline: Timeline) -> list[str]:
    clips = timeline.track("bed").clips
    return [clip.media.name for clip in clips if isinstance(clip.media, Sound)]
