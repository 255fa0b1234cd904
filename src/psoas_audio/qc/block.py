"""A newly encoded block, decoded and held against the samples it was made from.

This is the whole of what encoding can spoil: a finished file that is a row of such blocks, each
unchanged (its checksum tells), sounds like the mix.
"""

from __future__ import annotations

import io

import numpy as np
import soundfile
from numpy.typing import NDArray

from psoas_audio.errors import QcError
from psoas_audio.master.true_peak import true_peak
from psoas_audio.qc.judge import DC_MAX, TRUE_PEAK_MAX
from psoas_audio.units import gain_to_db

Audio = NDArray[np.float32]

_STRETCH = 4800
"""Samples (100 ms) whose levels are compared."""

_ALIKE = 1.0
"""dB by which a stretch may differ; in shipped sessions it was 0.25 at most."""

_FAINT = 1e-3
"""RMS (-60 dBFS) under which it may: there the encoder is free to leave things out."""

_HINT = "This should not happen: please report it with the script."


def inspect(stream: bytes, wanted: Audio) -> float:
    """The true peak (linear) of the MP3 *stream* of the samples *wanted*, ``(frames, channels)``.

    Raises :class:`QcError` where it has another length, clips, has an offset from zero, or is
    louder or softer than what went in.
    """
    try:
        heard, _ = soundfile.read(io.BytesIO(stream), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise _fault(f"it can't be decoded ({error})") from error
    if heard.shape != wanted.shape:
        raise _fault(f"it decodes to {len(heard)} samples instead of {len(wanted)}")
    peak = true_peak(heard)
    if gain_to_db(peak) > TRUE_PEAK_MAX:
        raise _fault(f"its true peak is {gain_to_db(peak):.1f} dBTP, above {TRUE_PEAK_MAX:.0f}")
    if abs(float((heard - wanted).mean())) > DC_MAX:
        raise _fault("it has an offset from zero")
    before, after = _levels(wanted), _levels(heard)
    loud = np.maximum(before, after) > _FAINT
    off = np.abs(20 * np.log10((after[loud] + 1e-6) / (before[loud] + 1e-6)))
    if off.max(initial=0.0) > _ALIKE:
        raise _fault(f"it is {off.max():.1f} dB louder or softer than the mix")
    return peak


def _levels(samples: Audio) -> NDArray[np.float32]:
    """RMS of each whole stretch."""
    whole = samples[: len(samples) // _STRETCH * _STRETCH].reshape(-1, _STRETCH * samples.shape[1])
    levels: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->i", whole, whole) / whole.shape[1])
    return levels


def _fault(what: str) -> QcError:
    return QcError(
        f"a part of the session was encoded wrongly, and it was not published: {what}.", hint=_HINT
    )
