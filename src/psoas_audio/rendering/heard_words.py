"""Word times for a session whose engine tells none: a listener hears its takes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from psoas_audio.errors import ListenerError
from psoas_audio.listening.hear import LineAudio
from psoas_audio.listening.listener import Listener, find_listener
from psoas_audio.listening.word_times import heard_word_starts
from psoas_audio.timeline import Take, Timeline
from psoas_audio.timeline.word_times import with_word_starts
from psoas_audio.units import SAMPLE_RATE


def with_heard_words(
    timeline: Timeline, read: Callable[[str], np.ndarray], workers: int | None
) -> tuple[Timeline, str]:
    """*timeline* with the times of words that engines don't tell, and a warning or nothing.

    *read* gives a take's samples by media id. Without a listener the times stay unknown, which the
    warning says.
    """

    def language_of(take: Take) -> str:
        return take.language or timeline.language

    clips = timeline.track("voice").clips
    takes = {clip.media.id: clip.media for clip in clips if isinstance(clip.media, Take)}
    untold = [take for take in takes.values() if not take.word_starts and take.text.split()]
    if not untold:
        return timeline, ""
    try:
        listener = Listener(find_listener(language=timeline.language), workers)
        for take in untold:
            listener.require(language_of(take))
    except ListenerError as error:
        count = "1 line" if len(untold) == 1 else f"{len(untold)} lines"
        engines = ", ".join(sorted({take.engine for take in untold}))
        return timeline, (
            f"the captions by word have no times for {count}: {engines} doesn't"
            f" tell them, and nothing can listen: {error.what} {error.hint}".rstrip()
        )
    lines = (
        LineAudio(
            0, take.text, read(take.id)[:, 0], SAMPLE_RATE, take.language or timeline.language
        )
        for take in untold
    )
    starts = heard_word_starts(listener, lines)
    found = dict(zip((take.id for take in untold), starts, strict=True))
    return with_word_starts(timeline, found), ""
