"""The voices that a speech server lists, in any of the shapes that servers answer with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engines.endpoint.http import HttpRequest, SpeechServer, is_success

_PATHS = ("/v1/audio/voices", "/v1/voices")
_MAX_BYTES = 4 << 20
_MAX_VOICES = 2000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_PIPER_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-\w+")
_KOKORO_NAME = re.compile(r"([abefhijpz])[fm]_[a-z]+")
_KOKORO_LANGUAGES = {
    "a": "en-US", "b": "en-GB", "e": "es", "f": "fr-FR", "h": "hi", "i": "it", "j": "ja",
    "p": "pt-BR", "z": "zh",
}  # fmt: skip
"""By the first letter of a Kokoro voice."""
_MIX = re.compile(r"\([\d.]+\)|\*[\d.]+")
"""Weights in a mix of voices, such as ``af_bella(2)+af_sky(1)``."""


@dataclass(frozen=True, slots=True)
class ServerVoice:
    """A voice that a server lists."""

    name: str
    title: str
    language: str
    """BCP 47; empty if it doesn't say."""


@dataclass(frozen=True, slots=True)
class ServerVoices:
    """What a server says of its voices; all empty if it says nothing."""

    voices: tuple[ServerVoice, ...] = ()
    whole: bool = False
    """Whether these are all that it has."""
    kokoro: bool = False
    """Whether it answers as Kokoro-FastAPI does, which reads ``[word](/ipa/)``."""

    def has(self, name: str) -> bool:
        """Whether *name*, which may be a mix, can be a voice of the server."""
        known = {voice.name for voice in self.voices}
        return not self.whole or {name} <= known or set(_MIX.sub("", name).split("+")) <= known


def list_server_voices(server: SpeechServer) -> ServerVoices:
    """Ask *server* for its voices; a server without such a list isn't an error."""
    for path in _PATHS:
        try:
            answer = server.send(HttpRequest("GET", path, max_bytes=_MAX_BYTES))
        except SpeechError:
            return ServerVoices()  # the error comes when it is asked to speak
        if is_success(answer.status):
            return read_voice_list(answer.body)
        if answer.status in (401, 403):
            break
    return ServerVoices()


def read_voice_list(body: bytes) -> ServerVoices:
    """The voices in a server's JSON."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ServerVoices()
    total = answer.get("total") if isinstance(answer, dict) else None
    listed = answer
    if isinstance(answer, dict):
        listed = answer.get("voices", answer.get("data"))
    if not isinstance(listed, list):
        return ServerVoices()
    voices = tuple(_voices(listed[:_MAX_VOICES]))
    return ServerVoices(
        voices,
        whole=bool(voices) and len(voices) == (total if isinstance(total, int) else len(listed)),
        # fastkokoro, which doesn't read IPA, lists bare names instead of objects.
        kokoro=isinstance(answer, dict)
        and "voices" in answer
        and bool(voices)
        and all(isinstance(entry, dict) for entry in listed)
        and all(_KOKORO_NAME.match(voice.name) for voice in voices),
    )


def language_of_name(name: str) -> str:
    """The language that a voice's name tells, as those of Piper and Kokoro do; else empty."""
    if match := _PIPER_NAME.match(name):
        return f"{match[1]}-{match[2]}"
    match = _KOKORO_NAME.match(name)
    return _KOKORO_LANGUAGES[match[1]] if match else ""


def _voices(listed: Iterable[Any]) -> Iterable[ServerVoice]:
    for entry in listed:
        fields = entry if isinstance(entry, dict) else {"id": entry}
        name = _text(fields, "id", "voice_id", "name")
        if name:
            language = _text(fields, "language", "locale", "lang").replace("_", "-")
            known = _LANGUAGE.fullmatch(language) is not None
            title = _text(fields, "name", "label", "title")
            yield ServerVoice(name, title, language if known else language_of_name(name))


def _text(fields: dict[str, Any], *keys: str) -> str:
    """The first of *keys* whose value is a printable text."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and value.isprintable() and 0 < len(value.strip()) <= 200:
            return value.strip()
    return ""
