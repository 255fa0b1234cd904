"""``endpoint``: asks a speech server for each line, once, and reads whatever sound it sends."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from psoas_audio.errors import SpeechError
from psoas_audio.locale.tags import main_language
from psoas_audio.speech.engine import FinalError, Request, Speech, VoiceInfo, voice_for
from psoas_audio.speech.engines._files import join
from psoas_audio.speech.engines.endpoint.http import (
    BrokenAnswerError,
    HttpAnswer,
    HttpRequest,
    SpeechServer,
    TimeLimits,
    is_success,
)
from psoas_audio.speech.engines.endpoint.pace import RATES, pace_for, slow_down
from psoas_audio.speech.engines.endpoint.server_voices import (
    ServerVoices,
    language_of_name,
    list_server_voices,
)
from psoas_audio.speech.engines.endpoint.settings import (
    EndpointSettings,
    api_key,
    endpoint_settings,
)
from psoas_audio.speech.engines.endpoint.sound import message_in, read_sound_body, sound_faults
from psoas_audio.speech.engines.endpoint.text import text_for_server
from psoas_audio.speech.normalization.split import split_text

_VERSION = 3
"""Goes up when the same answer of a server would sound different."""
_BUSY = (429, 502, 503, 504)
"""Statuses after which the same request may succeed."""
_RETRIES = 2
_RETRY_AFTER_S = (1.0, 4.0)
_MAX_RETRY_AFTER_S = 30.0
_LIST_LIMITS = TimeLimits(first_byte=10.0, between=10.0, whole=20.0)
_CONNECTION_S = 25.0
"""For a connection: to two addresses, each tried twice, and the wait between."""
_MAX_BODY_BYTES = 64 << 20
_BYTES_PER_S = 48_000 * 2 * 2
"""Of 16-bit stereo at 48 kHz."""
_IPA_TRIAL = ("Let your belly soften.", "Let your [belly](/bˈɛli/) soften.")
"""The same words without IPA and with it."""
_SIGNS_SPOKEN = 1.3
"""At least how many times as long the second takes if its signs are spoken: 2.8 with Kokoro."""


class Endpoint:
    """Voices of the server in the user's settings."""

    name = "endpoint"

    def __init__(self, limits: TimeLimits | None = None) -> None:
        self._limits = limits or TimeLimits()
        self._listed: ServerVoices | None = None
        self._refused: set[str] = set()
        """What the server doesn't take: ``stream``, ``slower``, ``faster``."""
        self._ipa: bool | None = None
        """Whether the server reads IPA, once that was tried."""

    def fingerprint(self, request: Request) -> str:
        settings = endpoint_settings()
        voice = request.voice or settings.voice or "by language"
        parts = (settings.url, settings.model, voice, settings.revision)
        return json.dumps([f"endpoint {_VERSION}", *parts])

    def rates(self, voice: str | None) -> Sequence[float]:  # noqa: ARG002
        return RATES

    def has_fixed_pitch(self, voice: str | None) -> bool:  # noqa: ARG002
        return True

    def voices(self) -> Sequence[VoiceInfo]:
        settings = endpoint_settings()
        found = {
            voice.name: (voice.language or settings.language, voice.title)
            for voice in self._server_voices(settings).voices
        }
        own = [settings.voice] if settings.voice and settings.voice not in found else []
        found |= {name: (language_of_name(name) or settings.language, "") for name in own}
        found |= {name: (tag, "") for name, tag in settings.voices.items()}
        return [
            VoiceInfo(self.name, name, tag, title="" if title == name else title)
            for name, (tag, title) in found.items()
        ]

    def time_limit(self, text: str) -> float:
        settings = endpoint_settings()
        requests = 1 + len(text) // settings.characters
        waits = _RETRIES * _MAX_RETRY_AFTER_S
        once = self._limits.whole + _CONNECTION_S
        return requests * ((1 + _RETRIES) * once + waits) + 10

    def parallel(self) -> int:
        return endpoint_settings().parallel

    def speak(self, request: Request) -> Speech:
        settings = endpoint_settings()
        voice = self._chosen(request, settings)
        english = main_language(request.language) == "en"
        ipa = bool(request.pronunciations) and english and self._reads_ipa(settings, voice)
        text = text_for_server(request, ipa=ipa)
        if not any(sign.isalnum() for sign in text):
            raise FinalError("the text has nothing to speak")
        pieces = []
        for part in split_text(text, settings.characters):
            pace = pace_for(request.rate, part)
            pcm, rate, faults = self._sound(settings, part, voice, pace.speed)
            taken = replace(pace, speed=self._taken(pace.speed))
            pcm, after = slow_down(pcm, rate, part, taken)
            pieces.append(Speech(pcm, rate, True, voice, silence_after=after, faults=faults))
        if len({piece.sample_rate for piece in pieces}) > 1:
            raise SpeechError("the speech server changed its sample rate within a line")
        return join(pieces)

    def _reads_ipa(self, settings: EndpointSettings, voice: str) -> bool:
        """Whether the server reads ``[word](/ipa/)``, as Kokoro-FastAPI does.

        A server that only lists its voices as that does would speak the signs, so it is tried once.
        """
        if settings.ipa is not None:
            return settings.ipa
        if not self._server_voices(settings).kokoro:
            return False
        if self._ipa is None:
            plain, marked = (len(self._ask(settings, text, voice, 1)[0]) for text in _IPA_TRIAL)
            self._ipa = marked < plain * _SIGNS_SPOKEN
        return self._ipa

    def _sound(
        self, settings: EndpointSettings, text: str, voice: str, speed: float
    ) -> tuple[bytes, int, tuple[str, ...]]:
        """Samples, their rate, and what is wrong with them, if asking once more didn't help."""
        pcm, rate = self._ask(settings, text, voice, speed)
        if sound_faults(pcm, rate, text, self._taken(speed)):
            pcm, rate = self._ask(settings, text, voice, speed)
        return pcm, rate, sound_faults(pcm, rate, text, self._taken(speed))

    def _ask(
        self, settings: EndpointSettings, text: str, voice: str, speed: float
    ) -> tuple[bytes, int]:
        """The sound for *text*: asked again where that may help."""
        server = SpeechServer(settings.url, settings.allow, api_key(), self._limits)
        longest = 10 + 0.5 * len(text)
        for attempt in range(_RETRIES + 1):
            wait = None
            try:
                answer = self._answer(server, settings, text, voice, speed)
                if is_success(answer.status):
                    return _sound_in(answer, longest, server)
                error: SpeechError = _refusal(server, answer)
                wait = answer.retry_after
            except BrokenAnswerError as broken:
                error = broken
            if isinstance(error, FinalError) or attempt == _RETRIES:
                break
            time.sleep(min(_RETRY_AFTER_S[attempt] if wait is None else wait, _MAX_RETRY_AFTER_S))
        raise FinalError(error.what, hint=error.hint)

    def _answer(
        self, server: SpeechServer, settings: EndpointSettings, text: str, voice: str, speed: float
    ) -> HttpAnswer:
        """The server's answer, without the fields that it refuses."""
        max_bytes = min(_MAX_BODY_BYTES, round((10 + 0.5 * len(text)) * _BYTES_PER_S))
        while True:
            payload = self._payload(settings, text, voice, speed)
            answer = server.send(HttpRequest("POST", "/v1/audio/speech", payload, max_bytes))
            if not self._learns_from(answer, payload):
                return answer

    def _payload(
        self, settings: EndpointSettings, text: str, voice: str, speed: float
    ) -> dict[str, Any]:
        payload: dict[str, Any] = {
            "model": settings.model,
            "input": text,
            "voice": voice,
            "response_format": "wav",
        }
        if (taken := self._taken(speed)) != 1:
            payload["speed"] = taken
        if "stream" not in self._refused:
            payload["stream"] = False
        return payload

    def _taken(self, speed: float) -> float:
        """*speed*, or 1 where the server has refused such a speed."""
        return 1.0 if ("slower" if speed < 1 else "faster") in self._refused else speed

    def _learns_from(self, answer: HttpAnswer, payload: Mapping[str, Any]) -> bool:
        """Whether the server refused a field of *payload* that it won't be sent any more."""
        if answer.status not in (400, 422):
            return False
        told = answer.body.decode("utf-8", errors="replace")
        refused = set()
        if "stream" in payload and "stream" in told:
            refused.add("stream")
        if "speed" in payload and "speed" in told:
            refused.add("slower" if payload["speed"] < 1 else "faster")
        self._refused |= refused
        return bool(refused)

    def _chosen(self, request: Request, settings: EndpointSettings) -> str:
        """The voice to ask for; raises ``FinalError`` for one that the server doesn't have."""
        if request.voice is None:
            voices = self.voices()
            own = [voice for voice in voices if voice.name == settings.voice]
            found = voice_for(request.language, own) or voice_for(request.language, voices)
            if found is None:
                raise FinalError(
                    f"the speech server lists no voice for “{request.language}”",
                    hint="Name its voices and their languages in endpoint.toml (docs/voices.md).",
                )
            return found.name
        name = request.voice
        listed = self._server_voices(settings)
        if name in settings.voices or name == settings.voice:
            return name
        if not name.strip() or not name.isprintable() or not listed.has(name):
            similar = get_close_matches(name, [voice.name for voice in listed.voices], 3)
            raise FinalError(
                f"the speech server has no voice “{name}”",
                hint=f"Did you mean {' or '.join(similar)}?"
                if similar
                else "List them with: psoas-audio voices --engine endpoint",
            )
        return name

    def _server_voices(self, settings: EndpointSettings) -> ServerVoices:
        if self._listed is None:
            server = SpeechServer(settings.url, settings.allow, api_key(), _LIST_LIMITS)
            self._listed = list_server_voices(server)
        return self._listed


def _sound_in(answer: HttpAnswer, longest: float, server: SpeechServer) -> tuple[bytes, int]:
    """As ``read_sound_body``; an error that quotes the body doesn't show the key."""
    try:
        return read_sound_body(answer.body, longest)
    except FinalError as error:
        raise FinalError(server.without_key(error.what), hint=error.hint) from None


def _refusal(server: SpeechServer, answer: HttpAnswer) -> SpeechError:
    """What the server's error says."""
    told = server.without_key(message_in(answer.body))
    what = f"the speech server answered with status {answer.status}" + (f": {told}" if told else "")
    if answer.status in _BUSY:
        return SpeechError(what, hint="Try again later.")
    if answer.status in (401, 403):
        return FinalError(what, hint="Set its key in PSOAS_AUDIO_ENDPOINT_KEY.")
    return FinalError(what, hint="Check the server, its model and the voice.")
