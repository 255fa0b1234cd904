"""A person's recording made into takes: cut at its silences, trimmed, and levelled as one voice.

Everything is mono float32 ``(n,)`` at 48 kHz. A quiet room is louder than an engine's silence,
so what is silence is judged against the recording's own floor.
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
from psoas_audio.errors import SoundError
from psoas_audio.master.gain import voice_lufs
from psoas_audio.master.limiter import Limiter
from psoas_audio.master.loudness import energies
from psoas_audio.sound.raw_files import SESSION_FILE, open_raw
from psoas_audio.sound.stream import SoundStream
from psoas_audio.units import SAMPLE_RATE, db_to_gain, ms_to_samples

LUFS = -16.0
"""Loudness of the takes together, as two channels play them: where eSpeak NG's lie by nature
(measured -16.2), so that lines of the fallback engine are as loud."""
_FREEDOM = 2.0
"""LU by which a take may stay louder or softer than all of them: a person's own dynamics."""
_CEILING = -1.0
"""dBTP of a take."""
_MOST_SECONDS = 90 * 60
_STEP = ms_to_samples(10)
_BEFORE, _AFTER = ms_to_samples(60), ms_to_samples(150)
_BREAK = 30
"""Steps (0.3 s): a shorter silence is none between lines."""
_APART = 1.3
"""The shortest pause between lines is this much longer than the longest inside one."""
_UNLIKE = 2.5
"""A piece this much longer or shorter than its line, against the others, isn't that line."""

_LOUDEST = 1e3
"""Times full scale: what damaged files hold instead of sound is mostly beyond it."""
_RATES = range(8_000, 192_001)
"""Samples per second."""
_AGAIN = "Export it again as a WAV or FLAC file at 48 kHz."
_RECORDING_FILE = replace(SESSION_FILE, noun="recording", hint=_AGAIN)
_PAUSES = "Leave two seconds between lines, or save each line under its name on the sheet."


def read_mono(path: Path) -> Mono:
    """The sound in *path* at 48 kHz; raises :class:`SoundError`."""
    try:
        with open_raw(path, kind=_RECORDING_FILE) as raw, SoundStream(raw) as file:
            if file.samplerate not in _RATES:
                raise SoundError(
                    f"its sample rate is {file.samplerate:,} Hz", where=str(path), hint=_AGAIN
                )
            if file.frames > _MOST_SECONDS * file.samplerate or file.channels > 2:
                raise SoundError(
                    "recordings are mono or stereo and last 90 minutes at most",
                    where=str(path),
                    hint="Export it as mono, or in several parts.",
                )
            stream = soxr.ResampleStream(file.samplerate, SAMPLE_RATE, 1, "float32", "HQ")
            held, left = bytearray(), file.frames  # grows without a second copy
            for block in file.onward(1 << 16):
                if not (np.abs(block) < _LOUDEST).all():  # nor is what is no number
                    raise SoundError(
                        "it contains samples that are not numbers", where=str(path), hint=_AGAIN
                    )
                held += stream.resample_chunk(block.mean(axis=1, dtype=np.float32)).data
                left -= len(block)
            if left:
                raise SoundError("the recording ends too early", where=str(path), hint=_AGAIN)
            held += stream.resample_chunk(np.zeros(0, np.float32), last=True).data
    except (soundfile.SoundFileError, RuntimeError, OSError) as fault:
        raise SoundError(
            f"the recording can't be read ({fault})", where=str(path), hint=_AGAIN
        ) from fault
    return np.frombuffer(held, np.float32)


def trimmed(mono: Mono) -> Mono:
    """*mono* from shortly before its first sound to shortly after its last; empty for silence."""
    sounding = np.flatnonzero(_sounds(mono))
    return _cut(mono, sounding[0], sounding[-1] + 1) if len(sounding) else mono[:0]


def pieces(mono: Mono, lengths: Sequence[int]) -> list[Mono]:
    """*mono* cut at its longest silences into trimmed pieces, one per line.

    *lengths*: about what the lines take, in samples, in order. Raises :class:`SoundError` where
    the pauses between lines can't be told from those inside, or a piece can't be its line.
    """
    starts, ends = _runs(_sounds(mono))
    gaps = starts[1:] - ends[:-1]
    order = np.argsort(-gaps, kind="stable")
    wanted = len(lengths) - 1
    pauses = order[:wanted]
    inside = gaps[order[wanted:]]
    if not len(starts) or len(pauses) < wanted or (len(pauses) and gaps[pauses].min() < _BREAK):
        raise SoundError(f"it has fewer pauses than its {len(lengths)} lines need", hint=_PAUSES)
    longest_inside = float(inside.max(initial=0))
    if wanted and longest_inside >= _BREAK and gaps[pauses].min() < _APART * longest_inside:
        raise SoundError(
            f"it can't be cut into {len(lengths)} lines: the pauses between lines and those"
            " inside them are equally long",
            hint=_PAUSES,
        )
    cuts = np.sort(pauses)
    firsts = starts[np.concatenate(([0], cuts + 1)).astype(int)]
    lasts = ends[np.concatenate((cuts, [len(ends) - 1])).astype(int)]
    found = [_cut(mono, first, last) for first, last in zip(firsts, lasts, strict=True)]
    _check_pieces([len(piece) for piece in found], lengths)
    return found


def _check_pieces(found: Sequence[int], lengths: Sequence[int]) -> None:
    """Refuse pieces whose lengths don't go with their lines': one is missing or said twice."""
    # What a breath more or less does to a single word says nothing.
    spare = SAMPLE_RATE // 2
    ratios = [(a + spare) / (b + spare) for a, b in zip(found, lengths, strict=True)]
    usual = median(ratios)
    for number, ratio in enumerate(ratios, 1):
        if not usual / _UNLIKE < ratio < usual * _UNLIKE:
            raise SoundError(
                f"its piece {number} lasts {found[number - 1] / SAMPLE_RATE:.1f} s, which can't be"
                f" line {number}: lines may be missing or said twice before it",
                hint="Say each line of the sheet once, in order, or give each its own file.",
            )


def loudness_of(takes: Sequence[Mono]) -> float:
    """Loudness of *takes* together in LUFS, as two channels play them; ``-inf`` for silence."""
    return voice_lufs([energies(take.reshape(-1, 1)) for take in takes])


def levelled(takes: Sequence[Mono]) -> list[Mono]:
    """*takes* at one loudness: one gain for all, but for those far off, which come closer.

    A soft sentence stays softer by as much as 2 LU. Peaks stay under -1 dBTP.
    """
    together = loudness_of(takes)
    found = []
    for take in takes:
        own = loudness_of([take])
        if not math.isfinite(own):
            found.append(take)
            continue
        kept = min(max(own - together, -_FREEDOM), _FREEDOM)
        found.append(_under_ceiling(take * np.float32(db_to_gain(LUFS + kept - own))))
    return found


def _under_ceiling(take: Mono) -> Mono:
    track = np.ascontiguousarray(take.reshape(-1, 1), np.float32)
    limiter = Limiter(lambda start, stop: track[start:stop], len(track), _CEILING)
    limited: Mono = limiter.read(0, len(track))[:, 0]
    return limited


def _sounds(mono: Mono) -> NDArray[np.bool_]:
    """Which steps of 10 ms sound: 12 dB over the floor, 50 to 20 dB under the loud ones."""
    steps = mono[: len(mono) // _STEP * _STEP].reshape(-1, _STEP)
    level = np.sqrt(np.einsum("ij,ij->i", steps, steps, dtype=np.float64) / _STEP)
    if not len(level) or level.max() < 1e-5:
        return np.zeros(len(level), bool)
    loud = np.percentile(level[level > level.max() / 100], 95)
    floor = np.percentile(level, 10)
    sounding: NDArray[np.bool_] = level > np.clip(4 * floor, loud * 10**-2.5, loud * 0.1)
    return sounding


def _runs(sounding: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First steps of the runs of sound, and the steps after their last.

    A click is no run: a knock on the table between two lines would make a line of its own.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], sounding.astype(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    longer = ends - starts >= 3
    return starts[longer], ends[longer]


def _cut(mono: Mono, first: int, last: int) -> Mono:
    """Steps *first* to *last* of *mono* with their margins, faded in them."""
    piece = mono[max(0, first * _STEP - _BEFORE) : last * _STEP + _AFTER].copy()
    for edge, length in ((piece, _BEFORE // 2), (piece[::-1], _AFTER // 2)):
        length = min(length, len(piece) // 2)
        edge[:length] *= np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    return piece
