"""The limiter: a ceiling that holds, and nothing done where nothing need be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.master.limiter import CEILING_DBTP, LOOKAHEAD, LOOKBEHIND, Limiter
from psoas_audio.master.true_peak import true_peak

LENGTH = 24_000


def over(signal):
    return Limiter(lambda start, stop: signal[start:stop], len(signal))


def dbtp(signal):
    return 20 * np.log10(true_peak(signal))


def noise(random):
    return random.standard_normal(LENGTH) * 0.5


def steps(random):
    return random.choice([-1.0, 1.0], LENGTH) * random.uniform(0, 2, LENGTH // 100).repeat(100)


def single_samples(random):
    signal = np.zeros(LENGTH)
    signal[random.integers(0, LENGTH, 60)] = random.uniform(-4, 4, 60)
    return signal


def between_samples(random):
    """Tones at a quarter of the rate whose peaks all lie between samples, in short bursts."""
    burst = (random.random(LENGTH // 300) > 0.7).repeat(300)
    return 1.4 * burst * np.sin(np.pi / 2 * np.arange(LENGTH) + np.pi / 4)


def speech_like(random):
    t = np.arange(LENGTH) / 48_000
    voiced = sum(np.sin(2 * np.pi * 110 * k * t) / k for k in range(1, 40))
    return voiced * random.uniform(0, 1.5, LENGTH // 2400).repeat(2400)


KINDS = (noise, steps, single_samples, between_samples, speech_like)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 10**6), st.integers(1, 2))
def test_no_true_peak_above_the_ceiling(kind, seed, channels):
    random = np.random.default_rng(seed)
    signal = np.stack([kind(random) for _ in range(channels)], axis=1).astype(np.float32)
    assert dbtp(over(signal).read(0, LENGTH)) <= CEILING_DBTP


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.integers(0, 10**6),
    st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)), min_size=1, max_size=5),
)
def test_any_range_has_the_same_samples_to_the_bit(kind, seed, ranges):
    signal = kind(np.random.default_rng(seed)).astype(np.float32)[:, None]
    limiter = over(signal)
    whole = limiter.read(0, LENGTH)
    for start, stop in map(sorted, ranges):
        assert np.array_equal(limiter.read(start, stop), whole[start:stop])


def test_a_signal_below_the_ceiling_passes_untouched():
    t = np.arange(96_000) / 48_000
    signal = (0.75 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)[:, None]
    assert np.array_equal(over(signal).read(0, 96_000), signal)


def test_only_the_neighbourhood_of_a_peak_is_touched():
    t = np.arange(96_000) / 48_000
    signal = (0.3 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)[:, None]
    signal[48_000:48_100] *= 5
    limited = over(signal).read(0, 96_000)
    touched = np.flatnonzero((limited != signal).any(axis=1))
    assert 48_000 - LOOKAHEAD <= touched[0] <= 48_000
    assert 48_100 <= touched[-1] < 48_100 + LOOKBEHIND
    assert touched[0] < 48_000 - 96  # the gain comes down ahead of the peak


def test_the_gain_moves_smoothly_and_alike_in_both_channels():
    signal = np.full((48_000, 2), 0.2, np.float32)
    signal[24_000:24_005] = (1.5, 0.5)
    gain = over(signal).read(0, 48_000) / signal
    assert np.array_equal(gain[:, 0], gain[:, 1])
    assert np.abs(np.diff(gain[:, 0])).max() < 0.01
    assert gain.min() == pytest.approx(10 ** (CEILING_DBTP / 20) / true_peak(signal), rel=0.02)


def test_loudness_of_what_is_under_the_ceiling_is_not_raised():
    """Some limiters add gain; this one never does."""
    random = np.random.default_rng(2)
    signal = (random.standard_normal((48_000, 1)) * 0.3).astype(np.float32)
    limited = over(signal).read(0, 48_000)
    assert np.all(np.abs(limited) <= np.abs(signal))


def test_the_source_is_asked_for_no_more_than_the_margins():
    asked = []

    def read(start, stop):
        asked.append((start, stop))
        return np.zeros((stop - start, 1), np.float32)

    limiter = Limiter(read, LENGTH)
    limiter.read(10_000, 12_000)
    limiter.read(0, LENGTH)
    assert asked[1] == (0, LENGTH)
    assert asked[0][0] >= 10_000 - LOOKBEHIND - 24
    assert asked[0][1] <= 12_000 + LOOKAHEAD + 24
