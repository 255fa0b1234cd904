"""What a page draws of the breath track: how full the lungs are, and which breath of how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from psoas_audio.timeline.model import Breath, Clip
from psoas_audio.units import samples_to_ms

_FULLNESS = {
    "in": 1.0, "sip": 1.0, "full": 1.0, "out": 0.0, "empty": 0.0,
    "up": 1.0, "top": 1.0, "down": 0.0, "bottom": 0.0,
}  # fmt: skip
"""How full the lungs are after each phase, 0 to 1; of a repetition, how high the movement is."""
_FULLNESS_BEFORE_SIP = 0.8
"""The same after an in-breath with a second sip to follow."""


def breath_levels(clips: Sequence[Clip]) -> Iterator[list[Any]]:
    """For each breath phase: start and end (ms), kind, how full the lungs are at both (0 to 1),
    1 if it is soft, else 0, its cycle, and the number of cycles that follow each other without a
    pause; cycles count from 1."""
    for run in _runs(clips):
        full = 0.0
        numbers = list(_cycle_numbers(run))
        for clip, following, number in zip_longest(run, run[1:], numbers):
            breath = _breath(clip)
            sips = following is not None and _breath(following).kind == "sip"
            before = full
            full = _FULLNESS_BEFORE_SIP if breath.kind == "in" and sips else _FULLNESS[breath.kind]
            times = [samples_to_ms(clip.start), samples_to_ms(clip.end)]
            yield [*times, breath.kind, before, full, int(breath.soft), number, numbers[-1]]


def _runs(clips: Sequence[Clip]) -> Iterator[list[Clip]]:
    """*clips* that follow each other without a pause, and are all soft or none of them."""
    run: list[Clip] = []
    for clip in clips:
        if not isinstance(clip.media, Breath):
            continue
        if run and (clip.start != run[-1].end or clip.media.soft != _breath(run[-1]).soft):
            yield run
            run = []
        run.append(clip)
    if run:
        yield run


def _cycle_numbers(run: Sequence[Clip]) -> Iterator[int]:
    number, before = 0, None
    for clip in run:
        if (cycle := _breath(clip).cycle) != before:
            number, before = number + 1, cycle
        yield number


def _breath(clip: Clip) -> Breath:
    assert isinstance(clip.media, Breath)
    return clip.media
