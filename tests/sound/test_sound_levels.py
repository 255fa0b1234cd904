"""The levels that everything is set by are those of BS.1770."""

from __future__ import annotations

import numpy as np
import pytest

from psoas_audio.sound.sound_levels import max_momentary_lufs, ungated_lufs
from psoas_audio.units import SAMPLE_RATE


def tone(level_db: float, seconds: float, channels: int) -> np.ndarray:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * 1000 * time)
    return np.repeat(wave[:, np.newaxis], channels, axis=1).astype(np.float32)


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_stereo_sine_reads_its_level(level: float) -> None:
    """The signal of EBU Tech 3341's first two cases."""
    assert ungated_lufs(tone(level, 20, 2)) == pytest.approx(level, abs=0.1)
    assert max_momentary_lufs(tone(level, 3, 2)) == pytest.approx(level, abs=0.1)


def test_mono_is_read_as_both_sides_play_it() -> None:
    assert ungated_lufs(tone(-23, 5, 1)) == pytest.approx(-23, abs=0.1)


def test_a_short_sound_is_measured_over_400_ms() -> None:
    assert max_momentary_lufs(tone(-20, 0.1, 2)) == pytest.approx(-26, abs=0.3)


def test_silence_has_no_level() -> None:
    assert ungated_lufs(np.zeros((100, 1), np.float32)) == -np.inf
