"""Runs the Kokoro model, and learns from it where each sign is heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engines.kokoro.alphabet import EDGE, NUMBERS
from psoas_audio.speech.engines.kokoro.files import FRAME, STYLES
from psoas_audio.speech.neural.onnx_outputs import has_tensor, with_output
from psoas_audio.speech.neural.onnx_part import part_for

_DURATIONS = "/encoder/Clip_output_0"
"""The tensor inside the official exports that has the frames of each sign."""


@dataclass(frozen=True, slots=True, eq=False)
class Synthesis:
    """What the model made of a row of signs."""

    samples: np.ndarray
    """Float32 ``(n,)``."""
    frames: np.ndarray | None
    """Int64 ``(signs + 2,)``: frames of the edge, of each sign, and of the edge; ``None`` if the
    model doesn't tell."""


class Model:
    """A loaded model."""

    def __init__(self, content: bytes, threads: int) -> None:
        """*content* is the model's file. Raises ``SpeechError`` if onnxruntime can't read it."""
        self.tells_durations = has_tensor(content, _DURATIONS)
        """Whether it tells where its signs are heard; the official models do."""
        self._timing: Any = None
        """What computes the durations alone."""
        try:
            if self.tells_durations:
                self._timing = _session(part_for(content, _DURATIONS), threads)
                content = with_output(content, _DURATIONS)
            self._session = _session(content, threads)
        except Exception as error:  # its own exceptions have no common base
            raise SpeechError(
                f"the Kokoro model can't be loaded: {str(error).splitlines()[0]}",
                hint="Install it again with: psoas-audio voices install kokoro",
            ) from None
        self._tokens = self._session.get_inputs()[0].name

    def frames(self, signs: str, voice: np.ndarray, speed: float) -> np.ndarray | None:
        """The frames that :meth:`run` would make of *signs*, for a fiftieth of its work."""
        if self._timing is None:
            return None
        (frames,) = self._timing.run(None, self._inputs(signs, voice, speed))
        return np.asarray(frames).ravel().astype(np.int64)

    def run(self, signs: str, voice: np.ndarray, speed: float) -> Synthesis:
        """Speak *signs*, at most 510, with *voice*, float32 ``(510, 256)``."""
        audio, *rest = self._session.run(None, self._inputs(signs, voice, speed))
        samples = np.asarray(audio, np.float32).ravel()
        frames = np.asarray(rest[0]).ravel().astype(np.int64) if rest else None
        if frames is not None and (len(frames), frames.sum() * FRAME) != (
            len(signs) + 2,
            len(samples),
        ):
            raise SpeechError("the speech is not as long as the sum of its sounds")
        return Synthesis(samples, frames)

    def _inputs(self, signs: str, voice: np.ndarray, speed: float) -> dict[str, np.ndarray]:
        numbers = [EDGE, *(NUMBERS[sign] for sign in signs), EDGE]
        return {
            self._tokens: np.array([numbers], np.int64),
            "style": voice[min(len(signs), STYLES - 1)][None],
            "speed": np.array([speed], np.float32),
        }


def _session(content: bytes, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
