"""Breathing tones, synthesized phase by phase with sample-exact lengths.

A phase has a contour (how level, brightness and pitch change) and a timbre (how it sounds).
Every phase starts and ends at zero with a slope of zero, and its tones have a whole number of
periods, so phases can follow each other in any order without a click.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Mono
from psoas_audio.errors import SoundError
from psoas_audio.sound import noise
from psoas_audio.sound.contour import (
    CONTOURS,
    CURVE_STEP,
    Contour,
    fade_phase_edges,
    follow,
    spread,
)
from psoas_audio.sound.sound_levels import BREATH_LUFS, SOFT_BREATH_LUFS
from psoas_audio.units import SAMPLE_RATE, db_to_gain

Timbre = Callable[[Contour, int, float], Mono]
"""(contour, length in samples, brightness factor) → float32 (frames,)."""

_MAX_CACHED_SAMPLES = 20 * SAMPLE_RATE
"""Longer phases are not cached in memory."""

_lock = threading.Lock()


def phase(kind: str, length: int, timbre: str, soft: bool = False) -> Mono:
    """One breath phase: float32 (length, 1), read-only.

    *kind* is ``in``, ``sip``, ``full``, ``out`` or ``empty``, *length* in samples, *timbre*
    a key of :data:`TIMBRES`. The same arguments give the same samples. An in-breath has
    about ``BREATH_LUFS`` (see ``levels``), a soft one ``SOFT_BREATH_LUFS``.

    Raises ``SoundError`` for an unknown kind or timbre.
    """
    if kind not in CONTOURS or timbre not in TIMBRES:
        raise SoundError(
            f"there is no breathing tone '{kind}' with the timbre '{timbre}'",
            hint=f"Kinds: {', '.join(CONTOURS)}; timbres: {', '.join(TIMBRES)}.",
        )
    with _lock:  # otherwise two threads could make the same phase
        make = _phase if length <= _MAX_CACHED_SAMPLES else _phase.__wrapped__
        return make(kind, length, timbre, soft)


@lru_cache(maxsize=6)
def _phase(kind: str, length: int, timbre: str, soft: bool) -> Mono:
    samples = np.zeros((length, 1), np.float32)
    if length > 0:
        contour = CONTOURS[kind]
        voice, level = TIMBRES[timbre]
        made = voice(contour, length, 0.6 if soft else 1.0)
        made *= np.float32(db_to_gain(level + (SOFT_BREATH_LUFS - BREATH_LUFS) * soft))
        fade_phase_edges(made, contour, 1.5 if soft else 1.0)
        samples[:, 0] = made
    samples.flags.writeable = False
    return samples


def _wave(contour: Contour, length: int, dim: float) -> Mono:
    """Noise like surf, with a low-pass that follows the brightness; holds add a tone."""
    level = 10.0 ** (follow(contour.level, length) / 20.0) / noise.BAND_UNIT
    cutoff = dim * 260.0 * 9.0 ** follow(contour.bright, length)
    samples = np.zeros(length, np.float32)
    for centre, band in zip(noise.BAND_CENTRES, noise.bands(), strict=True):
        gain = level / (1.0 + (centre / cutoff) ** 2)
        samples += spread(gain, length) * _slice_loop(band, contour.noise_at, length)
    if contour.still:
        samples *= np.float32(0.35)
        samples += np.float32(2.0) * _glide(contour, length, dim)
    return samples


def _glide(contour: Contour, length: int, dim: float) -> Mono:
    """A soft sine with a quiet second and third harmonic."""
    return _harmonics(contour, length, 220.0, (1.0, 0.22, 0.1), 700.0 * dim)


def _hum(contour: Contour, length: int, dim: float) -> Mono:
    """Humming: a low tone rich in harmonics, with light vibrato, brighter on the in-breath."""
    weights = tuple(1.0 / number for number in range(1, 9))
    return _harmonics(contour, length, 147.0, weights, 400.0 * dim, vibrato=0.004)


def _bowl(contour: Contour, length: int, dim: float) -> Mono:
    """Rubbed singing bowls: one for the in-breath, one a fourth lower for the out-breath."""
    base = 220.0 * (4.0 / 3.0) ** (contour.pitch[-1][1] - 1.0)
    level = 10.0 ** (follow(contour.level, length) / 20.0)
    cutoff = dim * 240.0 * 8.0 ** follow(contour.bright, length)
    samples = np.zeros(length, np.float32)
    for ratio, weight in ((1.0, 1.0), (2.71, 0.5), (5.15, 0.25), (8.2, 0.1)):
        partial = _sine(_steady(base * ratio, length))
        partial += np.float32(0.16) * _sine(_steady(base * ratio + 0.6 * ratio**0.5, length))
        partial *= spread(level * weight / (1.0 + (base * ratio / cutoff) ** 2), length)
        samples += partial
    return samples


def _harmonics(
    contour: Contour,
    length: int,
    lowest: float,
    weights: tuple[float, ...],
    cutoff: float,
    vibrato: float = 0.0,
) -> Mono:
    """A tone that rises a fifth from *lowest* Hz as the contour's pitch goes from 0 to 1.

    *weights* are the amplitudes of its harmonics, before a low-pass at *cutoff* Hz that opens
    with the brightness; *vibrato* is the relative depth of the vibrato.
    """
    level = 10.0 ** (follow(contour.level, length) / 20.0)
    pitch = lowest * 1.5 ** follow(contour.pitch, length)
    opening = cutoff * 3.0 ** follow(contour.bright, length)
    sway = 1.0 + vibrato * np.sin(
        np.arange(len(pitch)) * (2.0 * np.pi * 4.6 * CURVE_STEP / SAMPLE_RATE)
    )
    cycles = _whole_periods(np.broadcast_to(spread(pitch * sway, length), length))
    samples = np.zeros(length, np.float32)
    for number, weight in enumerate(weights, start=1):
        gain = level * weight / (1.0 + (number * pitch / opening) ** 2)
        samples += spread(gain, length) * _sine(cycles * number)
    return samples


def _whole_periods(frequency: Mono) -> NDArray[np.float64]:
    """Phase in periods at each sample; *frequency* (Hz) is scaled to a whole number of periods."""
    ends = np.cumsum(frequency, dtype=np.float64)
    whole = max(1.0, float(np.round(ends[-1] / SAMPLE_RATE)))
    cycles: NDArray[np.float64] = (ends - frequency) * (whole / ends[-1])
    return cycles


def _steady(frequency: float, length: int) -> NDArray[np.float64]:
    """Like :func:`_whole_periods`, for a constant *frequency*."""
    whole = max(1, round(frequency * length / SAMPLE_RATE))
    return np.arange(length, dtype=np.float64) * np.float64(whole / length)


def _sine(cycles: NDArray[np.float64]) -> Mono:
    turns = (cycles - np.floor(cycles)).astype(np.float32)
    wave: Mono = np.sin(np.float32(2.0 * np.pi) * turns)
    return wave


def _slice_loop(band: NDArray[np.int16], start: int, length: int) -> NDArray[np.int16]:
    """*length* samples of the looped *band* from *start*."""
    if start + length <= len(band):
        return band[start : start + length]
    return band.take(np.arange(start, start + length), mode="wrap")


TIMBRES: dict[str, tuple[Timbre, float]] = {
    "wave": (_wave, -27.5),
    "glide": (_glide, -19.5),
    "bowl": (_bowl, -19.6),
    "hum": (_hum, -20.2),
}
"""Each timbre with the gain in dB that brings an in-breath to ``BREATH_LUFS``."""
