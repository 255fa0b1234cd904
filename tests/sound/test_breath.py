"""Breathing tones are exact to the sample, join without a click, and tell in from out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.errors import SoundError
from psoas_audio.sound import breath
from psoas_audio.sound.contour import CONTOURS
from psoas_audio.sound.sound_levels import BREATH_LUFS, SOFT_BREATH_LUFS, ungated_lufs
from psoas_audio.units import SAMPLE_RATE

KINDS = st.sampled_from(sorted(CONTOURS))
TIMBRES = sorted(breath.TIMBRES)
LENGTHS = st.integers(SAMPLE_RATE // 10, SAMPLE_RATE * 7)

timbres = pytest.mark.parametrize("timbre", TIMBRES)


def spectral_centre(samples: np.ndarray) -> float:
    """The mean frequency in Hz, weighted by power."""
    power = np.square(np.abs(np.fft.rfft(samples)))
    return float((power @ np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)) / power.sum())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(KINDS, LENGTHS), min_size=2, max_size=4),
    st.sampled_from(TIMBRES),
    st.booleans(),
)
def test_any_phases_in_any_order_join_without_a_step(
    phases: list[tuple[str, int]], timbre: str, soft: bool
) -> None:
    parts = [breath.phase(kind, length, timbre, soft)[:, 0] for kind, length in phases]
    assert [len(part) for part in parts] == [length for _, length in phases]
    for before, after in pairwise(parts):
        joint = np.abs(np.diff(np.concatenate([before[-3:], after[:3]])))
        own_slope = min(np.abs(np.diff(before)).max(), np.abs(np.diff(after)).max())
        assert joint.max() <= 0.05 * own_slope


@timbres
@pytest.mark.parametrize("kind", sorted(CONTOURS))
def test_no_step_inside_a_phase_is_larger_than_its_surroundings(kind: str, timbre: str) -> None:
    """A click is a jump of the slope: it would stand out of the second difference."""
    samples = breath.phase(kind, 5 * SAMPLE_RATE + 1, timbre)[:, 0].astype(np.float64)
    bend = np.abs(np.diff(samples, 2))
    blocks = bend[: len(bend) // 480 * 480].reshape(-1, 480)
    around = np.sqrt(np.mean(np.square(blocks), axis=1))
    assert (blocks.max(axis=1) <= 6.0 * around + 1e-7).all()


@pytest.mark.parametrize("length", [0, 1, 2, 63, 64, 65, 1000])
@timbres
def test_even_the_shortest_phase_has_its_length(timbre: str, length: int) -> None:
    for kind in CONTOURS:
        samples = breath.phase(kind, length, timbre)
        assert samples.shape == (length, 1)
        assert samples.dtype == np.float32
        assert np.isfinite(samples).all()


@timbres
def test_in_rises_and_out_falls(timbre: str) -> None:
    for seconds in (3, 5.5):
        length = round(seconds * SAMPLE_RATE)
        into = breath.phase("in", length, timbre)[:, 0]
        out = breath.phase("out", length, timbre)[:, 0]
        third = length // 3
        assert spectral_centre(into[-third:]) > 1.15 * spectral_centre(into[:third])
        assert spectral_centre(out[-third:]) < 0.87 * spectral_centre(out[:third])
        places = np.linspace(0, 1, length)
        assert places @ np.square(into) / np.square(into).sum() > 0.6
        assert places @ np.square(out) / np.square(out).sum() < 0.4


@timbres
def test_holds_are_still_and_can_be_told_apart(timbre: str) -> None:
    length = 4 * SAMPLE_RATE
    into, full, empty = (
        ungated_lufs(breath.phase(k, length, timbre)) for k in ("in", "full", "empty")
    )
    assert into - 14 < full < into - 8
    assert empty < full - 12
    for kind in ("full", "empty"):
        middle = breath.phase(kind, length, timbre)[SAMPLE_RATE:-SAMPLE_RATE, 0]
        powers = np.square(middle).reshape(10, -1).mean(axis=1)
        assert 10 * np.log10(powers.max() / powers.min()) < 4.0


@timbres
def test_a_second_sip_is_brighter_than_the_breath_before_it(timbre: str) -> None:
    into = breath.phase("in", 2 * SAMPLE_RATE, timbre)[:, 0]
    sip = breath.phase("sip", SAMPLE_RATE, timbre)[:, 0]
    assert spectral_centre(sip) > 1.1 * spectral_centre(into)


@timbres
def test_levels_are_the_stated_ones(timbre: str) -> None:
    for seconds in (4, 8):
        length = round(seconds * SAMPLE_RATE)
        assert ungated_lufs(breath.phase("in", length, timbre)) == pytest.approx(BREATH_LUFS, abs=1)
        assert ungated_lufs(breath.phase("out", length, timbre)) == pytest.approx(
            BREATH_LUFS, abs=2.5
        )
        soft = ungated_lufs(breath.phase("in", length, timbre, soft=True))
        assert soft == pytest.approx(SOFT_BREATH_LUFS, abs=2.5)
        assert soft <= SOFT_BREATH_LUFS + 0.5


def test_the_same_phase_is_the_same_samples() -> None:
    first = breath.phase("in", 200_000, "wave").copy()
    breath._phase.cache_clear()
    np.testing.assert_array_equal(first, breath.phase("in", 200_000, "wave"))
    with pytest.raises(ValueError, match="read-only"):
        breath.phase("in", 200_000, "wave")[0] = 1.0


def test_twenty_minutes_end_where_arithmetic_says() -> None:
    cycle = [("in", 264_000), ("out", 264_001)]
    written = 0
    while written < 20 * 60 * SAMPLE_RATE:
        for kind, length in cycle:
            written += len(breath.phase(kind, length, "wave"))
    assert written == 110 * 528_001


def test_noise_does_not_repeat_within_a_long_phase() -> None:
    """Up to the length of the noise itself (10.9 s), no stretch of a phase is like another."""
    samples = breath.phase("in", 10 * SAMPLE_RATE, "wave")[:, 0].astype(np.float64)
    samples = samples[4 * SAMPLE_RATE : 9 * SAMPLE_RATE]
    spectrum = np.fft.rfft(samples, 1 << 20)
    likeness = np.fft.irfft(np.square(np.abs(spectrum)))[: 4 * SAMPLE_RATE]
    assert np.abs(likeness[SAMPLE_RATE // 20 :]).max() < 0.15 * likeness[0]


def test_unknown_tones_are_reported() -> None:
    with pytest.raises(SoundError, match=r"timbre 'drum'(?s:.*)wave, glide"):
        breath.phase("in", 100, "drum")
    with pytest.raises(SoundError, match="breathing tone 'gasp'"):
        breath.phase("gasp", 100, "wave")
