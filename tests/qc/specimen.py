"""A short session with everything in it, whose sound and file can be spoiled on purpose."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from mutagen.id3 import CHAP, ID3, TIT2
from numpy.typing import NDArray

from psoas_audio.encode.mp3_blocks import encode_mp3
from psoas_audio.timeline.model import BedSound, Breath, Clip, Marker, Sound, Take, Timeline, Track
from psoas_audio.units import samples_to_ms

Audio = NDArray[np.float32]

SECOND = 48_000
LENGTH = 25 * SECOND + 123
VOICE_LUFS = -18.3
"""What the voice of this session reads; measured once."""


def _take(name: str, text: str) -> Take:
    return Take(name, text, "tone", "", 120, 1)


VOICE = tuple(
    Clip(f"v{at}", at * SECOND, int(2.5 * SECOND), _take(f"t{at}", f"Line at {at} seconds."))
    for at in (3, 8, 20)
)
BREATH = (
    Clip("b0", 14 * SECOND, 2 * SECOND, Breath("in", "wave", 0)),
    Clip("b1", 16 * SECOND, 2 * SECOND, Breath("out", "wave", 0)),
)
BELLS = (Clip("g0", 1 * SECOND, SECOND, Sound("bell")),)
BED = (Clip("bed", 0, LENGTH, BedSound("rain")),)
MARKERS = (
    Marker("m0", "Begin", 0, 14 * SECOND),
    Marker("m1", "Breathe", 14 * SECOND, LENGTH - 14 * SECOND),
)


def timeline(channels: int = 1, *, bed: bool = True) -> Timeline:
    tracks = (
        Track("voice", VOICE),
        Track("breath", BREATH, level=-10.0),
        Track("bells", BELLS),
        Track("bed", BED if bed else (), level=-24.0),
    )
    return Timeline("planted", "Planted", "en", channels, LENGTH, tracks, MARKERS)


def mix(channels: int = 1, *, bed: bool = True) -> Audio:
    """The session's sound: syllables, tones, a bell, soft noise."""
    random = np.random.default_rng(4)
    out = np.zeros(LENGTH, np.float32)
    for clip in VOICE:
        t = np.arange(clip.length) / SECOND
        syllables = np.clip(np.sin(2 * np.pi * 4 * t), 0, 1) ** 0.5
        voiced = sum(np.sin(2 * np.pi * 120 * k * t) / k for k in range(1, 25))
        out[clip.start : clip.end] += 0.2 * syllables * voiced
    for clip in BREATH:
        t = np.arange(clip.length) / clip.length
        out[clip.start : clip.end] += 0.03 * np.sin(np.pi * t) ** 2 * np.sin(2 * np.pi * 800 * t)
    for clip in BELLS:
        t = np.arange(clip.length) / SECOND
        out[clip.start : clip.end] += 0.2 * np.exp(-5 * t) * np.sin(2 * np.pi * 660 * t)
    if bed:
        soft = np.convolve(random.standard_normal(LENGTH), np.ones(8) / 8, "same")
        out += 0.02 * soft.astype(np.float32)
    return np.repeat(out[:, None], channels, axis=1)


def tag(plan: Timeline) -> bytes:
    """A title and the chapters."""
    id3 = ID3()
    id3.add(TIT2(encoding=1, text=plan.title))
    for marker in plan.markers:
        times = samples_to_ms(marker.start), samples_to_ms(marker.end)
        id3.add(CHAP(element_id=marker.id, start_time=times[0], end_time=times[1]))
    out = io.BytesIO()
    id3.save(out, v2_version=3)
    return out.getvalue()


def write(
    path: Path,
    plan: Timeline,
    sound: Audio,
    spoil: Callable[[bytearray, int], bytes | bytearray] | None = None,
) -> Path:
    """The MP3 of *sound*; *spoil* gets its bytes and where the Info frame begins."""
    out = io.BytesIO()
    head = tag(plan)
    encode_mp3(lambda a, b: sound[a:b], len(sound), sound.shape[1], out, head=head)
    data = bytearray(out.getvalue())
    path.write_bytes(spoil(data, len(head)) if spoil else data)
    return path
