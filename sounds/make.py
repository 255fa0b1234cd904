"""Makes every shipped sound: ``python sounds/make.py [NAME…]``, with psoas-audio installed.

Nothing is recorded or taken from elsewhere: bells are sums of decaying partials, beds
are shaped noise and partials on a circle. The random numbers have fixed seeds, so the
same versions of numpy and libsndfile make the same sounds (an Ogg file's serial number
is still another each time).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import soundfile
from make_beds import BEDS
from make_bells import BELLS

from psoas_audio.sound.sound_levels import (
    BED_LUFS,
    BELL_LUFS,
    KNOCK_LUFS,
    TICK_LUFS,
    max_momentary_lufs,
    ungated_lufs,
)
from psoas_audio.units import SAMPLE_RATE, db_to_gain

HERE = Path(__file__).parent
QUALITY = 0.55
"""Of Ogg Vorbis, from 0 for the largest file to 1 for the smallest."""

SPARE = 9600
"""Frames written before and after a loop."""


def main(names: list[str]) -> None:
    """Make the sounds called *names*; all of them without names."""
    for name, bell in BELLS.items():
        if not names or name in names:
            samples = bell().astype(np.float32)[:, np.newaxis]
            wanted = {"tick": TICK_LUFS, "wood-block": KNOCK_LUFS}.get(name, BELL_LUFS)
            samples *= db_to_gain(wanted - max_momentary_lufs(samples))
            write_bell(HERE / "bells" / f"{name}.flac", samples)
    for name, bed in BEDS.items():
        if not names or name in names:
            samples = bed().astype(np.float32)
            samples *= db_to_gain(BED_LUFS - ungated_lufs(samples))
            write_bed(HERE / "beds" / f"{name}.ogg", samples)


def write_bell(path: Path, samples: np.ndarray) -> None:
    """16-bit FLAC of *samples* (frames, 1), dithered so that its tail fades and doesn't grind."""
    step = 1.0 / 32768
    dither = np.random.default_rng(0).triangular(-1.0, 0.0, 1.0, samples.shape)
    soundfile.write(path, samples + dither * step, SAMPLE_RATE, "PCM_16", format="FLAC")
    report(path, samples)


def write_bed(path: Path, samples: np.ndarray) -> None:
    """Ogg Vorbis of *samples* (frames, 2), with some of its end before it and of its start after.

    The codec then works at the seam as it does anywhere; ``read_sound`` cuts what is spare.
    """
    rolled = np.concatenate([samples[-SPARE:], samples, samples[:SPARE]])
    with soundfile.SoundFile(
        path, "w", SAMPLE_RATE, 2, "VORBIS", format="OGG", compression_level=QUALITY
    ) as file:
        file.comment = f"LOOPSTART={SPARE} LOOPLENGTH={len(samples)}"
        for block in np.array_split(rolled, 60):  # libvorbis overflows its stack on long writes
            file.write(block)
    report(path, samples)


def report(path: Path, samples: np.ndarray) -> None:
    """Say what was written."""
    peak = 20 * np.log10(np.abs(samples).max())
    length = len(samples) / SAMPLE_RATE
    print(
        f"{path.relative_to(HERE)!s:24} {length:6.2f} s  peak {peak:6.1f} dBFS  "
        f"{path.stat().st_size:>9,} bytes"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
