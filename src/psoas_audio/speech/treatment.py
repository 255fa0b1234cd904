"""Treatments of a voice: what a studio would do to a take, the same for every one of its takes.

A treatment is a chain: a low cut, a gentle compressor, a de-esser, two shelves, a small room. It
changes the colour of a voice and never its loudness, so nothing that is set against the voice
(bed, tones, bells) has to follow. Audio is float32 ``(n, 1)`` at 48 kHz.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from pedalboard import (
    Compressor,
    HighpassFilter,
    HighShelfFilter,
    LowShelfFilter,
    Pedalboard,
    Plugin,
    Reverb,
)

from psoas_audio.audio import Mono, Samples
from psoas_audio.master.gain import voice_lufs
from psoas_audio.master.loudness import SUB_BLOCK, energies
from psoas_audio.speech.line import PLAIN
from psoas_audio.speech.take import fade_edges
from psoas_audio.units import SAMPLE_RATE, db_to_gain, ms_to_samples

_WORKING_LUFS = -20.0
"""Where a take is brought before the chain, so that thresholds mean the same for every engine."""
_ATTACK_MS, _RELEASE_MS = 5.0, 150.0
"""Of the compressor: slower than a syllable, so that its level falls and no sound is bent."""
_SIBILANT = (3_500.0, 5_000.0)
"""Hz from which and from where on fully a sound counts as s or sh."""
_S_RATIO, _S_ATTACK_MS, _S_RELEASE_MS = 4.0, 1.0, 60.0
"""Of the de-esser."""
_ROOM_LOW_CUT = 200.0
"""Hz below which the room doesn't answer: it would boom."""
_ROOM_SIZE, _DAMPING = 0.15, 0.5
"""Of Freeverb: falls by 60 dB in some 0.6 s."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the chain is set to; thresholds in dBFS for a take at -20 LUFS."""

    low_cut: float
    """Hz, falling by 12 dB an octave below."""
    threshold: float
    """Of the compressor."""
    ratio: float
    sibilance: float
    """Threshold of the de-esser."""
    low: tuple[float, float]
    """Hz and dB of the lower shelf."""
    high: tuple[float, float]
    """Hz and dB of the upper shelf."""
    room: float = 0.0
    """Level of the room, 0 to 1."""
    tail_ms: int = 0
    """By how much the room outlasts the voice."""


TREATMENTS: Mapping[str, Treatment] = {
    "warm": Treatment(75.0, -16.0, 2.0, -36.0, (250.0, 3.0), (5_000.0, -4.0)),
    "close": Treatment(65.0, -20.0, 2.5, -42.0, (160.0, 4.0), (3_000.0, 1.0)),
    "hall": Treatment(90.0, -16.0, 2.0, -36.0, (250.0, 1.0), (7_000.0, -2.0), 0.25, 600),
}
"""By name; ``plain`` has no chain: the take stays what it was, to the bit."""


def treated(samples: Samples, name: str) -> Samples:
    """*samples* of a take as the treatment *name* makes them: as loud, and longer by its tail.

    A pure function: what it gives starts where *samples* start, so words stay in their places.
    """
    if name == PLAIN:
        return samples
    chain = TREATMENTS[name]
    voice = np.pad(samples[:, 0], (0, ms_to_samples(chain.tail_ms)))
    loudness = _lufs(voice)
    if not math.isfinite(loudness):  # next to nothing to be heard
        return voice.reshape(-1, 1)
    voice *= np.float32(db_to_gain(_WORKING_LUFS - loudness))
    voice = _run(
        voice,
        HighpassFilter(chain.low_cut),
        HighpassFilter(chain.low_cut),
        Compressor(chain.threshold, chain.ratio, _ATTACK_MS, _RELEASE_MS),
    )
    voice = _de_essed(voice, chain.sibilance)
    voice = _run(voice, LowShelfFilter(*chain.low), HighShelfFilter(*chain.high))
    if chain.room:
        voice += _run(
            voice,
            HighpassFilter(_ROOM_LOW_CUT),
            Reverb(_ROOM_SIZE, _DAMPING, wet_level=chain.room, dry_level=0.0, width=0.0),
        )
    fade_edges(voice, max(10, chain.tail_ms // 2))
    voice *= np.float32(db_to_gain(loudness - _lufs(voice)))
    return voice.reshape(-1, 1)


def _de_essed(voice: Mono, threshold: float) -> Mono:
    """*voice* with its hiss held under *threshold* dBFS and the rest as it was.

    The band is cut out without shifting its phase, so that what is left and what is put back
    add up to the voice itself where nothing was held.
    """
    length = (len(voice) // SUB_BLOCK + 1) * SUB_BLOCK  # of small factors: many times quicker
    spectrum = np.fft.rfft(voice, length)
    low, high = (frequency * length / SAMPLE_RATE for frequency in _SIBILANT)
    part = np.clip((np.arange(len(spectrum)) - low) / (high - low), 0.0, 1.0)
    spectrum *= np.sin(part * (np.pi / 2)) ** 2
    hiss = np.fft.irfft(spectrum, length)[: len(voice)].astype(np.float32)
    held = _run(hiss, Compressor(threshold, _S_RATIO, _S_ATTACK_MS, _S_RELEASE_MS))
    return voice - hiss + held


def _run(voice: Mono, *chain: Plugin) -> Mono:
    made: Mono = Pedalboard(list(chain)).process(voice, SAMPLE_RATE)
    return made


def _lufs(voice: Mono) -> float:
    return voice_lufs([energies(voice.reshape(-1, 1))])
