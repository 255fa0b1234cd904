"""``piper``: neural voices, each an ``.onnx`` file with an ``.onnx.json`` file beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psoas_audio.cache.installed_versions import installed_versions
from psoas_audio.errors import PsoasError, SpeechError
from psoas_audio.files import FileKind
from psoas_audio.speech.engine import Request, Speech, VoiceInfo, Word, voice_for
from psoas_audio.speech.engines._piper_pace import piper_pace
from psoas_audio.speech.engines._voice_folder import voice_folder
from psoas_audio.speech.neural.phrase_breaks import breaks_before, with_commas

if TYPE_CHECKING:
    from psoas_audio.speech.engines._piper_voice import LoadedVoice

_SETTINGS = FileKind("file", 4_000_000)
_MANNER = 5
"""Goes up when the same request is spoken differently."""
_CALIBRATION_RATES = (60.0, 80.0, 105.0, 140.0, 200.0, 280.0, 360.0)
_SECOND_TRY = 1.03
"""Of the length scale, where a take has faults."""


class Piper:
    """Uses the voices in :func:`voice_folder`; ``NAME+3`` is speaker 3, counted from 0."""

    name = "piper"
    uneven = True

    def __init__(self) -> None:
        self._loaded: dict[Path, LoadedVoice] = {}

    def fingerprint(self, request: Request) -> str:
        model, _ = _chosen(request)
        return f"{_version()}; {_MANNER}; {_digest(model)}; {_digest(_settings_file(model))}"

    def rates(self, voice: str | None) -> Sequence[float]:  # noqa: ARG002
        return _CALIBRATION_RATES

    def has_fixed_pitch(self, voice: str | None) -> bool:  # noqa: ARG002
        return True

    def voices(self) -> Sequence[VoiceInfo]:
        _version()
        found = []
        for model in sorted(voice_folder().glob("*.onnx")):
            settings = _settings(model)
            speakers = int(settings.get("num_speakers", 1))
            description = f"{speakers} speakers: {model.stem}+0 …" if speakers > 1 else ""
            language = str(settings.get("language", {}).get("code", model.stem.split("-")[0]))
            tag = language.replace("_", "-")
            found.append(VoiceInfo(self.name, model.stem, tag, description=description))
        return found

    def load(self, request: Request) -> None:
        model, _ = _chosen(request)
        if model not in self._loaded:
            from psoas_audio.speech.engines._piper_voice import LoadedVoice  # loads Piper

            self._loaded[model] = LoadedVoice(model, voice_folder())

    def speak(self, request: Request) -> Speech:
        self.load(request)
        model, speaker = _chosen(request)
        voice = self._loaded[model]
        pace = piper_pace(request.rate, pauses_known=voice.tells_durations)
        breaks = breaks_before(request.language).items()
        divided = with_commas(request, [word for word, kind in breaks if pace.divides(kind)])
        sentences = voice.phonemes(divided)
        spoken = voice.say(request.text, sentences, speaker, pace.length_scale)
        faults = spoken.faults()
        if faults:
            # The same again would sound the same: a little slower, it may not.
            again = voice.say(request.text, sentences, speaker, pace.length_scale * _SECOND_TRY)
            if len(again.faults()) < len(faults):
                spoken, faults = again, again.faults()
        spoken = spoken.slowed(pace)
        return Speech(
            spoken.pcm(),
            voice.sample_rate,
            complete=not any(fault.kind == "length" for fault in faults),
            voice=model.stem,
            words=tuple(
                Word(word.text_position, word.text_length, word.start)
                for word in spoken.words
                if word.end > word.start
            ),
            silence_after=spoken.silence_after,
            faults=tuple(fault.sentence for fault in faults),
        )


def _chosen(request: Request) -> tuple[Path, int | None]:
    """Path of the voice's model and its speaker number, if any; raises ``SpeechError``."""
    if request.voice is None:
        found = voice_for(request.language, Piper().voices())
        if found is None:
            raise SpeechError(
                f"there is no Piper voice for “{request.language}” in {voice_folder()}",
                hint="Get one with: psoas-audio voices install piper:NAME",
            )
        return voice_folder() / f"{found.name}.onnx", None
    name, plus, speaker = request.voice.partition("+")
    model = voice_folder() / f"{name}.onnx"
    if Path(name).name != name or not model.is_file():
        raise SpeechError(
            f"there is no Piper voice “{name}” in {voice_folder()}",
            hint="List them with: psoas-audio voices --engine piper",
        )
    if plus and not (
        speaker.isdecimal() and int(speaker) < _settings(model).get("num_speakers", 1)
    ):
        raise SpeechError(f"the Piper voice “{name}” has no speaker “{speaker}”")
    return model, int(speaker) if plus else None


def _settings_file(model: Path) -> Path:
    return model.with_name(model.name + ".json")


def _settings(model: Path) -> dict[str, Any]:
    try:
        settings = json.loads(_SETTINGS.read_text(_settings_file(model)))
    except (PsoasError, ValueError, RecursionError) as error:
        reason = error.what if isinstance(error, PsoasError) else error
        raise SpeechError(
            f"the settings of the Piper voice “{model.stem}” can't be read: {reason}",
            hint="The .onnx.json file must be beside the .onnx file.",
        ) from None
    return settings if isinstance(settings, dict) else {}


def _digest(path: Path) -> str:
    status = path.stat()
    return _digest_of(path, status.st_size, status.st_mtime_ns)


@cache
def _digest_of(path: Path, size: int, changed: int) -> str:  # noqa: ARG001
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version() -> str:
    if (found := installed_versions().get("piper-tts")) is None:
        raise SpeechError(
            "Piper is not installed", hint='Install it with: pip install "psoas-audio[piper]"'
        )
    return f"piper-tts {found}"
