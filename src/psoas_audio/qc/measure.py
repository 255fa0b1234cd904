"""One pass over the decoded file: all that QC needs, in a few numbers per second of sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from psoas_audio.audio import Samples
from psoas_audio.master.loudness import Energies, Meter
from psoas_audio.master.true_peak import PeakMeter
from psoas_audio.qc.clicks import ClickFinder
from psoas_audio.sound.stream import SoundStream
from psoas_audio.sound.untrusted_files import SESSION_FILE, open_raw
from psoas_audio.units import SAMPLE_RATE

BIN = SAMPLE_RATE // 200
"""Samples in a bin of the envelope: 5 ms."""

READ_SAMPLES = 10 * SAMPLE_RATE
"""Samples decoded at a time: 10 s."""


@dataclass(frozen=True, slots=True)
class Measurements:
    """What was measured of a decoded file."""

    length: int
    """Samples."""
    rate: int
    """Samples per second."""
    channels: int
    true_peak: float
    """Linear."""
    clipped: int
    """Samples at or above full scale."""
    first_clipped: int | None
    """Position of the first of them, in samples."""
    dc: float
    """Highest mean of any 10 s, linear."""
    energies: Energies
    """K-weighted, per 100 ms."""
    envelope: NDArray[np.float32]
    """Highest absolute sample of each 5 ms, linear."""
    clicks: tuple[int, ...]
    """Positions of clicks, in samples; empty if they weren't searched for."""


def measure_decoded(path: Path, *, clicks: bool = False) -> Measurements:
    """Decode the file *path* from end to end, in memory that grows by 880 bytes a second of sound.

    Raises soundfile's error if the file can't be decoded, and ``SoundError`` if it can't be
    opened.
    """
    with open_raw(path, kind=SESSION_FILE) as raw, SoundStream(raw) as file:
        return measure(decode_ahead(file), file.channels, file.samplerate, clicks=clicks)


def measure(
    blocks: Iterable[Samples], channels: int, rate: int = SAMPLE_RATE, *, clicks: bool = False
) -> Measurements:
    """Measure *blocks*, float32 ``(frames, channels)``. The length of each but the last one is a
    multiple of :data:`BIN`."""
    meter, peaks, finder = Meter(channels), PeakMeter(channels), ClickFinder(channels)
    envelope = bytearray()
    length = clipped = 0
    first_clipped: int | None = None
    dc = 0.0
    for block in blocks:
        meter.add(block)
        peaks.add(block)
        if clicks:
            finder.add(block)
        high = np.abs(np.pad(block, ((0, -len(block) % BIN), (0, 0))))
        bins = high.reshape(-1, BIN * channels).max(axis=1)
        envelope += bins.tobytes()
        if float(bins.max(initial=0)) >= 1.0:
            over = np.flatnonzero((high >= 1.0).any(axis=1))
            clipped += over.size
            first_clipped = length + int(over[0]) if first_clipped is None else first_clipped
        dc = max(dc, float(np.abs(block.sum(axis=0, dtype=np.float64)).max()) / READ_SAMPLES)
        length += len(block)
    return Measurements(
        length=length,
        rate=rate,
        channels=channels,
        true_peak=peaks.peak(),
        clipped=clipped,
        first_clipped=first_clipped,
        dc=dc,
        energies=meter.energies(),
        envelope=np.frombuffer(envelope, np.float32),
        clicks=finder.found(),
    )


def decode_ahead(file: SoundStream) -> Iterator[Samples]:
    """The remaining samples of *file* in blocks, float32 ``(frames, channels)``.

    A thread decodes the next block while the caller works on one.
    """
    blocks = file.onward(READ_SAMPLES)
    with ThreadPoolExecutor(1, thread_name_prefix="decode") as ahead:
        coming = ahead.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = ahead.submit(next, blocks, None)
            yield block
