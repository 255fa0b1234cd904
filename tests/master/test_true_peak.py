"""Peaks between samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.master.true_peak import CELL, PeakMeter, cell_peaks, most_overshoot, true_peak


def sine(frequency, phase, amplitude=0.5, length=9600):
    """A tone with soft ends, so that only its body is measured."""
    t = np.arange(length)
    body = np.clip(np.minimum(t, length - t) / 2000, 0, 1)
    tone = amplitude * body * np.sin(2 * np.pi * frequency * t + np.radians(phase))
    return tone.astype(np.float32)[:, None]


@pytest.mark.parametrize(
    ("frequency", "phase"), [(1 / 4, 0), (1 / 4, 45), (1 / 6, 60), (1 / 8, 67.5)]
)
def test_tech_3341_tones_within_its_tolerance(frequency, phase):
    """Cases 15 to 18: -6 dBTP, +0.2 / -0.4 dB, however the samples fall."""
    assert 20 * np.log10(true_peak(sine(frequency, phase))) == pytest.approx(-6.0, abs=0.1)


@pytest.mark.parametrize("frequency", [50, 997, 8000, 15_000, 19_000])
def test_a_tone_of_any_pitch_peaks_at_its_amplitude(frequency):
    """Between 4-fold points a tone at 19 kHz may peak 0.25 dB higher: 4 times is the standard."""
    peak = 20 * np.log10(true_peak(sine(frequency / 48_000, 30, 1.0)))
    assert -0.45 < peak < 0.05


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 3000), st.integers(1, 2), st.integers(0, 99), st.lists(st.integers(0, 900)))
def test_a_stream_has_the_peak_of_the_whole(length, channels, seed, sizes):
    signal = np.random.default_rng(seed).uniform(-1, 1, (length, channels)).astype(np.float32)
    whole = true_peak(signal)
    meter = PeakMeter(channels)
    at = 0
    for size in [*sizes, length]:
        meter.add(signal[at : at + size])
        at += size
    assert meter.peak() == pytest.approx(whole, rel=1e-6)
    assert np.abs(signal).max() <= whole <= np.abs(signal).max() * most_overshoot()


def test_only_cells_that_can_hold_the_peak_are_measured():
    signal = sine(1 / 4, 45, 0.1)
    assert true_peak(signal, floor=0.5) == 0.5
    assert true_peak(signal, floor=0.08) == pytest.approx(0.1, rel=0.01)
    assert true_peak(np.zeros((0, 2), np.float32)) == 0.0


KINDS = {
    "noise": lambda noise: noise,
    "steps": np.sign,
    "slow noise": lambda noise: np.cumsum(noise) / 20,
    "very slow noise": lambda noise: np.cumsum(np.cumsum(noise)) / 4000,
    "nearly flat": lambda noise: 0.7 + 1e-4 * noise,
    "a tone": lambda noise: np.sin(np.arange(noise.size) * (0.01 + 3 * abs(noise[0]))),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(8))
def test_cells_that_are_left_out_are_not_higher(kind, seed):
    """Measuring every cell finds no higher peak in those that couldn't be high enough."""
    noise = np.random.default_rng(seed).uniform(-1, 1, 40 * CELL)
    signal = KINDS[kind](noise).astype(np.float32)[:, None]
    everywhere = cell_peaks(signal, -1.0)
    for share in (0.5, 0.9, 0.99, 1.0):
        above = float(everywhere.max()) * share
        looked = cell_peaks(signal, above)
        high = everywhere > above
        assert (looked[high] == everywhere[high]).all()
        assert (looked[~high] <= everywhere[~high]).all()
