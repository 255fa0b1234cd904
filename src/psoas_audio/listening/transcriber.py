"""Finds a Whisper model on this machine, and transcribes sound with it.

Nothing is downloaded here: a model is a folder, or a name whose model was downloaded before.
"""

from __future__ import annotations

import contextlib
import importlib
import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import soxr

from psoas_audio.audio import Mono
from psoas_audio.cpu import cpu_count
from psoas_audio.errors import TranscriptionError
from psoas_audio.files import user_path
from psoas_audio.locale.tags import main_language

MODEL_VARIABLE = "PSOAS_AUDIO_LISTENER"
"""Environment variable that names the model to listen with."""
TRANSCRIBER_RATE = 16_000
"""Samples per second of what Whisper hears."""
TRANSCRIBED_SECONDS = 30
"""Whisper hears this much at a time, and takes as long for less."""

_USUAL = ("small", "base", "tiny")
"""Models that are looked for where none is named, the best that is still quick first."""
_FILES = ("model.bin", "config.json", "tokenizer.json")
"""What a model's folder needs; without the last, the package would fetch one."""
_HINT = (
    "Give a model's folder, or download a model with: hf download Systran/faster-whisper-base."
    f" Its name is then base. {MODEL_VARIABLE} can also hold the folder or name."
)
_FORM = "Use a Whisper model in the form that faster-whisper reads (CTranslate2)."


class TranscriberModel(NamedTuple):
    """A speech recognition model on this machine."""

    name: str
    """As it was named, or its folder's name."""
    folder: Path


def find_transcriber(name: str | None = None, language: str = "en") -> TranscriberModel:
    """The model *name*: a folder, or one of faster-whisper's names such as ``base.en``.

    Without a name it is that in ``PSOAS_AUDIO_LISTENER``, else a usual one for *language* (BCP 47)
    that was downloaded before. Raises ``TranscriptionError`` if it isn't on this machine, or
    faster-whisper isn't installed.
    """
    package = _package()
    named = name or os.environ.get(MODEL_VARIABLE)
    for each in [named] if named else _usual_names(language):
        folder = user_path(each, "--model" if name else MODEL_VARIABLE)
        with contextlib.suppress(ValueError, OSError):  # no such folder or model, or it isn't here
            if folder.is_dir():
                return _checked(TranscriberModel(folder.resolve().name, folder))
            downloaded = Path(package.download_model(each, local_files_only=True))
            return _checked(TranscriberModel(each, downloaded))
    what = (
        f"the model “{named}” isn't installed."
        if named
        else "there is no speech recognition model."
    )
    raise TranscriptionError(what, hint=_HINT)


def _usual_names(language: str) -> list[str]:
    if main_language(language) == "en":
        return [name for size in _USUAL for name in (f"{size}.en", size)]
    return list(_USUAL)


def _checked(model: TranscriberModel) -> TranscriberModel:
    """*model*, if its folder has all files; raises ``TranscriptionError``."""
    missing = [file for file in _FILES if not (model.folder / file).is_file()]
    if missing:
        raise TranscriptionError(
            f"this folder has no speech recognition model: {', '.join(missing)} is missing.",
            where=str(model.folder),
            hint=_FORM,
        )
    return model


class Transcriber:
    """Writes down what it hears. The same sound gives the same words."""

    def __init__(self, model: TranscriberModel, workers: int | None = None) -> None:
        """Load *model* for *workers* threads (``None``: one per core), each of which may call
        :meth:`hear`.

        Raises ``TranscriptionError`` if it can't be loaded.
        """
        self.name = model.name
        self.workers = workers or cpu_count()
        try:
            self._whisper = _load(model.folder, self.workers)
        except (RuntimeError, ValueError, OSError) as error:
            raise TranscriptionError(
                f"this model can't be loaded: {error}",
                where=str(model.folder),
                hint=_FORM,
            ) from error

    def knows(self, language: str) -> bool:
        """Whether it knows the BCP 47 *language*."""
        return main_language(language) in self._whisper.supported_languages

    def require(self, language: str) -> None:
        """Raise ``TranscriptionError`` if it doesn't know the BCP 47 *language*."""
        if not self.knows(language):
            only = (
                " It only understands English."
                if self._whisper.supported_languages == ["en"]
                else ""
            )
            raise TranscriptionError(
                f"the model {self.name} doesn't understand the language '{language}'.{only}",
                hint="Use a multilingual one, such as base or small.",
            )

    def hear(self, samples: Mono, rate: int, language: str) -> str:
        """What is said in *samples*, at most 30 s of them at *rate* samples per second.

        *language* is a BCP 47 tag that :meth:`require` lets pass.
        """
        segments = self._transcribe(samples, rate, language)
        return " ".join(segment.text.strip() for segment in segments)

    def hear_words(self, samples: Mono, rate: int, language: str) -> list[tuple[str, float]]:
        """As :meth:`hear`: each word, and the second at which it begins."""
        segments = self._transcribe(samples, rate, language, word_timestamps=True)
        words = (word for segment in segments for word in segment.words or ())
        return [(word.word.strip(), float(word.start)) for word in words]

    def _transcribe(
        self, samples: Mono, rate: int, language: str, *, word_timestamps: bool = False
    ) -> Any:
        sound = np.ascontiguousarray(soxr.resample(samples, rate, TRANSCRIBER_RATE), np.float32)
        segments, _ = self._whisper.transcribe(
            sound,
            language=main_language(language),
            beam_size=1,
            temperature=0,
            condition_on_previous_text=False,
            without_timestamps=True,
            word_timestamps=word_timestamps,
        )
        return segments


def _load(folder: Path, workers: int) -> Any:
    return _package().WhisperModel(
        str(folder),
        device="cpu",
        compute_type="int8",
        cpu_threads=1,
        num_workers=workers,
        local_files_only=True,
    )


def _package() -> Any:
    """The package faster-whisper; raises ``TranscriptionError`` if it isn't installed."""
    try:
        return importlib.import_module("faster_whisper")
    except ImportError as error:
        raise TranscriptionError(
            "faster-whisper, which transcribes speech, isn't installed.",
            hint="Install it with: pip install 'psoas-audio[listen]'",
        ) from error
