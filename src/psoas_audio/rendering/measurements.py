"""Measures a finished file or a mix for its plot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from psoas_audio.audio import Samples
from psoas_audio.deliver.pictures.plot import PLOT_BINS, SoundMeasurements, plot_picture
from psoas_audio.deliver.pictures.svg import to_svg
from psoas_audio.errors import SoundError, library_reason
from psoas_audio.master.gain import DUAL_MONO_LU
from psoas_audio.master.loudness import Energies, energy_to_lufs, moving_mean
from psoas_audio.qc.measure import Measurements, decode_ahead, measure
from psoas_audio.qc.sound_faults import sound_figures
from psoas_audio.sound.read_sound import open_sound
from psoas_audio.sound.stream import SoundStream
from psoas_audio.sound.untrusted_files import SESSION_FILE
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE

_MAX_FRAMES = 24 * 3600 * SAMPLE_RATE
_MOMENTARY, _SHORT_TERM = 4, 30
"""Windows in tenths of a second (EBU Tech 3341)."""


def plot_svg(path: Path, timeline: Timeline, target_lufs: float) -> str:
    """The plot of the finished file *path*, rendered from *timeline*, as SVG."""
    return to_svg(
        plot_picture(timeline, plot_measurements(measure_session_file(path), timeline, target_lufs))
    )


def plot_measurements(
    measured: Measurements, timeline: Timeline, target_lufs: float | None
) -> SoundMeasurements:
    """What the plot of *timeline* shows of *measured*."""
    shift = DUAL_MONO_LU if measured.channels == 1 else 0.0
    return SoundMeasurements(
        peaks=_parts(measured.envelope),
        momentary=_loudness(measured.energies, _MOMENTARY, shift),
        short_term=_loudness(measured.energies, _SHORT_TERM, shift),
        target_lufs=target_lufs,
        values=sound_figures(measured, timeline),
    )


def measure_session_file(path: Path) -> Measurements:
    """Measurements of the finished file *path*, in any format; raises ``SoundError``."""
    with open_sound(path, kind=SESSION_FILE, frames=_MAX_FRAMES) as file:
        return measure(_at_48k(file, path), file.channels)


def _loudness(energies: Energies, count: int, shift: float) -> list[float]:
    """The highest loudness in each part, in LUFS, over windows of *count* tenths of a second."""
    around = np.pad(energies, (count // 2, count - 1 - count // 2))
    return [energy_to_lufs(energy) + shift for energy in _parts(moving_mean(around, count))]


def _parts(values: NDArray[Any]) -> list[float]:
    """The highest of *values* in each of :data:`PLOT_BINS` equal parts."""
    edges = np.arange(PLOT_BINS + 1) * len(values) // PLOT_BINS
    return [
        float(values[first : max(last, first + 1)].max(initial=0))
        for first, last in pairwise(edges)
    ]


def _at_48k(file: SoundStream, path: Path) -> Iterator[Samples]:
    try:
        if file.samplerate == SAMPLE_RATE:
            yield from decode_ahead(file)
            return
        stream = soxr.ResampleStream(file.samplerate, SAMPLE_RATE, file.channels, "float32", "HQ")
        for block in decode_ahead(file):
            yield stream.resample_chunk(block)
        yield stream.resample_chunk(np.zeros((0, file.channels), np.float32), last=True)
    except RuntimeError as error:  # what soundfile raises
        raise SoundError(
            f"reading this file failed: {library_reason(error)}.",
            where=str(path),
            hint="Export or copy it again.",
        ) from error
