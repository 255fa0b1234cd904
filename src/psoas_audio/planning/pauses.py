"""The usual pauses, and how they give way to silences that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from psoas_audio.planning import model
from psoas_audio.units import seconds_to_samples

SENTENCE_PAUSE = seconds_to_samples(0.8)
"""Silence between the sentences of one ``say``."""
SAY_PAUSE = seconds_to_samples(1.5)
"""Silence after a ``say`` where nothing else is asked (a convention of guided sessions)."""
CHAPTER_PAUSE = seconds_to_samples(2)
"""Silence between chapters."""


@dataclass(frozen=True, slots=True)
class UsualPause:
    """What follows speech as a rule; an explicit pause, hold or rest takes its place."""

    length: int
    """Samples."""


UnsettledItem = model.Item | UsualPause
"""An item of a plan whose pauses are not settled yet."""


def settle_pauses(items: Iterable[UnsettledItem]) -> Iterator[model.Item]:
    """*items* with each usual pause kept, or left out before a silence that is asked for."""
    waiting = 0
    for item in items:
        if isinstance(item, UsualPause):
            waiting = max(waiting, item.length)
            continue
        if waiting and not item.replaces_pause:
            yield model.Silence("pause", waiting)
        waiting = 0
        yield item
