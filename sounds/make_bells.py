"""Bells by modal synthesis: each partial of a struck body rings and dies at its own pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from psoas_audio.units import SAMPLE_RATE

Partial = tuple[float, float, float, float, float]
"""Frequency (Hz), level (dB), time to fall by 60 dB (s), beat (Hz), bloom (s to full level)."""


def struck(partials: Sequence[Partial], seconds: float, onset: float) -> np.ndarray:
    """The sum of *partials*, (frames,), over *seconds*, the onset a raised cosine of *onset* s.

    A real body is never quite round, so every partial is two that beat; that is what makes
    it live. The last quarter fades to nothing.
    """
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    out = np.zeros(len(time))
    for number, (frequency, level, decay, beat, bloom) in enumerate(partials):
        turn = 2.0 * np.pi * time
        pair = np.sin(frequency * turn) + 0.35 * np.sin((frequency + beat) * turn + number)
        envelope = 10.0 ** (level / 20.0 - 3.0 * time / decay)
        if bloom > 0:
            envelope *= 1.0 - np.exp(-time / bloom)
        out += pair * envelope
    return out * rise(time / onset) * rise((seconds - time) / (seconds / 4.0))


def rise(way: np.ndarray) -> np.ndarray:
    """0 to 1 by a raised cosine as *way* goes from 0 to 1."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(way, 0.0, 1.0))


def bowl() -> np.ndarray:
    """A singing bowl, struck with a felt mallet."""
    base = 216.0
    return struck(
        [
            (base, 0.0, 13.0, 0.55, 0.0),
            (base * 2.74, -7.0, 8.0, 0.9, 0.0),
            (base * 5.12, -16.0, 4.5, 1.4, 0.0),
            (base * 8.03, -26.0, 2.2, 2.0, 0.0),
            (base * 11.4, -36.0, 1.2, 2.6, 0.0),
        ],
        8.0,
        0.012,
    )


def small_bell() -> np.ndarray:
    """A small hand bell, a little way off."""
    base = 784.0
    return struck(
        [
            (base * 0.5, -16.0, 2.6, 0.4, 0.0),
            (base, 0.0, 3.4, 0.7, 0.0),
            (base * 1.51, -14.0, 2.0, 0.9, 0.0),
            (base * 2.01, -10.0, 1.8, 1.2, 0.0),
            (base * 2.76, -20.0, 1.0, 1.7, 0.0),
            (base * 4.07, -30.0, 0.5, 2.5, 0.0),
        ],
        3.6,
        0.006,
    )


def wood_block() -> np.ndarray:
    """A temple block: hollow wood, tapped."""
    return struck(
        [
            (392.0, 0.0, 0.34, 0.0, 0.0),
            (655.0, -8.0, 0.2, 0.0, 0.0),
            (1080.0, -14.0, 0.11, 0.0, 0.0),
            (1710.0, -22.0, 0.06, 0.0, 0.0),
        ],
        0.6,
        0.003,
    )


def gong() -> np.ndarray:
    """A large gong, brushed: the low partials first, the shimmer blooming after them."""
    rng = np.random.default_rng(7)
    partials: list[Partial] = [
        (98.0, 0.0, 14.0, 0.3, 0.02),
        (147.4, -5.0, 12.0, 0.4, 0.05),
        (196.9, -3.0, 11.0, 0.5, 0.05),
    ]
    for frequency in 233.0 * 1.13 ** np.arange(17) * rng.uniform(0.98, 1.02, 17):
        level = -8.0 - 7.0 * np.log2(frequency / 233.0) + rng.uniform(-2.0, 2.0)
        partials.append(
            (frequency, level, 9.0 * 220.0 / frequency + 2.0, rng.uniform(0.4, 1.4), 0.3)
        )
    return struck(partials, 10.0, 0.03)


def tick() -> np.ndarray:
    """A fingertip on wood: says only that time goes on."""
    return struck([(520.0, 0.0, 0.09, 0.0, 0.0), (1130.0, -9.0, 0.05, 0.0, 0.0)], 0.25, 0.004)


BELLS: dict[str, Callable[[], np.ndarray]] = {
    "bowl": bowl,
    "small-bell": small_bell,
    "wood-block": wood_block,
    "gong": gong,
    "tick": tick,
}
