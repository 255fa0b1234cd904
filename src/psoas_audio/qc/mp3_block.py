"""Decodes a newly encoded block and compares it with the samples it was made from.

Encoding can do no other damage: a finished file that consists of such blocks, unchanged by its
checksum, sounds like the mix.
"""

from __future__ import annotations

import io
import os

import numpy as np
import soundfile
from numpy.typing import NDArray

from psoas_audio.audio import Samples
from psoas_audio.errors import OvershootError, QcError, library_reason
from psoas_audio.master.true_peak import true_peak
from psoas_audio.qc.limits import DC_MAX, TRUE_PEAK_MAX
from psoas_audio.units import SAMPLE_RATE, gain_to_db

_WINDOW = 4800
"""Samples (100 ms) whose RMS levels are compared."""

_LEVEL_TOLERANCE = 0.12
"""Largest change of a window's level, relative (1 dB). Shipped sessions lose 0.25 dB."""

_SPILL_TOLERANCE = 0.05
"""Largest change relative to its neighbours' level (-26 dB): a loud word masks what the encoder
changes next to it, which can be much of a quiet window."""

_MIN_CREST = 25.0
"""Peak over RMS (28 dB) of a window that has single impulses only; speech has 4 to 10."""
_IMPULSE_TOLERANCE = 0.5
"""Largest relative change of such a window: a transform codec has no frame as short."""

_MIN_TOLERANCE = 1e-3
"""Change of RMS (-60 dBFS) that is always allowed."""

_BAND_HZ = 13_000
"""Below the low-pass of every bit rate used (LAME: 15.1 kHz at 96 kb/s stereo)."""

_FAULT = "a part of the session was encoded wrongly, and it was not published: {}."
_HINT = "This should not happen: please report it with the script."


def check_block(stream: bytes, wanted: Samples) -> float:
    """The true peak (linear) of the MP3 *stream* of the samples *wanted*, ``(frames, channels)``.

    Raises :class:`QcError` if it has a different length, clips, has an offset from zero, or is
    louder or softer than *wanted*.
    """
    try:
        heard, _ = soundfile.read(_as_file(stream), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise _fault(f"it can't be decoded ({library_reason(error)})") from error
    if heard.shape != wanted.shape:
        raise _fault(f"it decodes to {len(heard)} samples instead of {len(wanted)}")
    peak = true_peak(heard)
    if gain_to_db(peak) > TRUE_PEAK_MAX:
        over = gain_to_db(peak) - TRUE_PEAK_MAX
        what = f"its true peak is {gain_to_db(peak):.1f} dBTP, above {TRUE_PEAK_MAX:.0f}"
        raise OvershootError(_FAULT.format(what), over, hint=_HINT)
    if abs(float(heard.mean() - wanted.mean())) > DC_MAX:
        raise _fault("it has a DC offset")
    if _difference_db(_levels(wanted), _levels(heard)):
        # What lies above the encoder's low-pass is left out on purpose, and little of speech.
        band = _in_band(wanted)
        off = _difference_db(_levels(band), _levels(_in_band(heard)), _impulsive(band))
        if off:
            raise _fault(f"it is {off:.1f} dB louder or softer than the mix")
    return peak


def _difference_db(
    before: NDArray[np.float32],
    after: NDArray[np.float32],
    impulsive: NDArray[np.bool_] | None = None,
) -> float:
    """The largest change of level in dB that is beyond the tolerances; 0 if there is none.

    *impulsive* windows may change more.
    """
    alike = (
        _LEVEL_TOLERANCE
        if impulsive is None
        else np.where(impulsive, _IMPULSE_TOLERANCE, _LEVEL_TOLERANCE)
    )
    around = np.max([before, np.append(before[1:], 0), np.append(0, before[:-1])], axis=0)
    allowed = np.maximum(np.maximum(alike * before, _SPILL_TOLERANCE * around), _MIN_TOLERANCE)
    wrong = np.abs(after - before) > allowed
    if not np.any(wrong):
        return 0.0
    return float(np.abs(20 * np.log10((after[wrong] + 1e-6) / (before[wrong] + 1e-6))).max())


def _impulsive(samples: Samples) -> NDArray[np.bool_]:
    """Whether each whole window is little more than single impulses."""
    whole = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW * samples.shape[1])
    impulsive: NDArray[np.bool_] = np.abs(whole).max(axis=1) > _MIN_CREST * (
        _levels(samples) + 1e-9
    )
    return impulsive


def _in_band(samples: Samples) -> Samples:
    """*samples* without what lies above :data:`_BAND_HZ`."""
    spectrum = np.fft.rfft(samples, axis=0)
    spectrum[int(_BAND_HZ * len(samples) / SAMPLE_RATE) :] = 0
    band: Samples = np.fft.irfft(spectrum, len(samples), axis=0).astype(np.float32)
    return band


def _as_file(stream: bytes) -> int | io.BytesIO:
    """*stream* as a file, if possible one of the system's in memory, which the decoder reads by
    itself: each call back into Python would wait for the interpreter's lock."""
    if not hasattr(os, "memfd_create"):
        return io.BytesIO(stream)
    file = os.memfd_create("block")
    os.write(file, stream)
    os.lseek(file, 0, os.SEEK_SET)
    return file


def _levels(samples: Samples) -> NDArray[np.float32]:
    """RMS of each whole window."""
    whole = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW * samples.shape[1])
    levels: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->i", whole, whole) / whole.shape[1])
    return levels


def _fault(what: str) -> QcError:
    return QcError(_FAULT.format(what), hint=_HINT)
