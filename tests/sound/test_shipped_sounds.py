"""Every shipped sound is at its level, without a click, and every bed without a seam."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from psoas_audio.sound.bed import Loop
from psoas_audio.sound.read_sound import read_sound, to_channels
from psoas_audio.sound.sound_levels import (
    BED_LUFS,
    BELL_LUFS,
    KNOCK_LUFS,
    TICK_LUFS,
    max_momentary_lufs,
    ungated_lufs,
)
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE, db_to_gain

SOUNDS = Path(__file__).parents[2] / "sounds"
BELLS = sorted((SOUNDS / "bells").iterdir())
BEDS = sorted((SOUNDS / "beds").iterdir())

bells = pytest.mark.parametrize("path", BELLS, ids=lambda path: path.stem)
beds = pytest.mark.parametrize("path", BEDS, ids=lambda path: path.stem)


@cache
def bed(path: Path) -> np.ndarray:
    return read_sound(path, channels=2, looped=True)


def test_every_shipped_sound_exists() -> None:
    assert [p.stem for p in BELLS] == ["bowl", "gong", "small-bell", "tick", "wood-block"]
    assert {p.stem for p in BEDS} == {
        "brown-noise", "night-air", "soft-rain", "surf", "warm-drone",
    }  # fmt: skip
    assert all(path.stat().st_size < 1_200_000 for path in BEDS)
    assert "CC0" in (SOUNDS / "CREDITS.md").read_text(encoding="utf-8")


@bells
def test_a_bell_has_its_level_a_soft_onset_and_an_end(path: Path) -> None:
    samples = read_sound(path, channels=1)
    wanted = {"tick": TICK_LUFS, "wood-block": KNOCK_LUFS}.get(path.stem, BELL_LUFS)
    assert max_momentary_lufs(samples) == pytest.approx(wanted, abs=0.2)
    assert np.abs(samples).max() < db_to_gain(-3)
    assert abs(samples.mean()) < 1e-4
    peak = np.abs(samples).max()
    assert np.abs(samples[:24]).max() < 0.12 * peak  # the first half millisecond
    assert np.abs(samples[-480:]).max() < 0.001 * peak + 3 / 32768
    assert np.argmax(np.abs(samples)) < 0.4 * SAMPLE_RATE


def test_the_bells_are_those_of_the_program_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SOUNDS))
    recipes = importlib.import_module("make_bells").BELLS
    assert sorted(recipes) == [path.stem for path in BELLS]
    for path in BELLS:
        shipped, made = read_sound(path, channels=1)[:, 0], recipes[path.stem]()
        made *= (shipped @ made) / (made @ made)
        assert np.abs(shipped - made).max() < 3 / 32768  # dither and rounding


@beds
def test_a_bed_is_a_minute_of_whole_frames_at_one_level(path: Path) -> None:
    samples = bed(path)
    assert len(samples) >= 60 * SAMPLE_RATE
    assert len(samples) % MP3_FRAME == 0
    assert ungated_lufs(samples) == pytest.approx(BED_LUFS, abs=0.5)
    assert np.abs(samples).max() < db_to_gain(-3)
    assert np.abs(samples.mean(axis=0)).max() < 1e-4


@beds
def test_a_bed_is_wide_yet_loses_little_on_one_speaker(path: Path) -> None:
    samples = bed(path)
    lost = ungated_lufs(samples) - ungated_lufs(to_channels(samples, 1))
    assert 0.3 < lost < 3.0
    left, right = np.sqrt(np.mean(np.square(samples), axis=0))
    assert left == pytest.approx(right, rel=0.1)


@beds
def test_a_bed_is_calm_and_has_no_harsh_highs(path: Path) -> None:
    samples = bed(path)
    short_term = [
        ungated_lufs(samples[at : at + 3 * SAMPLE_RATE]) for at in range(0, 2_736_000, 72_000)
    ]
    assert np.ptp(np.percentile(short_term, [10, 95])) < 6.0
    power = np.square(np.abs(np.fft.rfft(samples[:, 0])))
    frequency = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    assert power[frequency > 6000].sum() < 0.08 * power.sum()
    assert power[frequency < 30].sum() < 0.02 * power.sum()


@beds
def test_a_bed_repeats_without_an_audible_seam(path: Path) -> None:
    """Step, slope and spectrum across the seam lie within those of the rest."""
    samples = bed(path)
    loop, period = Loop(samples), len(samples)
    steps = np.abs(np.diff(samples, axis=0))
    assert np.abs(samples[0] - samples[-1]).max() <= np.quantile(steps, 0.9999)
    bends = np.abs(np.diff(samples, 2, axis=0))
    around = loop.read(period - 64, period + 64)
    assert np.abs(np.diff(around, 2, axis=0)).max() <= bends.max()

    def octaves(start: int) -> np.ndarray:
        window = loop.read(start, start + 4096)[:, 0] * np.hanning(4096)
        power = np.square(np.abs(np.fft.rfft(window)))
        edges = 2 ** np.arange(2, 10)
        return 10 * np.log10(np.add.reduceat(power, edges)[:-1] + 1e-12)

    usual = np.array([octaves(start) for start in range(0, period, 14_411)])
    seam = octaves(period - 2048)
    assert (seam <= usual.max(axis=0) + 1.0).all()
    assert (seam >= usual.min(axis=0) - 1.0).all()


def test_the_shipped_bells_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(SOUNDS))
    make = importlib.import_module("make")
    monkeypatch.setattr(make, "HERE", tmp_path)
    (tmp_path / "bells").mkdir()

    make.main([path.stem for path in BELLS])

    made = {path.name: path.read_bytes() for path in (tmp_path / "bells").iterdir()}
    assert made == {path.name: path.read_bytes() for path in BELLS}
