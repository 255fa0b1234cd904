"""The engine: from a request to speech, by way of signs, the model, a cut, and pauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Request, Speech, VoiceInfo, allowed_threads
from psoas_audio.speech.engines import _library
from psoas_audio.speech.engines.kokoro.alphabet import SIGNS_VERSION
from psoas_audio.speech.engines.kokoro.files import find_model, voice_names
from psoas_audio.speech.engines.kokoro.readings import known_readings
from psoas_audio.speech.engines.kokoro.voices import (
    Blend,
    default_voice,
    read_blend,
    voice_gender,
    voice_language,
)
from psoas_audio.speech.neural.phrase_breaks import breaks_before

if TYPE_CHECKING:
    from psoas_audio.speech.engines.kokoro.synthesizer import Synthesizer

KOKORO_VERSION = 6
"""Increase it when the same request is made into different speech."""
_RATES = (50.0, 90.0, 140.0, 180.0, 240.0)
"""Rates on the engine's own scale (see ``pace``) at which a voice is measured."""


class Kokoro:
    """Uses the model and voices in ``kokoro`` in the voice folder, or those of Python packages."""

    name = "kokoro"

    def __init__(self) -> None:
        self._synthesizer: Synthesizer | None = None

    def fingerprint(self, request: Request) -> str:
        model = find_model()
        if model is None:
            raise _missing("the Kokoro model")
        _check_installed()
        voice = _chosen(request).identity
        made_by = f"kokoro {KOKORO_VERSION}.{SIGNS_VERSION}"
        return f"{made_by}; {model.identity}; {voice}; {_library.fingerprint()}"

    def rates(self, voice: str | None) -> Sequence[float]:  # noqa: ARG002
        return _RATES

    def readings(self, voice: str | None, language: str) -> Mapping[float, float]:
        name, model = voice or default_voice(language), find_model()
        if name is None or model is None:
            return {}
        return known_readings(name, language, model, KOKORO_VERSION)

    def has_fixed_pitch(self, voice: str | None) -> bool:  # noqa: ARG002
        return True

    def voices(self) -> Sequence[VoiceInfo]:
        _check_installed()
        if find_model() is None:
            raise _missing("the Kokoro model")
        return [
            VoiceInfo(self.name, name, voice_language(name), voice_gender(name))
            for name in sorted(voice_names())
        ]

    def load(self, request: Request) -> None:  # noqa: ARG002
        self._loaded()

    def speak(self, request: Request) -> Speech:
        return self._loaded().speak(request, _chosen(request), breaks_before(request.language))

    def phonemes(self, text: str, voice: str | None, language: str) -> str:
        """*text* in the model's own signs."""
        request = Request(text, voice, 140, 50, language)
        return self._loaded().phonemes_of(request, _chosen(request), {}).signs

    def _loaded(self) -> Synthesizer:
        if self._synthesizer is None:
            _check_installed()
            try:
                from psoas_audio.speech.engines.kokoro.synthesizer import Synthesizer
            except ImportError as error:
                raise SpeechError(
                    f"the libraries that run Kokoro can't be loaded: {error}",
                    hint="Install it again with: pip install 'psoas-audio[natural]'",
                ) from None
            model = find_model()
            if model is None:
                raise _missing("the Kokoro model")
            self._synthesizer = Synthesizer(model.read(), allowed_threads())
        return self._synthesizer


def is_ready(language: str) -> bool:
    """Whether the engine, its model and a voice for *language* (BCP 47) are installed."""
    try:
        _check_installed()
    except SpeechError:
        return False
    return default_voice(language) is not None and find_model() is not None


def _chosen(request: Request) -> Blend:
    """The voice of *request*; raises ``SpeechError`` if it isn't installed."""
    name = default_voice(request.language) if request.voice is None else request.voice
    if name is None:
        raise _missing(f"a Kokoro voice for “{request.language}”")
    return read_blend(name)


@cache
def _check_installed() -> None:
    """Raise ``SpeechError`` unless what runs the model is installed."""
    _library.fingerprint()
    if find_spec("onnxruntime") is None:
        raise _missing("onnxruntime, which runs Kokoro,")


def _missing(what: str) -> SpeechError:
    return SpeechError(
        f"{what} is not installed",
        hint="Install one voice with: pip install 'psoas-audio[natural]'; install all of them"
        " with: psoas-audio voices install kokoro",
    )
