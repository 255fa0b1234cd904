"""Odd sounds of a producer's own: each is used as a person would want, or refused with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import own_sounds
from psoas_audio.sound.sound_levels import VOICE_LUFS, max_momentary_lufs

SOUNDS = own_sounds.sounds()
REFUSED = {
    "too slow a rate: 4 kHz",
    "three channels",
    "silence",
    "silence with dither",
    "a constant offset and nothing else",
    "not a number in it",
    "infinite in it",
}


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("looped", [False, True], ids=["bell", "bed"])
@pytest.mark.parametrize("name", SOUNDS)
def test_an_own_sound_is_fit_for_a_session(
    tmp_path: Path, name: str, looped: bool, channels: int
) -> None:
    used = own_sounds.use(SOUNDS[name], tmp_path, looped=looped, channels=channels)
    assert (used.samples is None) == (name in REFUSED)
    if used.samples is None:
        assert used.refusal
        return
    samples = used.samples
    assert samples.shape[1] == channels
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() > 1e-4
    if len(samples) < 480:
        return
    if not looped:
        assert max_momentary_lufs(samples) <= VOICE_LUFS + 0.1
        assert np.abs(samples[[0, -1]]).max() < 0.02
        assert np.abs(samples.mean(axis=0)).max() < 0.01
    else:  # no seam is a larger step than the sound itself takes
        seam = np.abs(samples[0] - samples[-1]).max()
        assert seam <= np.abs(np.diff(samples, axis=0)).max() + 1e-3


def test_the_page_says_what_becomes_of_each(tmp_path: Path) -> None:
    without_numbers = [
        re.sub(r"[0-9.]+ (?:of|s|dB)", "", text)
        for text in (own_sounds.page(tmp_path), own_sounds.PAGE.read_text("utf-8"))
    ]
    assert without_numbers[0] == without_numbers[1]
