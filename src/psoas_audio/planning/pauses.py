"""The usual pauses between what is said, and what takes their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from psoas_audio.planning import model
from psoas_audio.units import seconds_to_samples

HOLD_PAUSE = seconds_to_samples(0.8)
"""Samples of silence after a ``hold`` or ``rest`` that no sound ends."""
SAY_PAUSE = seconds_to_samples(1.5)
"""Samples of silence after a ``say``; a convention of guided sessions."""
CHAPTER_PAUSE = seconds_to_samples(2)
"""Samples of silence between chapters."""


@dataclass(frozen=True, slots=True)
class UsualPause:
    """A pause that follows speech unless the script has a pause, a hold or a rest there."""

    length: int
    """Samples."""


UnsettledItem = model.Item | UsualPause
"""An item of a plan, or a pause that may still be left out."""


def settle_pauses(items: Iterable[UnsettledItem]) -> Iterator[model.Item]:
    """*items* with each usual pause as a silence, or left out before an item that replaces it."""
    waiting = 0
    for item in items:
        if isinstance(item, UsualPause):
            waiting = max(waiting, item.length)
            continue
        if waiting and not item.replaces_pause:
            yield model.Silence("pause", waiting)
        waiting = 0
        yield item
