"""Speaks a request with a loaded model: signs, synthesis, cut, pauses, and the times of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from psoas_audio.errors import SpeechError
from psoas_audio.sound.fades import fade_in, fade_out
from psoas_audio.speech.engine import Request, Speech, Word
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.engines.kokoro.files import (
    FRAME,
    MODEL_RATE,
    STYLE_SIZE,
    STYLES,
    read_voice,
)
from psoas_audio.speech.engines.kokoro.model import Model
from psoas_audio.speech.engines.kokoro.pace import Pace, find_pauses, pace_of
from psoas_audio.speech.engines.kokoro.phonemes import (
    Phonemes,
    PhonemeWord,
    split_phonemes,
    to_phonemes,
)
from psoas_audio.speech.engines.kokoro.voices import Blend, voice_language
from psoas_audio.speech.neural.duration_checks import Expected, TakeFault, find_take_faults
from psoas_audio.speech.neural.pauses import COMMAS, STOPS, moved, put_pauses
from psoas_audio.speech.neural.phrase_breaks import Break
from psoas_audio.speech.neural.word_frames import WordFrames, count_sounds

_LEAD = range(50 * MODEL_RATE // 1000, 80 * MODEL_RATE // 1000)
"""Samples kept before the first sign: as many of these as lead to the quietest place. Earlier ones
are murmur of the model, and with fewer, consonants suffer (measured)."""
_END_OF_STOP = 40 * MODEL_RATE // 1000
"""Samples cut off before the end, at most a third of a stop: some voices click there after a lone
word, as loud as -25 dB."""
_CUT_FADE = 15 * MODEL_RATE // 1000
"""Samples of the fade at a cut, in which the murmur may be loud."""
_ONSET = 60 * MODEL_RATE // 1000
"""Samples by which a word is heard before its frames start (measured, median of 151 onsets)."""
_PART_GAP = 200 * MODEL_RATE // 1000
"""Samples of silence between the parts of a text that is too long for one run."""
_SOUNDS_PER_SECOND = 9.8
"""Sounds a second at a speed of 1, the median of ten lines in six voices (Heart 11.2, others 9.5
to 9.9, the whispering Nicole 7.1)."""
_GAIN = 0.5
"""Of every take, so that the peaks of loud voices, up to 1.2, stay below full scale."""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    samples: np.ndarray
    words: tuple[Word, ...]
    faults: tuple[TakeFault, ...]
    silence_after: int = 0
    """Samples."""


class Synthesizer:
    """A loaded model, with eSpeak NG for its phonemes."""

    def __init__(self, model: bytes, threads: int) -> None:
        """Raises ``SpeechError`` if *model* can't be loaded."""
        self.model = Model(model, threads)
        """The model itself."""
        self._espeak = Espeak()

    def speak(self, request: Request, blend: Blend, breaks_before: Mapping[str, Break]) -> Speech:
        """Speak *request* with the voice *blend*; slowly, with pauses before *breaks_before*."""
        pace = pace_of(request.rate)
        breaks = {word: kind for word, kind in breaks_before.items() if pace.divides(kind)}
        whole = self.phonemes_of(request, blend, breaks)
        if not whole.signs:
            raise SpeechError("the text has nothing to speak")
        pace = pace.for_words(len(whole.words))
        style = voice_style(blend)
        spoken = _Part(np.zeros(0, np.float32), (), ())
        for phonemes in split_phonemes(whole):
            spoken = _joined(spoken, self._part(request.text, phonemes, style, pace))
        pcm = np.rint(np.clip(spoken.samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
        faults = tuple(fault.sentence for fault in spoken.faults)
        if not self.model.tells_durations:
            faults += (
                "this Kokoro model doesn't report durations: lines are neither trimmed nor checked",
            )
        if whole.lost:
            lost = " ".join(sorted(whole.lost))
            faults += (f"Kokoro has no symbol for the sound {lost}, so it was left out",)
        return Speech(pcm, MODEL_RATE, True, blend.name, spoken.words, spoken.silence_after, faults)

    def phonemes_of(
        self, request: Request, blend: Blend, breaks_before: Mapping[str, Break]
    ) -> Phonemes:
        """The request's text in the model's signs, in the accent of the voice."""
        language = _accent(request.language, voice_language(blend.parts[0][0]))

        @lru_cache(maxsize=64)
        def phonemize(words: str) -> str:
            return self._espeak.phonemes(words, None, language)

        return to_phonemes(request.text, request.pronunciations, language, phonemize, breaks_before)

    def _part(self, text: str, phonemes: Phonemes, style: np.ndarray, pace: Pace) -> _Part:
        read = self.model.read(phonemes.signs, style)
        expected = read.frames(pace.speed)
        if expected is not None:
            pace = pace.for_frames(expected, phonemes)
        voiced = self.model.speak(read, pace.speed) * np.float32(_GAIN)
        frames = read.frames(pace.speed)
        if frames is None:
            return _Part(voiced, (), ())
        edges = np.concatenate(([0], np.cumsum(frames))) * FRAME
        heard = heard_words(phonemes, edges)
        faults = take_faults(text, phonemes, voiced, edges, pace.speed)
        pauses, silence_after = find_pauses(voiced, frames, phonemes, pace)
        cut, end = _quietest(voiced, int(edges[1])), _end(phonemes, edges)
        samples = put_pauses(voiced[:end], MODEL_RATE, pauses)[cut:]
        fade_in(samples, _CUT_FADE)
        fade_out(samples, _CUT_FADE)
        words = tuple(
            Word(word.text_position, word.text_length, moved(max(cut, word.start), pauses) - cut)
            for word in heard
        )
        return _Part(samples, words, faults, silence_after)


def heard_words(phonemes: Phonemes, edges: np.ndarray) -> tuple[WordFrames, ...]:
    """Where each word is heard. *edges* are the samples at which the model's edges and signs begin,
    and the end: int64 ``(signs + 3,)``."""
    return tuple(_heard(word, edges) for word in phonemes.words)


def take_faults(
    text: str, phonemes: Phonemes, samples: np.ndarray, edges: np.ndarray, speed: float
) -> tuple[TakeFault, ...]:
    """What is wrong with *samples*, the model's speech for *phonemes*, by its *edges*.

    What is cut off at the end isn't judged.
    """
    expected = Expected(
        length=int(edges[-1]),
        sounds=count_sounds(phonemes.signs),
        sounds_per_second=_SOUNDS_PER_SECOND * speed,
    )
    judged = samples.copy()
    judged[_end(phonemes, edges) : edges[-1]] = 0
    words = heard_words(phonemes, edges)
    if words:
        # Spoken fast, the last word is heard until its frames end.
        words = (*words[:-1], replace(words[-1], end=int(edges[phonemes.words[-1].end + 1])))
    return find_take_faults(judged, MODEL_RATE, text, words, expected)


def _quietest(samples: np.ndarray, first_sign: int) -> int:
    """Where to cut before the sample *first_sign*: the middle of the quietest 5 ms in reach."""
    start, stop = max(0, first_sign - _LEAD.stop), max(0, first_sign - _LEAD.start)
    width = 5 * MODEL_RATE // 1000
    if stop - start <= width:
        return start
    power = np.cumsum(np.concatenate(([0.0], samples[start:stop].astype(np.float64) ** 2)))
    return start + int(np.argmin(power[width:] - power[:-width])) + width // 2


def _end(phonemes: Phonemes, edges: np.ndarray) -> int:
    """Where a take ends: near the end of its stop."""
    last_sound = len(phonemes.signs.rstrip(f"{COMMAS}{STOPS} "))
    start, stop = int(edges[last_sound + 1]), int(edges[-2])
    return stop - min(_END_OF_STOP, (stop - start) // 3)


def _heard(word: PhonemeWord, edges: np.ndarray) -> WordFrames:
    """Where *word* is heard; *edges* are the samples at which signs begin, the edges among them."""
    start, end = (max(0, int(edges[sign + 1]) - _ONSET) for sign in (word.start, word.end))
    return WordFrames(word.text_position, word.text_length, start, end)


def _joined(before: _Part, part: _Part) -> _Part:
    """*part* after a pause behind *before*, if there is anything before it."""
    if not len(before.samples):
        return part
    gap = np.zeros(_PART_GAP + before.silence_after, np.float32)
    shift = len(before.samples) + len(gap)
    words = (Word(word.text_position, word.text_length, word.start + shift) for word in part.words)
    samples = np.concatenate([before.samples, gap, part.samples])
    faults = (*before.faults, *part.faults)
    return _Part(samples, (*before.words, *words), faults, part.silence_after)


def _accent(language: str, voice: str) -> str:
    """The language in which the text is read: that of the voice, if it is a kind of *language*."""
    same = voice.split("-")[0] == language.split("-")[0].casefold()
    return voice if same else language


@lru_cache(maxsize=8)
def voice_style(blend: Blend) -> np.ndarray:
    """The numbers of *blend*: float32 ``(510, 256)``."""
    style = np.zeros((STYLES, STYLE_SIZE), np.float32)
    for name, weight in blend.parts:
        style += np.float32(weight) * np.frombuffer(read_voice(name), "<f4").reshape(style.shape)
    return style
