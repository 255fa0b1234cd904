"""Makes a take of an engine's speech, and defines the format of takes in the cache.

The format: the length of a JSON header (uint32, little-endian), the header, then mono 16-bit
samples at 48 kHz. Engines give no more than 16 bits, and so there are half as many bytes to read
and check. The header has a scale for peaks above full scale, which resampling can cause.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import soxr

from psoas_audio.errors import SpeechError
from psoas_audio.master.loudness import SUB_BLOCK, energies, integrated
from psoas_audio.sound.fades import fade_in, fade_out
from psoas_audio.speech.engine import Speech, Word
from psoas_audio.units import SAMPLE_RATE, db_to_gain, ms_to_samples

SILENT_PEAK = 200 / 32767
"""Linear. A take with a lower peak isn't speech (measured with eSpeak NG, see docs/voices.md)."""
_SOUNDING_FLOOR = 10 ** (-50 / 20)
"""Relative to the peak (-50 dB): where speech begins and ends. Consonants are louder."""
_MIN_SUB_BLOCKS = 4
"""Sub-blocks that integrated loudness is measured over at least."""
_MAX_LEVEL_CHANGE_DB = 2.0
"""More would bring out noise, and level out lines that are meant to be softer or louder."""
_CEILING = 0.98
"""Peak (linear) up to which a take may be made louder."""
_HEARD_FLOOR = 10 ** (-40 / 20)
"""Relative to the peak (-40 dB): where speech begins to be heard."""
_BEFORE_MS, _AFTER_MS = 10, 40
"""Margins around the speech. The fades touch no consonant."""
_BEFORE_HEARD_MS = 15
"""The longest part of a take before it is heard. Before “Both” some voices murmur for up to 50 ms,
while no consonant needs more than this (measured). So every take is heard 10 to 15 ms after its
start, and counts come at even intervals."""
_FADE_IN_MS, _FADE_OUT_MS = 5, 30
_MIN_SECONDS_PER_LETTER = 1.8
"""At one word per minute; English takes 12 s (5 letters in 60 s)."""
_MAX_SECONDS_PER_CHARACTER = 200.0
"""At one word per minute; a symbol may be read by its name."""
_LENGTH = struct.Struct("<I")
_BLOCK_SAMPLES = 1 << 19
"""Samples converted at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class TakeFacts:
    """Measurements of a take, without its samples."""

    length: int
    """Samples."""
    energies: np.ndarray
    """Mean-square K-weighted energy of each 100 ms (see ``master.loudness``); float64, ``(n,)``."""
    peak: float
    """Largest absolute sample."""
    voice: str
    """The engine's name for the voice that spoke."""
    words: tuple[Word, ...]
    """Where words of the prepared text are heard, in samples; empty if the engine doesn't say."""
    faults: tuple[str, ...] = ()
    """What the engine found wrong with the speech, as sentences without a full stop."""


class SoundingRange(NamedTuple):
    """The range of a speech that becomes a take, in samples; beyond the speech it is silent."""

    start: int
    """First sample; below 0 if the speech begins with sound."""
    stop: int
    """First sample after it; may be past the end of the speech."""


def sounding_range(speech: Speech, text: str, rate: float) -> SoundingRange:
    """The part of *speech* that sounds, with margins, and with the silence that it asks for.

    Raises ``SpeechError`` for speech that is cut short, is silent, or is too short or too long for
    *text* at *rate* effective words per minute.
    """
    if not speech.complete:
        raise SpeechError("the speech ends before the text does")
    loudness = _floats(speech.pcm)
    np.abs(loudness, out=loudness)
    peak = float(np.max(loudness, initial=0.0))
    if peak < SILENT_PEAK:
        raise SpeechError("the speech is silent")
    sounding = loudness > peak * _SOUNDING_FLOOR
    last = len(sounding) - 1 - int(sounding[::-1].argmax())
    start = max(
        int(sounding.argmax()) - speech.sample_rate * _BEFORE_MS // 1000,
        int((loudness > peak * _HEARD_FLOOR).argmax())
        - speech.sample_rate * _BEFORE_HEARD_MS // 1000,
    )
    end = last + 1 + speech.sample_rate * _AFTER_MS // 1000
    _check_length((end - start) / speech.sample_rate, text, rate)
    return SoundingRange(start, end + speech.silence_after)


def process(speech: Speech, part: SoundingRange) -> tuple[np.ndarray, TakeFacts]:
    """The *part* of *speech* as a take, resampled and faded, and its measurements.

    The take is float32 ``(n, 1)`` at 48 kHz.
    """
    whole = _floats(speech.pcm)
    spoken = whole[max(0, part.start) : part.stop]
    spoken = np.pad(spoken, (max(0, -part.start), max(0, part.stop - len(whole))))
    samples = _resampled(spoken, speech.sample_rate)
    fade_edges(samples)
    words = tuple(
        Word(
            word.text_position,
            word.text_length,
            max(0, (word.start - part.start) * SAMPLE_RATE // speech.sample_rate),
        )
        for word in speech.words
    )
    samples = samples.reshape(-1, 1)
    # It is less work to measure at the engine's sample rate. Without the fades, because the
    # margins are 50 dB softer than the speech.
    at_own_rate = speech.sample_rate <= SAMPLE_RATE and speech.sample_rate % 10 == 0
    levels = (
        energies(spoken.reshape(-1, 1), speech.sample_rate) if at_own_rate else energies(samples)
    )
    return samples, _facts(samples, levels, speech.voice, words, speech.faults)


def take_level(energies: np.ndarray) -> float:
    """Integrated loudness in LUFS of a take with these *energies*, even of one under 400 ms."""
    return integrated(np.pad(energies, (0, max(0, _MIN_SUB_BLOCKS - len(energies)))))


def bring_to_level(samples: np.ndarray, facts: TakeFacts, level: float) -> TakeFacts:
    """Change *samples* in place towards *level* in LUFS (see :func:`take_level`), by 2 dB at most.

    *facts* are those of *samples* before the change; returns those after it.
    """
    change = level - take_level(facts.energies)
    gain = db_to_gain(min(max(change, -_MAX_LEVEL_CHANGE_DB), _MAX_LEVEL_CHANGE_DB))
    gain = min(gain, max(1.0, _CEILING / facts.peak))
    samples *= np.float32(gain)
    return replace(facts, energies=facts.energies * gain**2, peak=facts.peak * gain)


def measure_take(
    samples: np.ndarray, voice: str, words: tuple[Word, ...], faults: tuple[str, ...]
) -> TakeFacts:
    """The facts of a take of *samples*."""
    return _facts(samples, energies(samples), voice, words, faults)


def _facts(
    samples: np.ndarray,
    levels: np.ndarray,
    voice: str,
    words: tuple[Word, ...],
    faults: tuple[str, ...],
) -> TakeFacts:
    """The facts of a take of *samples*; *levels* are its energies, those after them are 0."""
    padded = np.zeros(-(-len(samples) // SUB_BLOCK))
    padded[: len(levels)] = levels[: len(padded)]
    return TakeFacts(len(samples), padded, _highest(samples), voice, words, faults)


def pack_take(samples: np.ndarray, facts: TakeFacts) -> bytes:
    """The payload of a take in the cache."""
    scale = max(1.0, _highest(samples))
    header = {
        "length": facts.length,
        "energies": [float(energy) for energy in facts.energies],
        "peak": facts.peak,
        "voice": facts.voice,
        "words": [[word.text_position, word.text_length, word.start] for word in facts.words],
        "scale": scale,
        "faults": list(facts.faults),
    }
    text = json.dumps(header).encode()
    pcm = np.empty(samples.shape, "<i2")
    for start in range(0, len(samples), _BLOCK_SAMPLES):  # saves copies of a long line
        part = samples[start : start + _BLOCK_SAMPLES]
        pcm[start : start + _BLOCK_SAMPLES] = np.rint(part * (32767 / scale))
    return b"".join((_LENGTH.pack(len(text)), text, pcm.data))


def header_of_payload(payload: bytes) -> bytes:
    """A payload of :func:`pack_take` without its samples; :func:`unpack_facts` reads it too."""
    return payload[: _header(payload)[1]]


def unpack_facts(payload: bytes) -> TakeFacts:
    """The facts in a payload of :func:`pack_take`, with or without its samples."""
    header = _header(payload)[0]
    return TakeFacts(
        header["length"],
        np.array(header["energies"], np.float64),
        header["peak"],
        header["voice"],
        tuple(Word(*word) for word in header["words"]),
        tuple(header.get("faults", ())),
    )


def unpack_samples(payload: bytes) -> np.ndarray:
    """The samples in a payload of :func:`pack_take`: float32 ``(n, 1)`` at 48 kHz."""
    header, start = _header(payload)
    pcm = np.frombuffer(payload, "<i2", offset=start)
    samples: np.ndarray = pcm.astype(np.float32) * np.float32(header["scale"] / 32767)
    return samples.reshape(-1, 1)


def _highest(samples: np.ndarray) -> float:
    """Largest absolute sample."""
    return max(float(np.max(samples)), -float(np.min(samples)))


def _header(payload: bytes) -> tuple[dict[str, Any], int]:
    (length,) = _LENGTH.unpack_from(payload)
    start = _LENGTH.size + length
    return json.loads(payload[_LENGTH.size : start]), start


def _floats(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / 32768


def _resampled(mono: np.ndarray, rate: int) -> np.ndarray:
    if rate == SAMPLE_RATE:
        return mono.copy()

    resampled: np.ndarray = soxr.resample(mono, rate, SAMPLE_RATE, quality="HQ")
    return resampled


def fade_edges(mono: np.ndarray, out_ms: int = _FADE_OUT_MS) -> None:
    """Fade both edges of *mono* in place with raised cosines, within the margins of the speech."""
    fade_in(mono, ms_to_samples(_FADE_IN_MS))
    fade_out(mono, ms_to_samples(out_ms))


def _check_length(seconds: float, text: str, rate: float) -> None:
    """Raise ``SpeechError`` if *text* can't last *seconds*, even clipped or spelt out."""
    spoken = sum(character.isalnum() for character in text)
    shortest = spoken * _MIN_SECONDS_PER_LETTER / rate
    longest = 10.0 + len(text) * _MAX_SECONDS_PER_CHARACTER / rate
    if not shortest <= seconds <= longest:
        raise SpeechError(
            f"the speech lasts {seconds:.1f} s, which can't be right for its {len(text)} characters"
        )
