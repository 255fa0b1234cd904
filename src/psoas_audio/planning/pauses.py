"""The silences that a session has by default, and what replaces them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from psoas_audio.planning import model
from psoas_audio.units import seconds_to_samples

LEAD_IN = seconds_to_samples(2)
"""Samples before the first word: the bed fades in, the listener puts the phone down."""
LEAD_OUT = seconds_to_samples(6)
"""Samples after the last word, in which the bed fades out."""
BELL_PAUSE = seconds_to_samples(3)
"""Samples from the start of a bell to what follows it; the bell rings on underneath."""
READY_PAUSE = seconds_to_samples(3)
"""Samples between the words to get ready and the hold."""
HOLD_PAUSE = seconds_to_samples(0.8)
"""Samples of silence after a ``hold`` or ``rest`` that no sound ends."""
SAY_PAUSE = seconds_to_samples(1.5)
"""Samples of silence after a ``say``; a convention of guided sessions."""
CHAPTER_PAUSE = seconds_to_samples(2)
"""Samples of silence between chapters."""
PAUSE_VARIATION = 0.15
"""By how much of its length a pause between sentences is longer or shorter at most: people pause by
sense and breath, and pauses that are equal to the hundredth sound like a machine."""


class DefaultPause(NamedTuple):
    """A pause that follows speech unless the script has a pause, a hold or a rest there."""

    length: int
    """Samples."""


def varied_pause(length: int, after: str) -> int:
    """*length* samples, a little longer or shorter as the words *after* which it comes decide.

    The same words have the same pause wherever they are said, on both sides and in every round.
    """
    drawn = int.from_bytes(hashlib.sha256(after.encode()).digest()[:4])
    share = drawn / 0xFFFFFFFF * 2.0 - 1.0
    return round(length * (1.0 + PAUSE_VARIATION * share))


ItemOrPause = model.Item | DefaultPause
"""An item of a plan, or a default pause that may still be left out."""


def resolve_pauses(items: Iterable[ItemOrPause]) -> Iterator[model.Item]:
    """*items* with each default pause as a silence, or without it where the next item replaces it.

    Of several default pauses in a row the longest counts. A pause belongs to the step before it.
    """
    pause, step = 0, ""
    for item in items:
        if isinstance(item, DefaultPause):
            pause = max(pause, item.length)
            continue
        if pause and not item.replaces_pause:
            yield model.Silence("pause", pause, step=step)
        pause, step = 0, item.step
        yield item
