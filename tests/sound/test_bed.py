"""Beds loop without a seam, come up in silences and are down before words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.sound.bed import Loop
from psoas_audio.sound.bed_levels import BedLevels, Section, fade
from psoas_audio.sound.looping import make_seamless
from psoas_audio.sound.swell import AHEAD, Swell
from psoas_audio.units import SAMPLE_RATE

SECOND = SAMPLE_RATE


def db(gain: np.ndarray) -> np.ndarray:
    return 20 * np.log10(gain)


@given(st.integers(1, 50), st.integers(0, 10_000), st.integers(0, 200))
def test_a_loop_goes_on_for_ever(period: int, start: int, length: int) -> None:
    samples = np.arange(period * 2, dtype=np.float32).reshape(period, 2)
    read = Loop(samples).read(start, start + length)
    np.testing.assert_array_equal(read, samples[np.arange(start, start + length) % period])


def levels_of(sections, end, front, fade_in=8 * SECOND, fade_out=8 * SECOND):  # type: ignore[no-untyped-def]
    """The level in dB at each 10 ms of a bed from 0 to *end*."""
    levels = BedLevels(sections, end, fade_in, fade_out, front)
    return db(np.maximum(whole_gain(levels, end)[::480], 1e-9))


def whole_gain(levels: BedLevels, end: int) -> np.ndarray:
    """The gain at every sample, read in blocks."""
    edges = [*range(0, end, 2 * SECOND), end]
    parts = [np.broadcast_to(levels.gain(a, b), b - a) for a, b in pairwise(edges)]
    return np.concatenate(parts)


PLAIN = (Section(0, 0.0, 14.0),)


def test_the_bed_is_down_before_each_phrase_and_comes_up_after_it() -> None:
    phrases = [(20 * SECOND, 22 * SECOND), (50 * SECOND, 51 * SECOND)]
    level = levels_of(PLAIN, 90 * SECOND, phrases)
    for start, end in phrases:
        first, last = (start - AHEAD) // 480 + 1, end // 480
        np.testing.assert_allclose(level[first:last], 0.0, atol=1e-3)
    assert level[[1400, 3500, 7000]] == pytest.approx(14.0, abs=1e-3)


def test_a_bed_never_moves_faster_than_6_db_in_a_second() -> None:
    phrases = [(9 * SECOND, 20 * SECOND), (26 * SECOND, 40 * SECOND), (60 * SECOND, 70 * SECOND)]
    sections = (Section(0, 0.0, 14.0), Section(30 * SECOND, -12.0, 4.0))
    for each in (PLAIN, (Section(0, 0.0, 20.0),), sections):
        for end in (74, 78, 84, 90, 120):
            level = levels_of(each, end * SECOND, phrases)
            heard = level > -16.0  # 40 dB under the voice
            steps = np.abs(np.diff(level))[heard[1:] & heard[:-1]]
            assert steps.max() * 100 < 6.0


def test_a_bed_stays_down_between_the_lines_of_a_paragraph() -> None:
    gap = Swell((), 14.0).shortest_gap
    assert 4 * SECOND < gap < 6 * SECOND
    down = [(20 * SECOND, 21 * SECOND), (21 * SECOND + gap - 1, 40 * SECOND)]
    assert levels_of(PLAIN, 90 * SECOND, down)[2000:4000].max() < 0.01
    up = [(20 * SECOND, 21 * SECOND), (21 * SECOND + gap, 40 * SECOND)]
    assert levels_of(PLAIN, 90 * SECOND, up)[2000:4000].max() > 9.0


def test_a_bed_that_soon_fades_out_does_not_come_up_once_more() -> None:
    level = levels_of(PLAIN, 50 * SECOND, [(10 * SECOND, 40 * SECOND)])
    assert level[3900:].max() < 0.01
    assert level[-1] < -60.0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 9 * SECOND), max_size=8),
    st.lists(st.integers(1, 40 * SECOND - 1), max_size=5),
    st.integers(0, 30),
)
def test_the_gain_does_not_depend_on_where_blocks_are_cut(
    steps: list[int], cuts: list[int], rise: int
) -> None:
    edges = np.cumsum(steps).tolist()
    phrases = list(zip(edges[::2], edges[1::2], strict=False))
    total = 40 * SECOND
    sections = (Section(0, 0.0, rise), Section(15 * SECOND, -6.0, rise / 2))
    levels = BedLevels(sections, total, 6 * SECOND, 8 * SECOND, phrases)
    whole = whole_gain(levels, total)
    places = sorted({0, total, *cuts})
    parts = [np.broadcast_to(levels.gain(a, b), b - a) for a, b in pairwise(places)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_fades_begin_and_end_in_silence() -> None:
    total = 60 * SECOND
    for length in (0, 1, SECOND, 6 * SECOND, 20 * SECOND):
        levels = BedLevels((Section(0, 0.0, 0.0),), total, length, length, [])
        whole = whole_gain(levels, total)
        assert whole[20 * SECOND : 40 * SECOND] == pytest.approx(1.0)
        assert np.abs(np.diff(whole)).max() < 0.01 or length < SECOND
        if length:
            assert whole[0] == 0
            assert whole[-1] < 2e-4 or length < SECOND
            assert whole.argmax() >= length - 64


def levels_around_the_seam(samples: np.ndarray) -> np.ndarray:
    """RMS in dB of 50 ms windows over a second around the seam, against the whole."""
    period = len(samples)
    around = Loop(samples).read(period - SECOND // 2, period + SECOND // 2)
    powers = np.square(around.astype(np.float64)).reshape(20, -1).mean(axis=1)
    return 10 * np.log10(powers / np.mean(np.square(samples.astype(np.float64))))


def test_a_faded_recording_becomes_a_loop_without_a_dip() -> None:
    rng = np.random.default_rng(5)
    samples = (0.1 * rng.standard_normal((12 * SECOND, 2))).astype(np.float32)
    places = np.arange(len(samples))
    samples *= (fade(places, 2 * SECOND) * fade(places[::-1], 3 * SECOND))[:, np.newaxis]
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
