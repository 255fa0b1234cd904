"""The gain of each track, relative to the voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from psoas_audio.master.gain import gains_of, voice_lufs
from psoas_audio.master.loudness import Energies
from psoas_audio.mix import BedLevel, Levels, Media
from psoas_audio.planning import Utterance
from psoas_audio.sound.sound_levels import VOICE_LUFS
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import BedSound, Timeline
from psoas_audio.units import db_to_gain

MAX_MAKEUP_GAIN_DB = 24.0
"""The most that a bed is raised: beyond it, what is heard is the noise of its recording."""
MAX_BED_PEAK_DB = 4.0
"""dB of a bed's highest sample over the voice's loudness, where it has come up: about where the
voice's vowels peak less 2 dB, so that no single knock in a bed can startle."""
_AUDIBLE_DIFFERENCE_DB = 1.0


def voice_gains(
    utterances: Iterable[Utterance],
    level_lines: Iterable[Utterance],
    facts: Mapping[str, TakeFacts],
    target_lufs: float,
) -> dict[str, float]:
    """Media id of each take of *utterances* to its gain in dB.

    That is the gain which brings its voice to *target_lufs* in *level_lines*, those of
    :attr:`~psoas_audio.drafting.draft.Draft.level_lines`; a voice that speaks none of them is
    brought to it in its own lines. A voice is the one that really spoke: a line whose recording is
    missing counts as its engine's.
    """
    spoken, voices = _by_voice(utterances, facts), _by_voice(level_lines, facts)
    voices = {**spoken, **voices}
    gains = dict(zip(voices, gains_of(voices.values(), target_lufs), strict=True))
    return {take: gains[voice] for voice, takes in spoken.items() for take in takes}


def _by_voice(
    utterances: Iterable[Utterance], facts: Mapping[str, TakeFacts]
) -> dict[tuple[str, str], dict[str, Energies]]:
    """Engine and voice to the energies of its takes, by their ids."""
    voices: dict[tuple[str, str], dict[str, Energies]] = {}
    for utterance in sorted(utterances, key=lambda each: each.take):
        take = facts[utterance.take]
        voices.setdefault((utterance.engine, take.voice), {})[utterance.take] = take.energies
    return voices


def loudness_at(gains: Mapping[str, float], facts: Mapping[str, TakeFacts]) -> float:
    """Integrated loudness of all takes at their gains (dB), in LUFS as two channels play it."""
    return voice_lufs(facts[take].energies * db_to_gain(gain) ** 2 for take, gain in gains.items())


def track_levels(
    timeline: Timeline, media: Media, voice: Mapping[str, float], target_lufs: float
) -> Levels:
    """Gains that bring the voice to *target_lufs* and the other tracks to their distance from it.

    *voice* are the gains of :func:`voice_gains`. Breath tones and bells are made for a voice at
    :data:`VOICE_LUFS`; the bed is below the voice by its track's level.
    """
    shift = target_lufs - VOICE_LUFS
    bed = 0.0
    for name in _beds(timeline):
        bed = _bed_gain(timeline, media.level(name), target_lufs)
    return Levels(voice=voice, breath=shift, bells=shift, bed=bed)


def bed_warnings(timeline: Timeline, media: Media, target_lufs: float) -> list[str]:
    """Warnings about a bed that can't be brought to the level its script asks for."""
    warnings = []
    for name in _beds(timeline):
        level = media.level(name)
        asked = _asked_gain(timeline, level, target_lufs)
        missing = asked - _bed_gain(timeline, level, target_lufs)
        if missing > _AUDIBLE_DIFFERENCE_DB:
            warnings.append(
                f"the bed {name} is {missing:.0f} dB quieter than its level says: "
                "its file is too quiet, or its peaks are too high, to be amplified any further"
            )
    return warnings


def _asked_gain(timeline: Timeline, level: BedLevel, target_lufs: float) -> float:
    return target_lufs + timeline.track("bed").level - level.loudness


def _bed_gain(timeline: Timeline, level: BedLevel, target_lufs: float) -> float:
    """dB that bring a bed to its level, but no more than its noise and its peaks allow."""
    clips = timeline.track("bed").clips
    rises = (clip.level + clip.media.rise for clip in clips if isinstance(clip.media, BedSound))
    return min(
        _asked_gain(timeline, level, target_lufs),
        MAX_MAKEUP_GAIN_DB,
        target_lufs + MAX_BED_PEAK_DB - level.peak - max(0.0, *rises),
    )


def load_beds(timeline: Timeline, media: Media) -> None:
    """Have *media* decode and measure the beds, which takes a while."""
    for name in _beds(timeline):
        media.level(name)
        media.loop(name)


def _beds(timeline: Timeline) -> list[str]:
    clips = timeline.track("bed").clips
    found = (clip.media.name for clip in clips if isinstance(clip.media, BedSound))
    return list(dict.fromkeys(found))
