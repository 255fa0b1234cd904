"""Two breaths that follow each other never have the same tones."""

from __future__ import annotations

from itertools import pairwise

import pytest

import psoas_audio
from psoas_audio.timeline import Breath

STEPS = (
    "breathe: {pattern: [4, 0, 6, 0], time: 3m}",
    "breathe: {pattern: [5, 0, 5, 0], time: 3m}",
    "breathe: {pattern: 4-7-8, breaths: 4}",
    "breathe: {pattern: [5.5, 0, 5.5, 0], time: 3m}",
    "breathe: {pattern: [4, 4, 4, 4], time: 3m}",
    "breathe: {pattern: [4, 0, 6, 0], to: [5, 0, 7, 0], time: 1m}",
    "breathe: {pattern: [4, 0, 6, 0], to: [5, 0, 7, 0], time: 2m}",
    "breathe: {pattern: [4, 0, 6, 0], to: [4, 0, 8, 0], time: 6m}",
    "breathe: {pattern: [4, 0, 4, 0], to: [6, 0, 6, 0], breaths: 5}",
)


@pytest.mark.parametrize("step", STEPS)
def test_neighbours_have_other_tones(step: str) -> None:
    script = psoas_audio.parse_script(f"title: T\nsafety: none\nsteps:\n  - {step}\n")
    clips = psoas_audio.plan(script).timeline.track("breath").clips
    versions: dict[int, int] = {}
    for clip in clips:
        assert isinstance(clip.media, Breath)
        versions[clip.media.cycle] = clip.media.version % 4
    found = list(versions.values())
    assert len(found) > 2
    assert all(one != other for one, other in pairwise(found))
