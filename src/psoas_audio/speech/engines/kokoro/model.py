"""Runs the Kokoro model in two parts: one reads signs and knows how long each will be heard, the
other speaks them."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engines.kokoro.alphabet import EDGE, NUMBERS
from psoas_audio.speech.engines.kokoro.files import FRAME, STYLES
from psoas_audio.speech.neural.onnx_outputs import has_tensor
from psoas_audio.speech.neural.onnx_part import part_for
from psoas_audio.speech.neural.pauses import COMMAS, STOPS

_DURATIONS, _FRAMES = "/encoder/Div_output_0", "/encoder/Clip_output_0"
"""The tensors inside the official exports that have the frames of each sign, before and after they
are rounded."""
_ENCODINGS = (
    "/encoder/predictor/text_encoder/Concat_4_output_0",
    "/encoder/text_encoder/Transpose_2_output_0",
)
"""What else is read from the signs. Of an export that names these otherwise, the second part reads
the signs again."""
_QUANTIZED = b"DynamicQuantizeLinear"
"""An operation that only the int8 model has."""
_X86_64 = ("x86_64", "amd64")
"""Names of the kind of processor for which that was measured."""
_EDGE_SPEED = 1.0
"""The edges, in which nothing is said, aren't spoken slower: the longer the first one lasts, the
longer the model murmurs before its first sound."""

_LONGEST_LAST_SOUND = 12.0
"""Frames of the last sound at a speed of 1. Some voices hold it for twice as long and breathe a
vowel into the rest: “resty”, “bendy” (measured, see docs/voices.md)."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadSigns:
    """A row of signs as the model has read it, for a fiftieth of the work of speaking it."""

    tensors: Mapping[str, np.ndarray]
    """What the signs are spoken from, by the names of the model's tensors."""
    durations: np.ndarray | None
    """Float32 ``(signs + 2,)``: frames of the edge, of each sign and of the edge at a speed of 1,
    not yet whole; ``None`` if the model doesn't tell."""

    def frames(self, speed: float) -> np.ndarray | None:
        """The same at *speed* and whole: int64 ``(signs + 2,)``."""
        if self.durations is None:
            return None
        speeds = np.full(len(self.durations), speed, np.float32)
        speeds[[0, -1]] = max(speed, _EDGE_SPEED)
        return np.maximum(1, np.rint(self.durations / speeds)).astype(np.int64)


class Model:
    """A loaded model."""

    def __init__(self, content: bytes, threads: int) -> None:
        """*content* is the model's file. Raises ``SpeechError`` if onnxruntime can't read it."""
        self.tells_durations = has_tensor(content, _DURATIONS) and has_tensor(content, _FRAMES)
        """Whether it tells where its signs are heard; the official models do."""
        self._reader: Any = None
        """The first part, if the model can be divided."""
        try:
            if self.tells_durations:
                handed = [_FRAMES, *(name for name in _ENCODINGS if has_tensor(content, name))]
                self._reader = _session(part_for(content, [_DURATIONS, *handed]), threads)
                types = {one.name: one.type for one in self._reader.get_outputs()}
                content = part_for(content, inputs={name: types[name] for name in handed})
            self._speaker = _session(content, threads)
        except Exception as error:  # its own exceptions have no common base
            raise SpeechError(
                f"the Kokoro model can't be loaded: {str(error).splitlines()[0]}",
                hint="Install it again with: psoas-audio voices install kokoro",
            ) from None
        self._signs = (self._reader or self._speaker).get_inputs()[0].name

    def read(self, signs: str, voice: np.ndarray) -> ReadSigns:
        """Read *signs*, at most 510, to be spoken with *voice*, float32 ``(510, 256)``."""
        numbers = [EDGE, *(NUMBERS[sign] for sign in signs), EDGE]
        tensors = {
            self._signs: np.array([numbers], np.int64),
            "style": voice[min(len(signs), STYLES - 1)][None],
        }
        if self._reader is None:
            return ReadSigns(tensors, None)
        told = _run(self._reader, {**tensors, "speed": np.ones(1, np.float32)})
        durations = told.pop(_DURATIONS).ravel().astype(np.float32)
        last = len(signs.rstrip(f"{COMMAS}{STOPS} "))
        durations[last] = min(durations[last], _LONGEST_LAST_SOUND)
        return ReadSigns(tensors | told, durations)

    def speak(self, read: ReadSigns, speed: float) -> np.ndarray:
        """The sound of *read*, as long as its frames at *speed*: float32 ``(n,)``."""
        tensors = {**read.tensors, "speed": np.array([speed], np.float32)}
        frames = read.frames(speed)
        if frames is not None:
            tensors[_FRAMES] = frames[None].astype(read.tensors[_FRAMES].dtype)
        audio, *_ = _run(self._speaker, tensors).values()
        samples = np.asarray(audio, np.float32).ravel()
        if frames is not None and frames.sum() * FRAME != len(samples):
            raise SpeechError("the speech is not as long as the sum of its sounds")
        return samples


def _run(session: Any, tensors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The outputs of *session* by name, made from those of *tensors* that it takes."""
    taken = {one.name: tensors[one.name] for one in session.get_inputs()}
    names = [one.name for one in session.get_outputs()]
    return dict(zip(names, session.run(names, taken), strict=True))


def _session(content: bytes, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    if _QUANTIZED in content and platform.machine().lower() in _X86_64:
        # More takes longer, and makes it neither quicker nor other (docs/decisions/0026).
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
