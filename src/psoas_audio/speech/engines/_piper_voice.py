"""A Piper voice in memory: phonemes to samples, and where each word is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from piper import PiperVoice
from piper.config import PiperConfig

from psoas_audio.speech.engine import Request, allowed_threads
from psoas_audio.speech.engines._piper_pace import SOUNDS_PER_SECOND, PiperPace
from psoas_audio.speech.neural.duration_checks import Expected, TakeFault, find_take_faults
from psoas_audio.speech.neural.long_sentences import divide_sentence
from psoas_audio.speech.neural.onnx_outputs import has_tensor, with_output
from psoas_audio.speech.neural.pauses import (
    COMMA_WEIGHT,
    COMMAS,
    STOP_WEIGHT,
    STOPS,
    PausePlace,
    moved,
    put_pauses,
    share_silence,
)
from psoas_audio.speech.neural.pronounced import pronounced_phonemes
from psoas_audio.speech.neural.word_frames import (
    WordFrames,
    count_sounds,
    frames_of_words,
    phonemes_of_words,
    words_in,
)

_DURATIONS = "/Ceil_output_0"
"""The tensor with the frames of each phoneme id, in Piper's exports of VITS."""
_SAMPLES_PER_FRAME = 256
"""Where the voice's settings have no ``hop_length``, as Piper itself assumes."""
_QUIETEST_WORD = -45.0
"""dB relative to the take's peak. ``en_US-joe-medium`` says an “a” or “if” as softly as -36 dB."""
_LONGEST = 250
"""Phonemes spoken at once, about 50 words. Memory grows with them: 1.6 GB for 240 words."""
_PAUSE_SECONDS = 0.4
"""Pause between sentences at a length scale of 1; Piper itself adds none."""
_BEFORE_MARK, _AFTER_MARK = 0.1, 0.3
"""Seconds around a mark's frames in which its pause is looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class PiperSpeech:
    """What a voice said."""

    text: str
    samples: NDArray[np.float32]
    """Mono, shape ``(n,)``."""
    sample_rate: int
    """Samples a second."""
    words: tuple[WordFrames, ...] = ()
    """Empty where the model doesn't tell its durations."""
    expected: Expected | None = None
    """What the durations promise; ``None`` where the model doesn't tell them."""
    places: tuple[PausePlace, ...] = ()
    """Where the marks within it are heard."""
    silence_after: int = 0
    """Samples of silence that are to follow it."""

    def pcm(self) -> bytes:
        """The samples as 16-bit little-endian integers."""
        return np.rint(np.clip(self.samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()

    def slowed(self, pace: PiperPace) -> PiperSpeech:
        """It with silence where the voice pauses, so that it comes to the rate of *pace*."""
        if self.expected is None:
            return self
        # With its edges: else short sentences, which have as much of them, would be slower.
        missing = pace.seconds_for(self.expected.sounds) - len(self.samples) / self.sample_rate
        pauses, after = share_silence(
            self.samples, self.sample_rate, self.places, missing, pace.longest_pause
        )
        words = (
            replace(word, start=moved(word.start, pauses), end=moved(word.end, pauses))
            for word in self.words
        )
        samples = put_pauses(self.samples, self.sample_rate, pauses)
        return replace(self, samples=samples, words=tuple(words), silence_after=after)

    def faults(self) -> tuple[TakeFault, ...]:
        """What is wrong with the samples by the durations."""
        if self.expected is None:
            return ()
        return find_take_faults(
            self.samples, self.sample_rate, self.text, self.words, self.expected
        )


class LoadedVoice:
    """A voice whose model is in memory."""

    def __init__(self, model: Path, folder: Path) -> None:
        """*model* is the path of its ``.onnx`` file, *folder* where Piper keeps further files."""
        settings = json.loads(model.with_name(model.name + ".json").read_text(encoding="utf-8"))
        options = SessionOptions()
        # Lines are spoken side by side, in a process for each core.
        options.intra_op_num_threads = allowed_threads()
        options.inter_op_num_threads = 1
        data = model.read_bytes()
        self.tells_durations = has_tensor(data, _DURATIONS)
        """Whether the model tells when each phoneme is heard; most do."""
        if self.tells_durations:
            data = with_output(data, _DURATIONS)
        self._session = InferenceSession(data, options, providers=["CPUExecutionProvider"])
        self._samples_per_frame = int(settings.get("hop_length", _SAMPLES_PER_FRAME))
        self._speaker = int(settings.get("default_speaker_id", 0))
        self._piper: Any = PiperVoice(
            self._session, PiperConfig.from_dict(settings), download_dir=folder
        )
        self.sample_rate = int(self._piper.config.sample_rate)
        """Samples a second."""

    def phonemes(self, request: Request) -> list[list[str]]:
        """The phonemes of each sentence of the request, its punctuation among them."""
        return [s for s in pronounced_phonemes(request, self._piper.phonemize) if s]

    def say(
        self,
        text: str,
        sentences: Sequence[Sequence[str]],
        speaker: int | None,
        length_scale: float,
    ) -> PiperSpeech:
        """Say *text*, which the phonemes *sentences* stand for; the same samples every time."""
        pause = np.zeros(int(self.sample_rate * _PAUSE_SECONDS * length_scale), np.float32)
        pieces: list[NDArray[np.float32]] = []
        symbols: list[str] = []
        edges: list[int] = []
        expected = 0
        for sentence in sentences:
            if pieces:
                pieces.append(pause)
                expected += len(pause)
            for part in divide_sentence(sentence, _LONGEST):
                samples, durations = self._synthesize(part, speaker, length_scale)
                pieces.append(samples)
                symbols += [" ", *part] if symbols else part
                edges += [expected + edge for edge in self._edges(part, durations)]
                expected += sum(durations)
        spoken = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        if len(edges) != len(symbols) + 1:
            return PiperSpeech(text, spoken, self.sample_rate)
        places = words_in(text)
        ranges = phonemes_of_words(
            symbols, [text[at : at + size] for at, size in places], self._said_alone
        )
        words = frames_of_words(places, ranges, edges)
        wanted = Expected(
            expected, count_sounds(symbols), SOUNDS_PER_SECOND / length_scale, _QUIETEST_WORD
        )
        return PiperSpeech(
            text, spoken, self.sample_rate, words, wanted, self._places(symbols, edges)
        )

    def _places(self, symbols: Sequence[str], edges: Sequence[int]) -> tuple[PausePlace, ...]:
        before, after = (int(s * self.sample_rate) for s in (_BEFORE_MARK, _AFTER_MARK))
        return tuple(
            PausePlace(
                edges[index] - before,
                edges[index + 1] + after,
                STOP_WEIGHT if symbol in STOPS else COMMA_WEIGHT,
            )
            for index, symbol in enumerate(symbols[:-1])
            if symbol in COMMAS + STOPS
        )

    def _said_alone(self, word: str) -> list[str]:
        return [sound for sentence in self._piper.phonemize(word) for sound in sentence]

    def _synthesize(
        self, phonemes: Sequence[str], speaker: int | None, length_scale: float
    ) -> tuple[NDArray[np.float32], list[int]]:
        """The samples of one sentence, and how many each of its ids takes, if the model tells."""
        ids = self._piper.phonemes_to_ids(list(phonemes))
        given = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            # Without noise a line always sounds the same, and as good (docs/voices.md).
            "scales": np.array([0.0, length_scale, 0.0], np.float32),
        }
        config = self._piper.config
        if config.num_speakers > 1:
            given["sid"] = np.array([self._speaker if speaker is None else speaker], np.int64)
        samples, *frames = self._session.run(None, given)
        durations = [
            int(count) * self._samples_per_frame for found in frames for count in found.ravel()
        ]
        return samples.ravel(), durations

    def _edges(self, phonemes: Sequence[str], durations: Sequence[int]) -> list[int]:
        """The sample at which each of *phonemes* begins, and the one at which the last ends.

        Empty where *durations* aren't those of the usual ids: a mark at either end, and padding
        after each phoneme.
        """
        known = self._piper.config.phoneme_id_map
        counts = [2, *(len(known[p]) + 1 if p in known else 0 for p in phonemes)]
        if sum(counts) + 1 != len(durations):
            return []
        passed = np.concatenate(([0], np.cumsum(durations)))
        return [int(edge) for edge in passed[np.cumsum(counts)]]
