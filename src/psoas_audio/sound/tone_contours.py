"""Contours of tones: level, brightness and pitch over one phase, whatever the timbre.

Listeners follow them with closed eyes, over a bed and through a phone's small speaker. So every
phase begins with a mark, a short accent that stands out at once, and stays above the bed to its
end; the way in swells, brightens and rises; the way out falls, darkens and fades; what is held is
steady: high and clear when full, low and round when empty.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from psoas_audio.sound.curves import CURVE_STEP
from psoas_audio.units import SAMPLE_RATE

Curve = tuple[tuple[float, float], ...]
"""Points (position from 0 to 1, value), joined by straight lines with rounded corners."""

SMOOTHING = 0.15
"""Fraction of the phase over which corners are rounded."""

MARK_SECONDS = 0.16
"""Seconds in which the mark at a phase's start falls to a third."""


class Contour(NamedTuple):
    """How one kind of phase changes over time."""

    level: Curve
    """dB; 0 is the loudest moment of an in-breath."""
    bright: Curve
    """0 (dark) to 1 (bright)."""
    pitch: Curve
    """0 at the end of an out-breath, 1 at the end of an in-breath."""
    mark: float
    """dB by which the start stands above the level."""
    noise_at: int
    """Start in the looped noise, in samples; each kind has its own section."""
    fade_in: float = 0.085
    """Seconds from silence, at most 0.3 of the phase."""
    fade_out: float = 0.2
    """Seconds to silence, at most 0.3 of the phase."""
    still: bool = False
    """Whether it is a hold, without a swell."""


CONTOURS: dict[str, Contour] = {
    "in": Contour(
        level=((0.0, -6.5), (0.85, 0.0), (1.0, -2.0)),
        bright=((0.0, 0.1), (0.95, 1.0)),
        pitch=((0.0, 0.0), (1.0, 1.0)),
        mark=3.5,
        noise_at=0,
    ),
    "sip": Contour(
        level=((0.0, -4.0), (0.6, 0.0), (1.0, -3.0)),
        bright=((0.0, 0.8), (0.9, 1.25)),
        pitch=((0.0, 1.0), (1.0, 1.5)),
        mark=3.0,
        noise_at=100_000,
    ),
    "full": Contour(
        level=((0.0, -6.5),),
        bright=((0.0, 0.5),),
        pitch=((0.0, 1.0),),
        mark=3.5,
        noise_at=200_000,
        still=True,
    ),
    "out": Contour(
        level=((0.0, -0.5), (0.2, -0.5), (1.0, -7.0)),
        bright=((0.0, 0.55), (0.9, 0.0)),
        pitch=((0.0, 1.0), (1.0, 0.0)),
        mark=2.5,
        noise_at=260_000,
    ),
    "empty": Contour(
        level=((0.0, -9.0),),
        bright=((0.0, 0.1),),
        pitch=((0.0, 0.0),),
        mark=3.5,
        noise_at=400_000,
        still=True,
    ),
}
"""The phases of a breath."""

TEMPO_CONTOURS: dict[str, Contour] = {
    "up": Contour(
        level=((0.0, -4.0), (0.8, 0.0), (1.0, -1.0)),
        bright=((0.0, 0.3), (0.95, 1.0)),
        pitch=((0.0, 0.0), (1.0, 1.0)),
        mark=4.0,
        noise_at=50_000,
        fade_out=0.15,
    ),
    "top": Contour(
        level=((0.0, -5.0),),
        bright=((0.0, 0.6),),
        pitch=((0.0, 1.0),),
        mark=4.0,
        noise_at=150_000,
        fade_out=0.15,
        still=True,
    ),
    "down": Contour(
        level=((0.0, -1.0), (1.0, -6.0)),
        bright=((0.0, 0.5), (0.95, 0.0)),
        pitch=((0.0, 1.0), (1.0, 0.0)),
        mark=4.0,
        noise_at=300_000,
        fade_out=0.15,
    ),
    "bottom": Contour(
        level=((0.0, -8.0),),
        bright=((0.0, 0.1),),
        pitch=((0.0, 0.0),),
        mark=4.0,
        noise_at=450_000,
        fade_out=0.15,
        still=True,
    ),
}
"""The phases of a repetition at a tempo."""


def follow(curve: Curve, length: int) -> NDArray[np.float64]:
    """*curve* over a phase of *length* samples, one value every :data:`CURVE_STEP` samples."""
    steps = -(-length // CURVE_STEP)
    reach = round(steps * SMOOTHING / 2)
    places = np.clip(np.arange(-reach, steps + reach + 1) * (CURVE_STEP / length), 0.0, 1.0)
    values = np.interp(places, [place for place, _ in curve], [value for _, value in curve])
    kernel = np.hanning(2 * reach + 3)[1:-1]
    return np.convolve(values, kernel / kernel.sum(), "valid")


def amplitude(contour: Contour, length: int) -> NDArray[np.float64]:
    """The linear level of *contour* with its mark, one value every :data:`CURVE_STEP` samples."""
    level = follow(contour.level, length)
    seconds = np.arange(len(level)) * (CURVE_STEP / SAMPLE_RATE)
    level += contour.mark * np.exp(-seconds / MARK_SECONDS)
    curve: NDArray[np.float64] = 10.0 ** (level / 20.0)
    return curve


def fade_phase_edges(samples: NDArray[np.float32], contour: Contour, slower: float) -> None:
    """Fade both ends of *samples* (frames,) to zero in place, with raised cosines.

    Phases can then be joined without a step. *slower* multiplies the length of both fades.
    """
    max_length = int(len(samples) * 0.3) + 1
    rise = _half_cosine(min(int(contour.fade_in * slower * SAMPLE_RATE), max_length))
    fall = _half_cosine(min(int(contour.fade_out * slower * SAMPLE_RATE), max_length))
    samples[: len(rise)] *= rise
    samples[-len(fall) :] *= fall[::-1]


def _half_cosine(length: int) -> NDArray[np.float32]:
    way = np.arange(length, dtype=np.float32) * np.float32(np.pi / length)
    curve: NDArray[np.float32] = np.float32(0.5) - np.float32(0.5) * np.cos(way)
    return curve
