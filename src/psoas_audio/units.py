"""Conversions between seconds, samples, milliseconds, decibels and gain.

Inside the package time is always an ``int`` of samples at :data:`SAMPLE_RATE`;
this is the only module that converts it.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

SAMPLE_RATE = 48_000
"""Samples per second, everywhere inside."""

SAMPLES_PER_MS = SAMPLE_RATE // 1000
"""Samples in one millisecond (48)."""

BIT_RATES = (96, 112, 128, 160, 192, 224, 256, 320)
"""Kilobits per second that a session can be encoded at."""

MP3_FRAME = 1152
"""Samples in one MPEG-1 Layer III frame (ISO/IEC 11172-3): 24 ms at 48 kHz."""


def seconds_to_samples(seconds: float | Decimal | Fraction) -> int:
    """Samples nearest to *seconds* (half to even)."""
    if isinstance(seconds, Fraction):
        return round(seconds * SAMPLE_RATE)
    exact = Decimal(str(seconds)) if isinstance(seconds, float) else Decimal(seconds)
    return int((exact * SAMPLE_RATE).to_integral_value(rounding=ROUND_HALF_EVEN))


def samples_to_seconds(samples: int) -> float:
    """Seconds in *samples*; for display and for libraries, never for arithmetic."""
    return samples / SAMPLE_RATE


def samples_to_ms(samples: int) -> int:
    """Whole milliseconds nearest to *samples* (half up)."""
    return (samples + SAMPLES_PER_MS // 2) // SAMPLES_PER_MS


def ms_to_samples(ms: int) -> int:
    """Samples in *ms* milliseconds, exactly."""
    return ms * SAMPLES_PER_MS


def to_frame_grid(samples: int) -> int:
    """The first MP3 frame boundary at or after *samples*."""
    return -(-samples // MP3_FRAME) * MP3_FRAME


def nearest_frame(samples: int) -> int:
    """The MP3 frame boundary nearest to *samples*, at most 12 ms away."""
    return (samples + MP3_FRAME // 2) // MP3_FRAME * MP3_FRAME


def db_to_gain(db: float) -> float:
    """Linear gain of a level change in dB."""
    return float(10.0 ** (db / 20.0))


def gain_to_db(gain: float) -> float:
    """Level change in dB of a linear gain; ``-inf`` for 0."""
    return 20.0 * math.log10(gain) if gain > 0 else -math.inf


def with_noun(number: int, noun: str, plural: str = "") -> str:
    """*number* with its noun: ``1 session``, ``2 sessions``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def clock(samples: int) -> str:
    """*samples* as ``m:ss`` or ``h:mm:ss``, rounded to the nearest second."""
    whole = (samples + SAMPLE_RATE // 2) // SAMPLE_RATE
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def timestamp(samples: int, separator: str = ".") -> str:
    """*samples* as ``hh:mm:ss.mmm``, the time stamp of WebVTT (``.``) and SRT (``,``)."""
    ms = samples_to_ms(samples)
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{ms:03}"


def spoken_length(samples: int) -> str:
    """*samples* in words for a caption: ``45 seconds``, ``1 minute 30 seconds``."""
    whole = (samples + SAMPLE_RATE // 2) // SAMPLE_RATE
    minutes, seconds = divmod(whole, 60)
    parts = []
    if minutes:
        parts.append(f"{minutes} minute" + "s" * (minutes != 1))
    if seconds or not minutes:
        parts.append(f"{seconds} second" + "s" * (seconds != 1))
    return " ".join(parts)
