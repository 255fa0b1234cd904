"""The times of words in a timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from psoas_audio.timeline.model import Clip, Take, Timeline


def with_word_starts(timeline: Timeline, starts: Mapping[str, tuple[int, ...]]) -> Timeline:
    """*timeline* whose takes have the *starts* of their words, by media id: samples from the clip's
    start for each word of the take's text."""

    def timed(clip: Clip) -> Clip:
        if not isinstance(clip.media, Take) or not starts.get(clip.media.id):
            return clip
        return replace(clip, media=replace(clip.media, word_starts=starts[clip.media.id]))

    tracks = (replace(track, clips=tuple(map(timed, track.clips))) for track in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))


def without_word_starts(timeline: Timeline) -> Timeline:
    """*timeline* as it is planned, before the engine has told when each word is heard."""

    def untimed(clip: Clip) -> Clip:
        if not isinstance(clip.media, Take) or not clip.media.word_starts:
            return clip
        return replace(clip, media=replace(clip.media, word_starts=()))

    tracks = (replace(track, clips=tuple(map(untimed, track.clips))) for track in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))
