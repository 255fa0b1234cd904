"""Breathing tones are exact to the sample, join without a click, and tell in from out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio import library
from psoas_audio.errors import SoundError
from psoas_audio.sound import tones
from psoas_audio.sound.read_sound import read_sound
from psoas_audio.sound.sound_levels import (
    BREATH_LUFS,
    SOFT_BREATH_LUFS,
    VOICE_LUFS,
    ungated_lufs,
)
from psoas_audio.sound.tempo import TEMPO_TIMBRE, tempo_phase
from psoas_audio.sound.tone_contours import CONTOURS, TEMPO_CONTOURS
from psoas_audio.units import SAMPLE_RATE, db_to_gain

ALL_KINDS = sorted(CONTOURS | TEMPO_CONTOURS)
KINDS = st.sampled_from(ALL_KINDS)
TIMBRES = sorted(tones.TIMBRES)
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
    parts = [tones.tone(kind, length, timbre, soft)[:, 0] for kind, length in phases]
    assert [len(part) for part in parts] == [length for _, length in phases]
    for before, after in pairwise(parts):
        joint = np.abs(np.diff(np.concatenate([before[-3:], after[:3]])))
        own_slope = min(np.abs(np.diff(before)).max(), np.abs(np.diff(after)).max())
        assert joint.max() <= 0.05 * own_slope


@timbres
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_no_step_inside_a_phase_is_larger_than_its_surroundings(kind: str, timbre: str) -> None:
    """A click is a jump of the slope: it would stand out of the second difference."""
    samples = tones.tone(kind, 5 * SAMPLE_RATE + 1, timbre)[:, 0].astype(np.float64)
    bend = np.abs(np.diff(samples, 2))
    blocks = bend[: len(bend) // 480 * 480].reshape(-1, 480)
    around = np.sqrt(np.mean(np.square(blocks), axis=1))
    assert (blocks.max(axis=1) <= 6.0 * around + 1e-7).all()


@pytest.mark.parametrize("length", [0, 1, 2, 63, 64, 65, 1000])
@timbres
def test_even_the_shortest_phase_has_its_length(timbre: str, length: int) -> None:
    for kind in ALL_KINDS:
        samples = tones.tone(kind, length, timbre)
        assert samples.shape == (length, 1)
        assert samples.dtype == np.float32
        assert np.isfinite(samples).all()


@timbres
def test_in_rises_and_out_falls(timbre: str) -> None:
    for seconds in (3, 5.5):
        length = round(seconds * SAMPLE_RATE)
        into = tones.tone("in", length, timbre)[:, 0]
        out = tones.tone("out", length, timbre)[:, 0]
        third = length // 3
        assert spectral_centre(into[-third:]) > 1.15 * spectral_centre(into[:third])
        assert spectral_centre(out[-third:]) < 0.87 * spectral_centre(out[:third])
        places = np.linspace(0, 1, length)
        assert places @ np.square(into) / np.square(into).sum() > 0.57
        assert places @ np.square(out) / np.square(out).sum() < 0.43


@timbres
def test_holds_are_still_and_can_be_told_apart(timbre: str) -> None:
    length = 4 * SAMPLE_RATE
    into, full, empty = (
        ungated_lufs(tones.tone(k, length, timbre)) for k in ("in", "full", "empty")
    )
    assert into - 7 < full < into - 3
    assert full - 6 < empty < full - 2.5
    high, low = (tones.tone(kind, length, timbre)[:, 0] for kind in ("full", "empty"))
    assert spectral_centre(high) > 1.2 * spectral_centre(low)
    for kind in ("full", "empty"):
        middle = tones.tone(kind, length, timbre)[SAMPLE_RATE:-SAMPLE_RATE, 0]
        powers = np.square(middle).reshape(10, -1).mean(axis=1)
        assert 10 * np.log10(powers.max() / powers.min()) < 4.0


@timbres
def test_a_second_sip_is_brighter_than_the_breath_before_it(timbre: str) -> None:
    into = tones.tone("in", 2 * SAMPLE_RATE, timbre)[:, 0]
    sip = tones.tone("sip", SAMPLE_RATE, timbre)[:, 0]
    assert spectral_centre(sip) > 1.1 * spectral_centre(into)


@timbres
def test_breath_tones_have_the_stated_levels(timbre: str) -> None:
    for seconds in (4, 8):
        length = round(seconds * SAMPLE_RATE)
        assert ungated_lufs(tones.tone("in", length, timbre)) == pytest.approx(BREATH_LUFS, abs=1)
        assert ungated_lufs(tones.tone("out", length, timbre)) == pytest.approx(
            BREATH_LUFS, abs=2.5
        )
        soft = ungated_lufs(tones.tone("in", length, timbre, soft=True))
        assert soft == pytest.approx(SOFT_BREATH_LUFS, abs=2.5)
        assert soft <= SOFT_BREATH_LUFS + 0.5


def test_the_same_phase_is_the_same_samples() -> None:
    first = tones.tone("in", 200_000, "wave").copy()
    tones._tone.cache_clear()
    np.testing.assert_array_equal(first, tones.tone("in", 200_000, "wave"))
    with pytest.raises(ValueError, match="read-only"):
        tones.tone("in", 200_000, "wave")[0] = 1.0


def test_twenty_minutes_of_breathing_end_to_the_sample() -> None:
    cycle = [("in", 264_000), ("out", 264_001)]
    written = 0
    while written < 20 * 60 * SAMPLE_RATE:
        for kind, length in cycle:
            written += len(tones.tone(kind, length, "wave"))
    assert written == 110 * 528_001


def test_noise_does_not_repeat_within_a_long_phase() -> None:
    """Up to the length of the noise itself (10.9 s), no stretch of a phase is like another."""
    samples = tones.tone("in", 10 * SAMPLE_RATE, "wave")[:, 0].astype(np.float64)
    samples = samples[4 * SAMPLE_RATE : 9 * SAMPLE_RATE]
    spectrum = np.fft.rfft(samples, 1 << 20)
    likeness = np.fft.irfft(np.square(np.abs(spectrum)))[: 4 * SAMPLE_RATE]
    assert np.abs(likeness[SAMPLE_RATE // 20 :]).max() < 0.15 * likeness[0]


def test_unknown_tones_are_reported() -> None:
    with pytest.raises(SoundError, match=r"timbre 'drum'(?s:.*)wave, glide"):
        tones.tone("in", 100, "drum")
    with pytest.raises(SoundError, match="breathing tone 'gasp'"):
        tones.tone("gasp", 100, "wave")


def through_a_phone(samples: np.ndarray) -> np.ndarray:
    """*samples* as a phone's speaker plays them: a second-order high-pass at 500 Hz."""
    size = 1 << (len(samples) + SAMPLE_RATE).bit_length()
    s = 1j * np.fft.rfftfreq(size, 1 / SAMPLE_RATE) / 500.0
    response = np.square(s) / (np.square(s) + np.sqrt(2.0) * s + 1.0)
    return np.fft.irfft(np.fft.rfft(samples, size) * response, size)[: len(samples)]


def levels(samples: np.ndarray) -> np.ndarray:
    """RMS in dB of 40 ms every 10 ms, the first around 20 ms."""
    sums = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    starts = np.arange(0, len(samples) - 1920, 480)
    return 10 * np.log10((sums[starts + 1920] - sums[starts]) / 1920 + 1e-14)


BREATHS = {
    "4-6": (("in", 4), ("out", 6)),
    "box": (("in", 4), ("full", 4), ("out", 4), ("empty", 4)),
    "4-7-8": (("in", 4), ("full", 7), ("out", 8)),
    "5-5": (("in", 5), ("out", 5)),
    "sigh": (("in", 2), ("sip", 1), ("out", 6)),
    "tempo": (("up", 2), ("top", 1), ("down", 3), ("bottom", 1)),
}


def cycle_of(phases: tuple[tuple[str, int], ...], timbre: str, number: int) -> np.ndarray:
    parts = [tones.tone(k, n * SAMPLE_RATE, timbre, cycle=number)[:, 0] for k, n in phases]
    return np.concatenate(parts)


@timbres
@pytest.mark.parametrize("hears", [np.asarray, through_a_phone], ids=["full range", "phone"])
@pytest.mark.parametrize("bed", ["soft-rain", "brown-noise"])
def test_every_phase_stands_out_of_a_bed_at_once_and_to_its_end(bed, hears, timbre) -> None:  # type: ignore[no-untyped-def]
    path = library.sound_names()[bed]
    rain = read_sound(path, channels=1, inside=path.parent, looped=False)[: 10 * SAMPLE_RATE]
    rain = rain[:, 0] * db_to_gain(VOICE_LUFS - 24.0 - ungated_lufs(rain))
    bed_level = 10 * np.log10(np.mean(np.square(hears(rain))))
    for phases in BREATHS.values():
        two = np.concatenate([cycle_of(phases, timbre, 0), cycle_of(phases, timbre, 1)])
        heard = levels(hears(two)) >= bed_level + 6.0
        starts = np.cumsum([0, *(seconds for _, seconds in phases + phases)])[:-1]
        for start in starts:
            assert heard[start * 100 : start * 100 + 13].any()  # windows up to 0.15 s
        (quiet,) = np.nonzero(~heard)
        runs = np.split(quiet, np.flatnonzero(np.diff(quiet) > 1) + 1)
        assert max(map(len, runs)) <= 30


@timbres
def test_cycles_are_alike_but_never_the_same(timbre: str) -> None:
    for phases in BREATHS.values():
        cycles = [cycle_of(phases, timbre, number) for number in range(tones.VARIANTS + 1)]
        np.testing.assert_array_equal(cycles[0], cycles[-1])
        likeness = np.corrcoef(cycles[:-1]) - np.eye(tones.VARIANTS)
        assert np.abs(likeness).max() < 0.3
        loud = [ungated_lufs(cycle[:, np.newaxis]) for cycle in cycles]
        assert max(loud) - min(loud) < 1.0


@timbres
def test_most_of_the_energy_is_where_a_phone_still_sounds(timbre: str) -> None:
    for phases in BREATHS.values():
        samples = cycle_of(phases, timbre, 0)
        power = np.square(np.abs(np.fft.rfft(samples)))
        hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
        assert power[(hertz >= 500) & (hertz <= 2000)].sum() > 0.65 * power.sum()


@timbres
def test_a_phase_takes_40_ms_and_more_to_begin(timbre: str) -> None:
    for kind in ALL_KINDS:
        samples = np.abs(tones.tone(kind, 2 * SAMPLE_RATE, timbre)[: SAMPLE_RATE // 4, 0])
        peaks = np.maximum.accumulate(samples)
        assert peaks[SAMPLE_RATE * 40 // 1000] < 0.75 * peaks[-1]
        assert peaks[SAMPLE_RATE * 10 // 1000] < 0.1 * peaks[-1]


def test_a_movement_rises_rests_and_falls() -> None:
    up, top, down, bottom = (
        tempo_phase(kind, 2 * SAMPLE_RATE, repetition=1) for kind in ("up", "top", "down", "bottom")
    )
    half = SAMPLE_RATE
    assert spectral_centre(up[half:, 0]) > 1.15 * spectral_centre(up[:half, 0])
    assert spectral_centre(down[half:, 0]) < 0.87 * spectral_centre(down[:half, 0])
    assert spectral_centre(top[:, 0]) > 1.2 * spectral_centre(bottom[:, 0])
    assert TEMPO_TIMBRE in tones.TIMBRES
    np.testing.assert_array_equal(tempo_phase("up", 999), tempo_phase("up", 999, repetition=4))
