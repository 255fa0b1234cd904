"""Beds loop without a seam, and go down before words and back up after them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.sound.bed import Loop, fade_gain
from psoas_audio.sound.ducking import (
    DUCK_AHEAD,
    DUCK_DEPTH_DB,
    DUCK_LINGER,
    DUCK_RELEASE,
    duck_gain,
)
from psoas_audio.sound.looping import make_seamless
from psoas_audio.units import SAMPLE_RATE

SECOND = SAMPLE_RATE


def db(gain: np.ndarray) -> np.ndarray:
    return 20 * np.log10(gain)


@given(st.integers(1, 50), st.integers(0, 10_000), st.integers(0, 200))
def test_a_loop_goes_on_for_ever(period: int, start: int, length: int) -> None:
    samples = np.arange(period * 2, dtype=np.float32).reshape(period, 2)
    read = Loop(samples).read(start, start + length)
    np.testing.assert_array_equal(read, samples[np.arange(start, start + length) % period])


def test_the_bed_is_down_when_each_phrase_begins_and_back_after_it() -> None:
    phrases = [(10 * SECOND, 12 * SECOND), (20 * SECOND, 21 * SECOND)]
    gain = db(duck_gain(phrases, 0, 30 * SECOND))
    for start, end in phrases:
        np.testing.assert_allclose(gain[start:end], DUCK_DEPTH_DB, atol=1e-4)
        assert gain[start - DUCK_AHEAD] == 0
        assert gain[start - 1] < DUCK_DEPTH_DB + 0.01
        assert gain[end + DUCK_RELEASE] == 0
    assert gain[0] == gain[16 * SECOND] == gain[-1] == 0
    assert np.abs(np.diff(gain)).max() < 0.03 / 48 * 1.2  # dB a sample: no jump to be heard


def test_short_gaps_do_not_pump_and_long_ones_breathe() -> None:
    phrases = [(5 * SECOND, 6 * SECOND), (6 * SECOND + DUCK_LINGER, 9 * SECOND + DUCK_LINGER)]
    gain = db(duck_gain(phrases, 0, 20 * SECOND))
    np.testing.assert_allclose(
        gain[5 * SECOND : 9 * SECOND + DUCK_LINGER], DUCK_DEPTH_DB, atol=1e-4
    )
    phrases = [(5 * SECOND, 6 * SECOND), (6 * SECOND + DUCK_LINGER + 1, 12 * SECOND)]
    assert db(duck_gain(phrases, 0, 20 * SECOND))[6 * SECOND : 8 * SECOND].max() > -0.01


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 2 * SECOND), max_size=8),
    st.lists(st.integers(0, 4 * SECOND), max_size=5),
)
def test_the_gain_does_not_depend_on_where_blocks_are_cut(
    steps: list[int], cuts: list[int]
) -> None:
    edges = np.cumsum(steps).tolist()
    phrases = list(zip(edges[::2], edges[1::2], strict=False))
    total = 4 * SECOND
    whole = duck_gain(phrases, 0, total)
    places = sorted({0, total, *cuts})
    parts = [duck_gain(phrases, start, stop) for start, stop in pairwise(places)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)
    assert whole.max() <= 1.0
    assert (np.abs(np.diff(db(whole))) < 0.001).all()


def test_fades_begin_and_end_in_silence_wherever_blocks_are_cut() -> None:
    total = 10 * SECOND
    whole = fade_gain(0, total, total, 2 * SECOND, 4 * SECOND)
    assert whole[0] == 0
    assert whole[-1] < 1e-6
    assert whole[SECOND] == pytest.approx(0.5)
    assert whole[-2 * SECOND] == pytest.approx(0.5)
    assert (whole[2 * SECOND : 6 * SECOND] == 1.0).all()
    cut = [fade_gain(s, s + 7_777, total, 2 * SECOND, 4 * SECOND) for s in range(0, total, 7_777)]
    np.testing.assert_array_equal(np.concatenate(cut)[:total], whole)
    assert (fade_gain(0, 10, 10, 0, 0) == 1.0).all()


def levels_around_the_seam(samples: np.ndarray) -> np.ndarray:
    """RMS in dB of 50 ms windows over a second around the seam, against the whole."""
    period = len(samples)
    around = Loop(samples).read(period - SECOND // 2, period + SECOND // 2)
    powers = np.square(around.astype(np.float64)).reshape(20, -1).mean(axis=1)
    return 10 * np.log10(powers / np.mean(np.square(samples.astype(np.float64))))


def test_a_faded_recording_becomes_a_loop_without_a_dip() -> None:
    rng = np.random.default_rng(5)
    samples = (0.1 * rng.standard_normal((12 * SECOND, 2))).astype(np.float32)
    samples *= fade_gain(0, len(samples), len(samples), 2 * SECOND, 3 * SECOND)[:, np.newaxis]
    loop = make_seamless(np.pad(samples, ((SECOND, SECOND), (0, 0))))
    assert loop.dtype == np.float32
    assert len(loop) > 5 * SECOND
    assert np.abs(levels_around_the_seam(loop[SECOND:])).max() < 9  # inside the old fades
    assert np.abs(levels_around_the_seam(loop)).max() < 3


def test_a_tone_loops_in_phase() -> None:
    time = np.arange(9 * SECOND + 1234) / SAMPLE_RATE
    tone = (0.2 * np.sin(2 * np.pi * 220.3 * time)).astype(np.float32)[:, np.newaxis]
    loop = make_seamless(tone)
    period = len(loop)
    around = Loop(loop).read(period - 2 * SECOND, period + 3 * SECOND)[:, 0]
    assert np.abs(np.diff(around)).max() < 1.05 * np.abs(np.diff(tone[:, 0])).max()
    assert np.abs(levels_around_the_seam(loop)).max() < 0.5


@pytest.mark.parametrize("frames", [1, 2, 7, 8, 100, 20_000])
def test_tiny_and_silent_recordings_loop_too(frames: int) -> None:
    assert len(make_seamless(np.full((frames, 1), 0.1, np.float32))) >= 1
    silent = make_seamless(np.zeros((frames, 2), np.float32))
    assert np.isfinite(silent).all()
