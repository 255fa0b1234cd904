"""Stems: each track of a session as a WAV file, all of the same length."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import soundfile

from psoas_audio.audio import Samples
from psoas_audio.encode.callback_file import CallbackFile
from psoas_audio.master.waveform import Waveform
from psoas_audio.mix import TRACKS, Mixer
from psoas_audio.timeline.model import TrackName
from psoas_audio.units import SAMPLE_RATE, db_to_gain, gain_to_db

STEM_BLOCK = 10 * SAMPLE_RATE
"""Samples mixed at a time."""

_RIFF_MAX = 4_000_000_000
"""Bytes of sound from which on RF64 is used, since RIFF counts bytes in 32 bits."""


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems that were written."""

    waveforms: Mapping[TrackName, Waveform]
    lowered: int
    """Whole dB by which all stems are below the mix, so that none clips; usually 0."""


def write_stems(
    mixer: Mixer, files: Mapping[TrackName, BinaryIO], on_samples: Callable[[int], None]
) -> Stems:
    """Write each track of *mixer* to its file: 24 bit, from 0:00 to the session's end.

    Their sum is the mix before limiting. *on_samples* gets the number of samples done so far.
    """
    waveforms, loudest = _write(mixer, files, 1.0, on_samples)
    lowered = max(0, math.ceil(gain_to_db(loudest))) if loudest > 1 else 0
    if lowered:
        for file in files.values():
            file.seek(0)
            file.truncate()
        _write(mixer, files, db_to_gain(-lowered), on_samples)
    return Stems(waveforms, lowered)


def _write(
    mixer: Mixer,
    files: Mapping[TrackName, BinaryIO],
    gain: float,
    on_samples: Callable[[int], None],
) -> tuple[dict[TrackName, Waveform], float]:
    timeline = mixer.timeline
    size = timeline.length * timeline.channels * 3
    container = "WAV" if size < _RIFF_MAX else "RF64"
    waveforms = {track: Waveform() for track in TRACKS}
    loudest = 0.0
    guarded = {track: CallbackFile(file) for track, file in files.items()}
    writers = {
        track: soundfile.SoundFile(
            file, "w", SAMPLE_RATE, timeline.channels, "PCM_24", format=container, closefd=False
        )
        for track, file in guarded.items()
    }
    try:
        for start in range(0, timeline.length, STEM_BLOCK):
            stop = min(timeline.length, start + STEM_BLOCK)
            for track, writer in writers.items():
                block: Samples = mixer.read(start, stop, (track,))
                waveforms[track].add(block)
                loudest = max(loudest, float(np.abs(block).max(initial=0)))
                writer.write(block if gain == 1 else block * np.float32(gain))
                guarded[track].raise_error()
            on_samples(stop)
    finally:
        for writer in writers.values():
            writer.close()
    for file in guarded.values():
        file.raise_error()
    return waveforms, loudest
