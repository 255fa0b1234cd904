"""Turns a narrator's recording into takes: split at silences, trimmed, with even loudness.

All audio is mono float32, shape ``(frames,)``, at 48 kHz. Even a quiet room isn't digital silence,
so the silence threshold follows the recording's own noise floor.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from psoas_audio.audio import Mono
from psoas_audio.errors import SoundError, library_reason
from psoas_audio.master.gain import voice_lufs
from psoas_audio.master.limiter import Limiter
from psoas_audio.master.loudness import energies
from psoas_audio.sound.stream import SoundStream
from psoas_audio.sound.untrusted_files import SESSION_FILE, open_raw
from psoas_audio.units import SAMPLE_RATE, db_to_gain, ms_to_samples, with_noun

TAKE_LUFS = -16.0
"""Loudness of all takes together, in LUFS, played on two channels. Matches eSpeak NG (measured:
-16.2), so lines spoken by the fallback engine are about as loud."""
_MAX_DEVIATION_LU = 2.0
"""LU by which a take may stay above or below that loudness: it keeps the narrator's dynamics."""
_CEILING_DBTP = -1.0
_MAX_SECONDS = 90 * 60
_STEP_SAMPLES = ms_to_samples(10)
_LEAD_IN_SAMPLES = ms_to_samples(60)
_TAIL_SAMPLES = ms_to_samples(150)
_MIN_PAUSE_STEPS = 30
"""0.3 s: a shorter silence can't separate two lines."""
_MIN_PAUSE_RATIO = 1.3
"""How many times longer the shortest pause between lines is than the longest one inside a line."""
_MAX_LENGTH_RATIO = 2.5
"""Longest allowed ratio of a piece's length to its line's, relative to the median ratio."""

_MAX_AMPLITUDE = 1e3
"""Relative to full scale; damaged files mostly decode to larger values."""
_SAMPLE_RATES_HZ = range(8_000, 192_001)
_EXPORT_HINT = "Export it again as a WAV or FLAC file at 48 kHz."
_RECORDING_FILE = replace(SESSION_FILE, noun="recording", hint=_EXPORT_HINT)
_PAUSE_HINT = "Leave two seconds between lines, or save each line under its name on the sheet."


def read_mono(path: Path) -> Mono:
    """Read *path* as mono at 48 kHz.

    Raises :class:`SoundError` for a file that can't be read, is damaged, or is too long.
    """
    try:
        with open_raw(path, kind=_RECORDING_FILE) as raw, SoundStream(raw) as file:
            if file.samplerate not in _SAMPLE_RATES_HZ:
                raise SoundError(
                    f"its sample rate is {file.samplerate:,} Hz", where=str(path), hint=_EXPORT_HINT
                )
            if file.frames > _MAX_SECONDS * file.samplerate or file.channels > 2:
                raise SoundError(
                    "a recording must be mono or stereo and at most 90 minutes long",
                    where=str(path),
                    hint="Export it as mono, or in several parts.",
                )
            stream = soxr.ResampleStream(file.samplerate, SAMPLE_RATE, 1, "float32", "HQ")
            data, frames_left = bytearray(), file.frames  # grows without a second copy
            for block in file.onward(1 << 16):
                if not (np.abs(block) < _MAX_AMPLITUDE).all():  # also false for NaN
                    raise SoundError(
                        "it contains samples that are not numbers",
                        where=str(path),
                        hint=_EXPORT_HINT,
                    )
                data += stream.resample_chunk(block.mean(axis=1, dtype=np.float32)).data
                frames_left -= len(block)
            if frames_left:
                raise SoundError("the recording ends too early", where=str(path), hint=_EXPORT_HINT)
            data += stream.resample_chunk(np.zeros(0, np.float32), last=True).data
    except (soundfile.SoundFileError, RuntimeError, OSError) as error:
        reason = library_reason(error)
        raise SoundError(
            f"the recording can't be read: {reason}.", where=str(path), hint=_EXPORT_HINT
        ) from error
    return np.frombuffer(data, np.float32)


def trim_silence(mono: Mono) -> Mono:
    """*mono* without silence at its ends, but for short margins; empty if it is all silence."""
    audible = np.flatnonzero(_audible_steps(mono))
    return _cut(mono, audible[0], audible[-1] + 1) if len(audible) else mono[:0]


def split_lines(mono: Mono, lengths: Sequence[int]) -> list[Mono]:
    """Split *mono* at its longest silences into trimmed pieces, one per line.

    *lengths* are the estimated lengths of the lines in samples, in order. Raises
    :class:`SoundError` if the pauses between lines can't be distinguished from those inside
    them, or if a piece is far too long or short for its line.
    """
    starts, ends = _runs(_audible_steps(mono))
    gaps = starts[1:] - ends[:-1]
    order = np.argsort(-gaps, kind="stable")
    pause_count = len(lengths) - 1
    pauses = order[:pause_count]
    inside = gaps[order[pause_count:]]
    if (
        not len(starts)
        or len(pauses) < pause_count
        or (len(pauses) and gaps[pauses].min() < _MIN_PAUSE_STEPS)
    ):
        raise SoundError(
            f"the recording has too few pauses for {with_noun(len(lengths), 'line')}",
            hint=_PAUSE_HINT,
        )
    longest_inside = float(inside.max(initial=0))
    if (
        pause_count
        and longest_inside >= _MIN_PAUSE_STEPS
        and gaps[pauses].min() < _MIN_PAUSE_RATIO * longest_inside
    ):
        raise SoundError(
            f"the recording can't be split into {len(lengths)} lines: the pauses between lines are"
            " about as long as those inside them",
            hint=_PAUSE_HINT,
        )
    cuts = np.sort(pauses)
    firsts = starts[np.concatenate(([0], cuts + 1)).astype(int)]
    lasts = ends[np.concatenate((cuts, [len(ends) - 1])).astype(int)]
    found = [_cut(mono, first, last) for first, last in zip(firsts, lasts, strict=True)]
    _check_pieces([len(piece) for piece in found], lengths)
    return found


def _check_pieces(found: Sequence[int], lengths: Sequence[int]) -> None:
    """Raise ``SoundError`` if a length doesn't fit its line: one is missing or was read twice."""
    # Half a second on both sides: a breath may double the length of a one-word line.
    allowance = SAMPLE_RATE // 2
    ratios = [(a + allowance) / (b + allowance) for a, b in zip(found, lengths, strict=True)]
    typical = median(ratios)
    for number, ratio in enumerate(ratios, 1):
        if not typical / _MAX_LENGTH_RATIO < ratio < typical * _MAX_LENGTH_RATIO:
            raise SoundError(
                f"part {number} of the recording lasts {found[number - 1] / SAMPLE_RATE:.1f} s,"
                f" which doesn't fit line {number}: an earlier line may be missing or read twice",
                hint="Read each line of the sheet once, in order, or save each in its own file.",
            )


def loudness_of(takes: Sequence[Mono]) -> float:
    """Loudness of all *takes* together in LUFS, on two channels; ``-inf`` for silence."""
    return voice_lufs([energies(take.reshape(-1, 1)) for take in takes])


def level_takes(takes: Sequence[Mono]) -> list[Mono]:
    """Bring *takes* to :data:`TAKE_LUFS` together, and each one to within 2 LU of that.

    Differences of up to 2 LU between takes stay. Peaks stay below -1 dBTP.
    """
    overall = loudness_of(takes)
    levelled = []
    for take in takes:
        loudness = loudness_of([take])
        if not math.isfinite(loudness):
            levelled.append(take)
            continue
        deviation = min(max(loudness - overall, -_MAX_DEVIATION_LU), _MAX_DEVIATION_LU)
        gain = db_to_gain(TAKE_LUFS + deviation - loudness)
        levelled.append(_limit(take * np.float32(gain)))
    return levelled


def _limit(take: Mono) -> Mono:
    """*take* limited to :data:`_CEILING_DBTP`."""
    track = np.ascontiguousarray(take.reshape(-1, 1), np.float32)
    limiter = Limiter(lambda start, stop: track[start:stop], len(track), _CEILING_DBTP)
    limited: Mono = limiter.read(0, len(track))[:, 0]
    return limited


def _audible_steps(mono: Mono) -> NDArray[np.bool_]:
    """Which 10 ms steps aren't silent.

    The threshold is 12 dB above the noise floor, and between 50 and 20 dB below the loud steps.
    """
    steps = mono[: len(mono) // _STEP_SAMPLES * _STEP_SAMPLES].reshape(-1, _STEP_SAMPLES)
    level = np.sqrt(np.einsum("ij,ij->i", steps, steps, dtype=np.float64) / _STEP_SAMPLES)
    if not len(level) or level.max() < 1e-5:
        return np.zeros(len(level), bool)
    loud = np.percentile(level[level > level.max() / 100], 95)
    floor = np.percentile(level, 10)
    audible: NDArray[np.bool_] = level > np.clip(4 * floor, loud * 10**-2.5, loud * 0.1)
    return audible


def _runs(audible: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first step of each run of sound, and the step after its last.

    Runs of less than 30 ms are dropped: a knock on the table isn't a line.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], audible.astype(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    long_enough = ends - starts >= 3
    return starts[long_enough], ends[long_enough]


def _cut(mono: Mono, first: int, last: int) -> Mono:
    """Steps *first* to *last* of *mono* with a margin at each end, faded in and out."""
    piece = mono[
        max(0, first * _STEP_SAMPLES - _LEAD_IN_SAMPLES) : last * _STEP_SAMPLES + _TAIL_SAMPLES
    ].copy()
    for edge, length in ((piece, _LEAD_IN_SAMPLES // 2), (piece[::-1], _TAIL_SAMPLES // 2)):
        length = min(length, len(piece) // 2)
        edge[:length] *= np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    return piece
