"""The gain of each track: everything is set against the voice."""

from __future__ import annotations

from psoas_audio.mix import Levels, Media
from psoas_audio.sound.levels import VOICE_LUFS
from psoas_audio.timeline import Sound, Timeline


def levels(timeline: Timeline, media: Media, voice_gain: float, target: float) -> Levels:
    """Gains that bring the voice to *target* LUFS and the other tracks to their place under it.

    *voice_gain* is what the takes need, in dB. Breath tones and bells are made for a
    voice at :data:`VOICE_LUFS`; the bed lies its track's level under the voice.
    """
    shift = target - VOICE_LUFS
    bed = 0.0
    for clip in timeline.track("bed").clips:
        if isinstance(clip.media, Sound):
            bed = target + timeline.track("bed").level - media.loudness(clip.media.name)
    return Levels(voice=voice_gain, breath=shift, bells=shift, bed=bed)
