"""Faults of a take that a model's own durations prove, without a listener.

The durations say which samples belong to which word. So a word that was left out is silence where
it should be, and a voice that goes on after its text is sound where nothing should be. What
can't be found this way is a word said wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from psoas_audio.speech.neural.word_frames import WordFrames

_LOUDEST_AFTER_END = 10 ** (-30 / 20)
"""Of the take's peak. After good takes there is -83 dB (Kokoro af_heart) to -35 dB (Piper joe)."""
_SLOWEST, _FASTEST = 0.6, 1.6
"""Of the usual pace. Good takes of six words and more: 0.77 to 1.48 (Kokoro), 0.69 to 1.3 (joe)."""
_MIN_WORDS = 6
"""Shorter lines have no steady pace."""

FaultKind = Literal["length", "not-a-sound", "too-loud", "missing-word", "after-the-end", "pace"]


@dataclass(frozen=True, slots=True)
class TakeFault:
    """Something that is wrong with a take, and where."""

    kind: FaultKind
    start: int
    """Samples from the take's start, at the model's rate."""
    sentence: str
    """What is wrong, for the user: no full stop, no place in the script."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a take must be like by its text and its durations."""

    length: int
    """Samples: the sum of all durations."""
    sounds: int
    """Phonemes that are said, without stress marks and punctuation."""
    sounds_per_second: float
    """The voice's usual pace at the speed asked for, pauses included."""
    quietest_word: float = -30.0
    """dB relative to the take's peak: what is softer counts as missing. Some voices swallow an
    “a” to -36 dB."""


def find_take_faults(
    samples: NDArray[np.floating],
    sample_rate: int,
    text: str,
    words: Sequence[WordFrames],
    expected: Expected,
) -> tuple[TakeFault, ...]:
    """The faults of a model's raw output *samples*, shape ``(n,)``, which say *text*.

    *words* are the frames of all its words in their order, at *sample_rate*.
    """
    return tuple(_faults(samples, sample_rate, text, words, expected))


def _faults(
    samples: NDArray[np.floating],
    sample_rate: int,
    text: str,
    words: Sequence[WordFrames],
    expected: Expected,
) -> Iterator[TakeFault]:
    if not np.isfinite(samples).all():
        start = int(np.argmin(np.isfinite(samples)))
        yield TakeFault("not-a-sound", start, "the voice gave samples that are not numbers")
        return
    loudness = np.abs(samples)
    peak = float(np.max(loudness, initial=0.0))
    if len(samples) != expected.length:
        yield TakeFault(
            "length",
            min(len(samples), expected.length),
            f"the speech lasts {len(samples) / sample_rate:.2f} s, but its words"
            f" {expected.length / sample_rate:.2f} s",
        )
    if peak >= 1.0:
        yield TakeFault("too-loud", int(np.argmax(loudness)), "the voice is cut off at its peaks")
    floor = peak * 10 ** (expected.quietest_word / 20)
    for word in words:
        if float(np.max(loudness[word.start : word.end], initial=0.0)) <= floor:
            said = text[word.text_position : word.text_position + word.text_length]
            at = f"{word.start / sample_rate:.1f} s into the line"
            yield TakeFault("missing-word", word.start, f"“{said}” can't be heard, {at}")
    if words:
        end = words[-1].end
        if float(np.max(loudness[end:], initial=0.0)) > peak * _LOUDEST_AFTER_END:
            yield TakeFault("after-the-end", end, "there is sound after the last word")
    if len(words) >= _MIN_WORDS:
        pace = expected.sounds * sample_rate / max(1, words[-1].end - words[0].start)
        if not _SLOWEST <= pace / expected.sounds_per_second <= _FASTEST:
            much = "slow" if pace < expected.sounds_per_second else "fast"
            yield TakeFault(
                "pace",
                words[0].start,
                f"the line is spoken far too {much}: {pace:.1f} sounds a second instead of"
                f" {expected.sounds_per_second:.1f}",
            )
