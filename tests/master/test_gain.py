"""The static gain of the voice."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.master.gain import GAIN_STEP_DB, voice_gain_db, voice_lufs
from psoas_audio.master.loudness import energies, integrated


def take(seed, seconds, level):
    random = np.random.default_rng(seed)
    return (random.standard_normal((round(seconds * 48_000), 1)) * level).astype(np.float32)


def test_the_takes_read_what_the_voice_track_reads():
    """Laid out with silence between them, in both channels of a stereo file."""
    takes = [take(1, 2.0, 0.1), take(2, 0.5, 0.05), take(3, 3.1, 0.15)]
    silence = np.zeros((96_000, 1), np.float32)
    track = np.concatenate([part for one in takes for part in (one, silence)])
    track = np.pad(track, ((0, -len(track) % 4800), (0, 0)))
    stereo = np.repeat(track, 2, axis=1)
    assert voice_lufs(map(energies, takes)) == pytest.approx(integrated(energies(stereo)), abs=0.15)


@given(st.floats(-70, 0), st.sampled_from([-16.0, -18.0, -23.0]))
def test_the_gain_reaches_the_target_within_half_a_step(reading, target):
    gain = voice_gain_db(reading, target)
    assert abs(reading + gain - target) <= GAIN_STEP_DB / 2
    assert gain % GAIN_STEP_DB == 0


def test_an_edited_line_rarely_moves_the_gain():
    kept = [energies(take(seed, 3, 0.11)) for seed in range(60)]
    gains = {
        voice_gain_db(voice_lufs([*kept[:30], energies(take(99, 2, level)), *kept[31:]]))
        for level in (0.07, 0.1, 0.14)
    }
    assert len(gains) == 1


def test_a_silent_voice_gets_no_gain():
    assert voice_lufs([]) == voice_lufs([np.zeros(20)]) == -math.inf
    assert voice_gain_db(-math.inf) == 0.0
