"""Timbres: what the tones that lead a breath or a movement sound like.

Most of their energy lies between 500 and 2,000 Hz, where a phone's small speaker still sounds and
hearing is keen. The way in and the way out differ by the direction of their pitch and by their
colour: the in-breath has more of the upper partials, the out-breath is round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Mono
from psoas_audio.sound import noise
from psoas_audio.sound.curves import CURVE_STEP, spread
from psoas_audio.sound.tone_contours import Contour, amplitude, follow
from psoas_audio.units import SAMPLE_RATE

Timbre = Callable[[Contour, int, float, int], Mono]
"""(contour, length in samples, brightness factor, variant) → float32 (frames,)."""

VARIANTS = 4
"""How many versions of each tone there are; cycles take them in turn."""

_DETUNE = (0.0, 0.004, -0.003, 0.007)
"""By how much of its pitch each variant is higher: up to 12 cents, as a person's breath or voice
never comes twice at the same pitch. Cycles no longer repeat to the sample, but nobody hears it as
another note."""
_FIFTH = 1.5


def wave(contour: Contour, length: int, dim: float, variant: int) -> Mono:
    """Noise like surf, in a band that follows the pitch; holds are a soft tone over its hiss."""
    centre = np.log2((0.7 + 0.3 * dim) * 620.0 * 2.3 ** follow(contour.pitch, length))
    width = 0.55 + 0.35 * follow(contour.bright, length)
    level = amplitude(contour, length) / noise.BAND_UNIT
    samples = np.zeros(length, np.float32)
    for middle, band in zip(noise.BAND_CENTRES, noise.bands(), strict=True):
        gain = level * np.exp(-np.square((np.log2(middle) - centre) / width))
        if gain.max() > 0.01 * level.max():
            samples += spread(gain, length) * _noise(band, contour.noise_at, length, variant)
    if contour.still:
        samples *= np.float32(0.3)
        samples += np.float32(1.2) * glide(contour, length, dim, variant)
    return samples


def glide(contour: Contour, length: int, dim: float, variant: int) -> Mono:
    """A soft tone that glides over a fifth."""
    return _harmonics(contour, length, 262.0, _partials, 900.0 * dim, variant)


def hum(contour: Contour, length: int, dim: float, variant: int) -> Mono:
    """Humming: a low voice whose mouth opens on the in-breath, with light vibrato."""
    return _harmonics(contour, length, 147.0, _formant, 650.0 * dim, variant, vibrato=0.004)


def flute(contour: Contour, length: int, dim: float, variant: int) -> Mono:
    """A wooden flute: a clear tone with breath in it."""
    samples = _harmonics(contour, length, 440.0, _pipe, 1200.0 * dim, variant, vibrato=0.002)
    airy = amplitude(contour, length) * (0.1 / noise.BAND_UNIT)
    bands = noise.bands()
    air = _noise(bands[3], contour.noise_at, length, variant).astype(np.float32)
    air += _noise(bands[4], contour.noise_at, length, variant)
    samples += spread(airy, length) * air
    return samples


def bowl(contour: Contour, length: int, dim: float, variant: int) -> Mono:
    """A rubbed singing bowl, whose pitch bends as it is tilted."""
    base = 218.0 * (4.0 / 3.0) ** follow(contour.pitch, length)
    cutoff = dim * 700.0 * 2.6 ** follow(contour.bright, length)
    level = amplitude(contour, length)
    samples = np.zeros(length, np.float32)
    for ratio, weight in ((1.0, 0.45), (2.71, 1.0), (5.15, 0.4), (8.2, 0.1)):
        partial = _sine(_cycles(base * ratio, length, variant))
        partial += np.float32(0.16) * _sine(_cycles(base * ratio + 0.6 * ratio**0.5, length, 0))
        gain = level * weight / (1.0 + np.square(base * ratio / cutoff))
        samples += spread(gain, length) * partial
    return samples


TIMBRES: dict[str, tuple[Timbre, float]] = {
    "wave": (wave, -24.2),
    "glide": (glide, -21.3),
    "bowl": (bowl, -20.1),
    "hum": (hum, -25.8),
    "flute": (flute, -21.0),
}
"""Each timbre with the gain in dB that brings an in-breath to ``BREATH_LUFS``."""

_Curve = NDArray[np.float64]
_Spectrum = Callable[[_Curve, _Curve, _Curve], Sequence[_Curve]]
"""(pitch in Hz, cutoff in Hz, brightness) → the amplitude of each partial, the lowest first."""


def _partials(pitch: _Curve, cutoff: _Curve, bright: _Curve) -> list[_Curve]:
    shares = (0.4 + 0.0 * bright, 1.0 + 0.0 * bright, 0.12 + 0.5 * bright, 0.04 + 0.25 * bright)
    return _low_passed(shares, pitch, cutoff)


def _formant(pitch: _Curve, cutoff: _Curve, bright: _Curve) -> list[_Curve]:
    """Ten partials, the strongest where the mouth resonates."""
    width = 170.0 + 160.0 * bright
    return [
        0.08 / number + 1.0 / (1.0 + np.square((number * pitch - 0.85 * cutoff) / width))
        for number in range(1, 11)
    ]


def _pipe(pitch: _Curve, cutoff: _Curve, bright: _Curve) -> list[_Curve]:
    shares = (1.0 + 0.0 * bright, 0.1 + 0.3 * bright, 0.15 * bright)
    return _low_passed(shares, pitch, cutoff)


def _low_passed(shares: Sequence[_Curve], pitch: _Curve, cutoff: _Curve) -> list[_Curve]:
    """*shares* of the partials behind a low-pass at *cutoff* Hz."""
    return [
        share / (1.0 + np.square(number * pitch / cutoff))
        for number, share in enumerate(shares, start=1)
    ]


def _harmonics(
    contour: Contour,
    length: int,
    lowest: float,
    spectrum: _Spectrum,
    cutoff: float,
    variant: int,
    vibrato: float = 0.0,
) -> Mono:
    """A tone that rises a fifth from *lowest* Hz as the contour's pitch goes from 0 to 1.

    *spectrum* has the amplitudes of its harmonics; *cutoff* (Hz) opens with the brightness;
    *vibrato* is its relative depth.
    """
    level, bright = amplitude(contour, length), follow(contour.bright, length)
    pitch = lowest * _FIFTH ** follow(contour.pitch, length)
    turns = np.arange(len(pitch)) * (4.6 * CURVE_STEP / SAMPLE_RATE) + variant / VARIANTS
    sway = 1.0 + vibrato * np.sin(2.0 * np.pi * turns)
    cycles = _cycles(pitch * sway, length, variant)
    # sin(n x) = 2 cos(x) sin((n - 1) x) - sin((n - 2) x): one sine and one cosine give them all
    before, wave_now = np.zeros(length, np.float32), _sine(cycles)
    twice_cosine = np.float32(2.0) * _sine(cycles + 0.25)
    samples = np.zeros(length, np.float32)
    for weights in spectrum(pitch, cutoff * 3.0**bright, bright):
        samples += spread(level * weights, length) * wave_now
        before, wave_now = wave_now, twice_cosine * wave_now - before
    return samples


def _cycles(frequency: _Curve, length: int, variant: int) -> _Curve:
    """Periods passed at each sample, for *frequency* (Hz) every :data:`CURVE_STEP` samples.

    It is scaled to the pitch of the *variant* and to a whole number of periods.
    """
    each = np.broadcast_to(spread(frequency, length), length)
    ends = np.cumsum(each, dtype=np.float64)
    whole = max(1.0, float(np.round(ends[-1] * (1.0 + _DETUNE[variant]) / SAMPLE_RATE)))
    cycles: _Curve = (ends - each) * (whole / ends[-1])
    return cycles


def _sine(cycles: _Curve) -> Mono:
    turns = (cycles - np.floor(cycles)).astype(np.float32)
    wave: Mono = np.sin(np.float32(2.0 * np.pi) * turns)
    return wave


def _noise(band: NDArray[np.int16], start: int, length: int, variant: int) -> NDArray[np.int16]:
    """*length* samples of the looped *band*, from another place in each variant.

    Two of the variants play it backwards, so that none is another one shifted.
    """
    start = (start + (variant // 2) * len(band) // 2) % len(band)
    if variant % 2:
        band = band[::-1]
    if start + length <= len(band):
        return band[start : start + length]
    return band.take(np.arange(start, start + length), mode="wrap")
