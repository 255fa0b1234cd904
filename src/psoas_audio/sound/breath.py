"""Breathing tones: one phase at a time, any length to the sample, joined end to end.

What a phase does is its contour; what it sounds like is its timbre. Every phase starts
and ends at zero with a slope of zero, and its tones make a whole number of periods, so
phases can follow each other in any order without a click.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas_audio.errors import SoundError
from psoas_audio.sound import noise
from psoas_audio.sound.contour import CONTOURS, Contour, fade_edges, follow, spread
from psoas_audio.sound.levels import BREATH_LUFS, SOFT_BREATH_LUFS
from psoas_audio.units import SAMPLE_RATE, db_to_gain

Mono = NDArray[np.float32]
Timbre = Callable[[Contour, int, float], Mono]
"""Contour, samples, and a factor on the brightness → (frames,)."""

_KEPT = 20 * SAMPLE_RATE
"""Phases longer than this (samples) are not kept in memory."""


def phase(kind: str, length: int, timbre: str, soft: bool = False) -> Mono:
    """One breath phase: float32 (length, 1), read-only.

    *kind* is ``in``, ``sip``, ``full``, ``out`` or ``empty``, *length* in samples, *timbre*
    a key of :data:`TIMBRES`. The same arguments give the same samples. An in-breath has
    about ``BREATH_LUFS`` (see ``levels``), a soft one ``SOFT_BREATH_LUFS``.

    Raises ``SoundError`` for a kind or timbre that isn't there.
    """
    if kind not in CONTOURS or timbre not in TIMBRES:
        raise SoundError(
            f"there is no breathing tone '{kind}' with the timbre '{timbre}'",
            hint=f"Kinds: {', '.join(CONTOURS)}; timbres: {', '.join(TIMBRES)}.",
        )
    make = _phase if length <= _KEPT else _phase.__wrapped__
    return make(kind, length, timbre, soft)


@lru_cache(maxsize=10)
def _phase(kind: str, length: int, timbre: str, soft: bool) -> Mono:
    samples = np.zeros((length, 1), np.float32)
    if length > 0:
        contour = CONTOURS[kind]
        voice, level = TIMBRES[timbre]
        made = voice(contour, length, 0.6 if soft else 1.0)
        made *= np.float32(db_to_gain(level + (SOFT_BREATH_LUFS - BREATH_LUFS) * soft))
        fade_edges(made, contour, 1.5 if soft else 1.0)
        samples[:, 0] = made
    samples.flags.writeable = False
    return samples


def _wave(contour: Contour, length: int, dim: float) -> Mono:
    """Noise like surf: the brighter, the further up its low-pass opens."""
    if contour.still:
        return _still(contour, length, dim)
    level = 10.0 ** (follow(contour.level, length) / 20.0)
    cutoff = dim * 260.0 * 9.0 ** follow(contour.bright, length)
    start = int(contour.fade_out * 100_000) % noise.BAND_SIZE
    samples = np.zeros(length, np.float32)
    for centre, band in zip(noise.BAND_CENTRES, noise.bands(), strict=True):
        gain = level / (1.0 + (centre / cutoff) ** 2)
        samples += spread(gain, length) * _looped(band, start, length)
    return samples


def _glide(contour: Contour, length: int, dim: float) -> Mono:
    """A soft sine and its octave and twelfth, a fifth up on the way in."""
    if contour.still:
        return _still(contour, length, dim)
    return _tone(contour, length, 220.0, (1.0, 0.22, 0.1), 700.0 * dim)


def _hum(contour: Contour, length: int, dim: float) -> Mono:
    """Closed lips: a low tone rich in harmonics that opens on the way in."""
    weights = tuple(1.0 / n**1.1 for n in range(1, 9))
    return _tone(contour, length, 147.0, weights, 420.0 * dim)


def _bowl(contour: Contour, length: int, dim: float) -> Mono:
    """A singing bowl: rubbed on the way in, a larger one softly struck on the way out."""
    rising = contour.pitch[-1][1] > 0
    base = 220.0 * 1.5 ** (contour.pitch[-1][1] - 1.0) * (1.0 if rising else 0.75 * 1.5)
    level = 10.0 ** (follow(contour.level, length) / 20.0)
    cutoff = dim * 300.0 * 5.0 ** follow(contour.bright, length)
    samples = np.zeros(length, np.float32)
    for ratio, weight in ((1.0, 1.0), (2.71, 0.5), (5.15, 0.25), (8.2, 0.1)):
        gain = spread(level * weight / (1.0 + (base * ratio / cutoff) ** 2), length)
        for detune, share in ((0.0, 0.8), (0.6 * ratio**0.5, 0.3)):
            cycles = _whole_periods(np.full(length, base * ratio + detune))
            samples += gain * _sine(cycles, share)
    return samples


def _still(contour: Contour, length: int, dim: float) -> Mono:
    """A hold: one faint, steady tone and its octave."""
    return _tone(contour, length, 220.0, (1.0, 0.3), 700.0 * dim)


def _tone(
    contour: Contour, length: int, lowest: float, weights: tuple[float, ...], cutoff: float
) -> Mono:
    """Harmonics of a tone that goes a fifth up from *lowest* Hz as the pitch goes from 0 to 1."""
    level = 10.0 ** (follow(contour.level, length) / 20.0)
    pitch = lowest * 1.5 ** follow(contour.pitch, length)
    opening = cutoff * 3.0 ** follow(contour.bright, length)
    cycles = _whole_periods(spread(pitch, length).astype(np.float64))
    samples = np.zeros(length, np.float32)
    for number, weight in enumerate(weights, start=1):
        gain = level * weight / (1.0 + (number * pitch / opening) ** 2)
        samples += spread(gain, length) * _sine(cycles * number, 1.0)
    return samples


def _whole_periods(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Periods gone by at each sample, *frequency* (Hz) bent a little so that they end whole."""
    cycles = np.cumsum(frequency) / SAMPLE_RATE
    total = cycles[-1]
    whole = max(1.0, float(np.round(total)))
    cycles = np.concatenate([[0.0], cycles[:-1]])
    bent: NDArray[np.float64] = cycles * (whole / total)
    return bent


def _sine(cycles: NDArray[np.float64], gain: float) -> Mono:
    turns = (cycles - np.floor(cycles)).astype(np.float32)
    wave: Mono = np.float32(gain) * np.sin(np.float32(2.0 * np.pi) * turns)
    return wave


def _looped(table: Mono, start: int, length: int) -> Mono:
    return np.resize(np.roll(table, -start), length)


TIMBRES: dict[str, tuple[Timbre, float]] = {
    "wave": (_wave, -29.4),
    "glide": (_glide, -20.4),
    "bowl": (_bowl, -19.0),
    "hum": (_hum, -21.1),
}
"""Each timbre and its gain in dB, set so that an in-breath has ``BREATH_LUFS``."""
