"""Finds the times of words by a transcriber, for takes whose engine doesn't report them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from psoas_audio.errors import TranscriptionError
from psoas_audio.listening.hear import LineAudio
from psoas_audio.listening.transcriber import Transcriber, find_transcriber
from psoas_audio.listening.word_times import heard_word_starts
from psoas_audio.timeline import Take, Timeline
from psoas_audio.timeline.word_times import with_word_starts
from psoas_audio.units import SAMPLE_RATE


def with_heard_words(
    timeline: Timeline, read: Callable[[str], np.ndarray], workers: int | None
) -> tuple[Timeline, str]:
    """*timeline* with word times also for takes whose engine doesn't report them, and a warning.

    *read* returns the samples of a take by its media id. Without a transcriber those times stay
    unknown, and the warning says so; else it is empty.
    """

    def language_of(take: Take) -> str:
        return take.language or timeline.language

    clips = timeline.track("voice").clips
    takes = {clip.media.id: clip.media for clip in clips if isinstance(clip.media, Take)}
    unknown = [take for take in takes.values() if not take.word_starts and take.text.split()]
    if not unknown:
        return timeline, ""
    try:
        transcriber = Transcriber(find_transcriber(language=timeline.language), workers)
        for take in unknown:
            transcriber.require(language_of(take))
    except TranscriptionError as error:
        count = "1 line" if len(unknown) == 1 else f"{len(unknown)} lines"
        engines = ", ".join(sorted({take.engine for take in unknown}))
        return timeline, (
            f"the word captions have no times for {count}: {engines} doesn't report them,"
            f" and there is no speech recognition: {error.what} {error.hint}".rstrip()
        )
    lines = (
        LineAudio(
            0, take.text, read(take.id)[:, 0], SAMPLE_RATE, take.language or timeline.language
        )
        for take in unknown
    )
    starts = heard_word_starts(transcriber, lines)
    found = dict(zip((take.id for take in unknown), starts, strict=True))
    return with_word_starts(timeline, found), ""
