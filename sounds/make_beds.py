"""Beds on a circle: everything is made so that the last sample runs into the first.

Noise is shaped in the frequency domain, which is circular by itself; slow movements are
sums of whole waves over the loop; single events wrap around its end. Left and right are
``middle + side`` and ``middle - side`` with the side 5 dB or more below the middle, so
that little is lost when a phone adds them up.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from psoas_audio.sound.noise import circular
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE

FRAMES = 2500 * MP3_FRAME
"""One minute, and a whole number of MP3 frames."""
TIME = np.arange(FRAMES) / SAMPLE_RATE


def sway(seed: int, depth: float, slowest: int = 2, fastest: int = 11) -> np.ndarray:
    """A slow random movement, (frames,), within about ± *depth* dB, as a gain.

    Made of whole waves, *slowest* to *fastest* of them in a loop.
    """
    rng = np.random.default_rng(seed)
    count = fastest - slowest + 1
    total = np.zeros(FRAMES)
    for waves in range(slowest, fastest + 1):
        turn = 2.0 * np.pi * waves / FRAMES
        total += np.sin(np.arange(FRAMES) * turn + rng.uniform(0, 2 * np.pi))
    return 10.0 ** (depth * total / np.sqrt(count) / 1.5 / 20.0)


def wide(middle: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Middle and side, (frames,) each, as stereo (frames, 2)."""
    return np.stack([middle + side, middle - side], axis=1)


def band(low: float, high: float, tilt: float = 0.0, steep: float = 2.0) -> Callable:
    """A spectrum from *low* to *high* Hz, falling by *tilt* dB per octave between them."""

    def shape(f: np.ndarray) -> np.ndarray:
        edges = np.hypot(1.0, (low / f) ** steep) * np.hypot(1.0, (f / high) ** steep)
        return (f / 1000.0) ** (-tilt / 6.02) / edges

    return shape


def power(samples: np.ndarray) -> np.ndarray:
    """*samples* at an RMS of 1."""
    return samples / np.sqrt(np.mean(np.square(samples)))


def brown_noise() -> np.ndarray:
    """Deep and even, like a far waterfall: 6 dB less per octave, the rumble taken out."""
    middle = circular(FRAMES, 101, band(75.0, 2500.0, 5.5, 3.0))
    side = circular(FRAMES, 102, band(160.0, 2500.0, 5.5, 3.0))
    return wide(power(middle), 0.5 * power(side))


def soft_rain() -> np.ndarray:
    """Steady rain on leaves: a hiss without edges, and drops near and far."""
    veil = power(circular(FRAMES, 111, band(350.0, 5500.0, 3.0))) * sway(112, 0.8)
    spread = power(circular(FRAMES, 113, band(500.0, 5500.0, 3.0))) * sway(114, 0.8)
    body = power(circular(FRAMES, 115, band(90.0, 420.0, 3.0)))
    middle, side = drops(116, 55.0)
    return wide(veil + 0.35 * body + 0.5 * middle, 0.5 * spread + 0.5 * side)


def drops(seed: int, per_second: float) -> tuple[np.ndarray, np.ndarray]:
    """Drops of rain, middle and side, at an RMS of about 1: few near ones, many far ones."""
    rng = np.random.default_rng(seed)
    middle, side = np.zeros(FRAMES), np.zeros(FRAMES)
    for start in rng.integers(0, FRAMES, round(per_second * FRAMES / SAMPLE_RATE)):
        frequency = rng.uniform(700.0, 2600.0)
        decay = rng.uniform(0.004, 0.012) * (1500.0 / frequency)
        time = np.arange(round(decay * 7 * SAMPLE_RATE)) / SAMPLE_RATE
        glide = 1.0 + rng.uniform(-0.02, 0.12) * time / decay
        drop = np.sin(2 * np.pi * frequency * glide * time) * np.exp(-time / decay)
        drop *= 1.0 - np.exp(-time / 0.0008)
        drop *= min(rng.pareto(2.2) + 0.2, 3.0)
        place = (start + np.arange(len(drop))) % FRAMES
        pan = rng.uniform(-0.6, 0.6)
        middle[place] += drop
        side[place] += pan * drop
    scale = np.sqrt(np.mean(np.square(middle)))
    return middle / scale, side / scale


def surf() -> np.ndarray:
    """A calm sea a little way off: waves overlap, no two alike, none in a breath's rhythm."""
    rng = np.random.default_rng(130)
    bands = ((70.0, 320.0, 4.0), (320.0, 1300.0, 4.0), (1300.0, 4500.0, 5.0))
    levels, floors, falls = (0.9, 1.0, 0.5), (0.7, 0.4, 0.2), (3.2, 2.6, 2.2)
    starts = np.cumsum(rng.uniform(0.7, 1.3, 8))
    waves = [(start, rng.uniform(0.55, 1.0), rng.uniform(-0.6, 0.6)) for start in starts]
    middle, side = np.zeros(FRAMES), np.zeros(FRAMES)
    for number, (low, high, tilt) in enumerate(bands):
        swell, lean = np.full(FRAMES, floors[number]), np.zeros(FRAMES)
        for start, height, pan in waves:
            delay = 0.5 * number  # it rolls in deep and breaks bright
            one = height * wave(start / starts[-1] + delay * SAMPLE_RATE / FRAMES, falls[number])
            swell += one
            lean += pan * one
        body = levels[number] * power(circular(FRAMES, 131 + number, band(low, high, tilt)))
        room = levels[number] * power(circular(FRAMES, 141 + number, band(low, high, tilt)))
        middle += swell * body
        side += 0.45 * (swell * room + lean * body) * (0.4 if number == 0 else 1.0)
    return wide(middle, side)


def wave(place: float, fall: float) -> np.ndarray:
    """The gain of one wave that crests at *place* (0 to 1 of the loop), (frames,), crest 1.

    It gathers over about 2 s and runs out over *fall* seconds and more.
    """
    since = (TIME - place * TIME[-1] + 30.0) % 60.0 - 30.0
    return np.exp(-0.5 * np.square(np.where(since < 0, since / 1.5, since / fall)))


def night_air() -> np.ndarray:
    """A mild night: air moving in leaves, and crickets far off that come and go."""
    move = sway(151, 2.0, 2, 9)
    air = power(circular(FRAMES, 152, band(110.0, 650.0, 4.5))) * move
    air_wide = power(circular(FRAMES, 153, band(180.0, 650.0, 4.5))) * move
    leaves = 0.15 * power(circular(FRAMES, 154, band(900.0, 3200.0, 4.0))) * move**1.8
    leaves_wide = 0.15 * power(circular(FRAMES, 155, band(900.0, 3200.0, 4.0))) * move**1.8
    middle, side = air + leaves, 0.5 * air_wide + 0.6 * leaves_wide
    for seed, pitch, pan in ((156, 2480.0, -0.7), (157, 2790.0, 0.6), (158, 2650.0, 0.1)):
        cricket = 0.4 * chirps(seed, pitch) * sway(seed + 10, 4.0, 1, 5)
        middle += cricket
        side += pan * cricket
    return wide(middle, side)


def chirps(seed: int, pitch: float) -> np.ndarray:
    """A cricket, (frames,), peak 1: chirps of a few soft pulses, in no strict time."""
    rng = np.random.default_rng(seed)
    gaps = rng.uniform(0.75, 1.25, 52)
    out = np.zeros(FRAMES)
    pulse = np.square(np.sin(np.linspace(0.0, np.pi, round(0.024 * SAMPLE_RATE))))
    for start in np.cumsum(gaps) / gaps.sum() * FRAMES:
        for number in range(rng.integers(2, 5)):
            place = round(start) + round(number * 0.036 * SAMPLE_RATE) + np.arange(len(pulse))
            tone = np.sin(2.0 * np.pi * pitch * np.arange(len(pulse)) / SAMPLE_RATE)
            out[place % FRAMES] += (0.6, 0.9, 1.0, 0.8)[number] * pulse * tone
    return out


def warm_drone() -> np.ndarray:
    """A still chord of open fifths whose partials breathe, each in its own time."""
    chord = {110.0: 1.0, 165.0: 0.55, 220.0: 0.6, 330.0: 0.3, 440.0: 0.15}
    return wide(power(pad(chord, 121, 3.0)), 0.4 * power(pad(chord, 122, 0.0)))


def pad(chord: dict[float, float], seed: int, steady: float) -> np.ndarray:
    """Tones (Hz: weight) with harmonics, each a narrow band of noise about a steady line.

    *steady* is the power of the line over that of the band: 0 drifts freely.
    """

    def shape(f: np.ndarray) -> np.ndarray:
        total = np.zeros(len(f))
        for root, weight in chord.items():
            for number in range(1, 7):
                centre = root * number
                width = 0.2 + centre * 0.001
                level = weight / number**1.6 / np.hypot(1.0, (centre / 500.0) ** 2)
                near = np.exp(-0.5 * np.square((f - centre) / width))
                total += level * near / np.sqrt(width)
                lines = np.sqrt(steady * np.sqrt(np.pi) * FRAMES / SAMPLE_RATE)
                total[np.argmin(np.abs(f - centre))] += level * lines
        return total

    return circular(FRAMES, seed, shape)


BEDS: dict[str, Callable[[], np.ndarray]] = {
    "soft-rain": soft_rain,
    "surf": surf,
    "brown-noise": brown_noise,
    "night-air": night_air,
    "warm-drone": warm_drone,
}
