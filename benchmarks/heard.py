"""How far a tone stands out of a bed, in figures: for ``sound.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from psoas_audio import library
from psoas_audio.script.model import DEFAULT_BED_LEVEL
from psoas_audio.sound.read_sound import read_sound
from psoas_audio.sound.sound_levels import VOICE_LUFS, ungated_lufs
from psoas_audio.sound.tones import VARIANTS, tone
from psoas_audio.units import SAMPLE_RATE, db_to_gain

PATTERNS = {
    "4-6": (("in", 4), ("out", 6)),
    "4-4-4-4": (("in", 4), ("full", 4), ("out", 4), ("empty", 4)),
    "4-7-8": (("in", 4), ("full", 7), ("out", 8)),
    "5-5": (("in", 5), ("out", 5)),
    "2-1-3 (movement)": (("up", 2), ("top", 1), ("down", 3)),
}
"""Phases with their seconds."""
BEDS = ("soft-rain", "surf", "brown-noise", "night-air", "warm-drone")
CLEARANCE_DB = 6.0
"""How far above the mean level of the bed a tone stands out."""
_WINDOW, _HOP = SAMPLE_RATE * 40 // 1000, SAMPLE_RATE // 200
Hearing = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Clearance:
    """How a breath stands out of a bed, in seconds."""

    latest_mark: float
    """From the start of a phase until it stands out, in the worst phase."""
    longest_gap: float
    """The longest stretch in which it doesn't stand out."""


def full_range(samples: np.ndarray) -> np.ndarray:
    """*samples* as good headphones play them."""
    return samples


def phone(samples: np.ndarray) -> np.ndarray:
    """*samples* as a phone plays them: a second-order Butterworth high-pass at 500 Hz."""
    size = 1 << (len(samples) + SAMPLE_RATE).bit_length()
    s = 1j * np.fft.rfftfreq(size, 1 / SAMPLE_RATE) / 500.0
    response = np.square(s) / (np.square(s) + np.sqrt(2.0) * s + 1.0)
    heard: np.ndarray = np.fft.irfft(np.fft.rfft(samples, size) * response, size)[: len(samples)]
    return heard


def bed_samples(name: str) -> np.ndarray:
    """A minute of the bed at the level that it has while a breath is led."""
    path = library.sound_names()[name]
    samples = read_sound(path, channels=1, inside=path.parent, looped=False)
    gain = db_to_gain(VOICE_LUFS + DEFAULT_BED_LEVEL - ungated_lufs(samples))
    return np.asarray(samples[:, 0] * gain)


def cycles(pattern: str, timbre: str) -> list[np.ndarray]:
    """One breath in each of its variants."""
    return [
        np.concatenate(
            [
                tone(kind, n * SAMPLE_RATE, timbre, cycle=number)[:, 0]
                for kind, n in PATTERNS[pattern]
            ]
        )
        for number in range(VARIANTS)
    ]


def clearance(breath: np.ndarray, bed_level: float, pattern: str) -> Clearance:
    """How *breath*, whole cycles of *pattern*, stands out of a bed of *bed_level* (RMS in dB)."""
    sums = np.concatenate([[0.0], np.cumsum(np.square(breath, dtype=np.float64))])
    starts = np.arange(0, len(breath) - _WINDOW, _HOP)
    level = 10 * np.log10((sums[starts + _WINDOW] - sums[starts]) / _WINDOW + 1e-14)
    clear, middles = level >= bed_level + CLEARANCE_DB, (starts + _WINDOW / 2) / SAMPLE_RATE
    seconds = [n for _, n in PATTERNS[pattern]] * VARIANTS
    marks = [
        middles[clear & (middles >= begin)].min(initial=np.inf) - begin
        for begin in np.cumsum([0, *seconds])[:-1]
    ]
    gaps = np.diff(np.flatnonzero(np.concatenate([[True], clear, [True]]))) - 1
    return Clearance(float(max(marks)), float(gaps.max()) * _HOP / SAMPLE_RATE)


def likeness(breaths: list[np.ndarray]) -> float:
    """The highest correlation between two of *breaths*, 0 to 1."""
    table = np.abs(np.corrcoef(breaths)) - np.eye(len(breaths))
    return float(table.max())


def rms_db(samples: np.ndarray) -> float:
    """The RMS of *samples* in dB."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64))))


def share_in_band(samples: np.ndarray, low: float = 500.0, high: float = 2000.0) -> float:
    """The share of the energy of *samples* between *low* and *high* Hz."""
    power = np.square(np.abs(np.fft.rfft(samples)))
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    return float(power[(hertz >= low) & (hertz <= high)].sum() / power.sum())
