"""Which speech server to ask: the user's own settings, never a script's.

They come from ``endpoint.toml`` in the user's configuration folder and from the environment, so
that worker processes see the same. The key comes from the environment alone, and is in no value
that is printed or stored.
"""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_config_path

from psoas_audio.errors import PsoasError, SpeechError
from psoas_audio.files import FileKind, user_path
from psoas_audio.speech.engine import Sell

_SETTINGS_FILE = FileKind("file", 1_000_000)
_KEY = "PSOAS_AUDIO_ENDPOINT_KEY"
_ALLOW = {
    "loopback": "this machine alone",
    "private": "this machine and private networks",
    "any": "any server, over https where it isn't on a private network",
}
"""What ``allow`` may be, from strict to open."""
_MAX_PARALLEL = 64
_MIN_CHARACTERS, _MAX_CHARACTERS = 100, 100_000


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """A server and how it is asked."""

    url: str
    """Its base URL, without ``/v1``: no key, no password, no slash at the end."""
    allow: str = "loopback"
    """``loopback``, ``private`` or ``any``: which addresses may be asked."""
    model: str = "tts-1"
    """Most servers know this name."""
    voice: str | None = None
    """The voice for lines that name none; ``None``: one of the server's, by language."""
    language: str = "en-US"
    """BCP 47: of voices that don't tell theirs."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Voices that the server doesn't list, and the language (BCP 47) of each."""
    revision: str = ""
    """Changed by the user when the server's voices have changed: old takes aren't used then."""
    parallel: int = 1
    """Requests at a time."""
    characters: int = 4096
    """Longest text of a request; the limit of OpenAI's own server."""
    licence: str = ""
    """Of its voices, in the user's words; empty if unknown."""
    sell: Sell = "unclear"
    """Whether sessions with its voices may be sold, by what the user has found out."""
    price: float = 0.0
    """What a million characters cost, in ``currency``; 0 if that isn't known."""
    currency: str = ""
    """In the user's words, such as ``USD``."""
    ipa: bool | None = None
    """Whether ``[word](/ipa/)`` is understood; ``None``: where the server is Kokoro-FastAPI."""


def endpoint_settings() -> EndpointSettings:
    """The user's settings; raises ``SpeechError`` if there are none or if they can't be used."""
    table = _own_table()
    url = os.environ.get("PSOAS_AUDIO_ENDPOINT") or table.pop("url", None)
    table.pop("url", None)
    if not url:
        raise SpeechError(
            "no speech server is set",
            hint="Set PSOAS_AUDIO_ENDPOINT to its address, such as http://127.0.0.1:8880.",
        )
    if allow := os.environ.get("PSOAS_AUDIO_ENDPOINT_ALLOW"):
        table["allow"] = allow
    try:
        return EndpointSettings(_base_url(url), **_checked(table))
    except (TypeError, ValueError) as error:
        raise SpeechError(
            f"the settings of the speech server can't be used: {error}",
            hint="docs/voices.md shows what they look like.",
        ) from None


def api_key() -> str:
    """The key to send; empty if there is none. Raises ``SpeechError`` if it can't be sent."""
    key = os.environ.get(_KEY, "").strip()
    if not all("!" <= sign <= "~" for sign in key):
        raise SpeechError(
            f"{_KEY} contains characters that aren't allowed in a key", hint="Copy the key again."
        )
    return key


def _base_url(url: object) -> str:
    if not isinstance(url, str):
        raise TypeError("its address must be a text")
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("its address is not a valid URL") from None
    if parts.username is not None or parts.password is not None:
        # Not repeated in the message: it has a password in it.
        raise ValueError(f"its address has a password in it; put that into {_KEY}")
    if parts.query or parts.fragment:
        raise ValueError("its address may contain only a server and a path")
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"“{url}” is not an address that begins with http:// or https://")
    return (
        f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/").removesuffix("/v1").rstrip("/")
    )


def _checked(table: Mapping[str, Any]) -> dict[str, Any]:
    """*table*, of the right types; raises ``TypeError`` or ``ValueError``."""
    if "key" in table or "api_key" in table:
        raise ValueError(f"keys aren't read from this file; set {_KEY} instead")
    types: dict[str, tuple[type | tuple[type, ...], str]] = {
        **dict.fromkeys(
            ("allow", "model", "voice", "language", "licence", "sell", "currency"), (str, "a text")
        ),
        "revision": (str, "a text in quotes"),
        **dict.fromkeys(("parallel", "characters"), (int, "a whole number")),
        "price": ((int, float), "a number: what a million characters cost"),
        "ipa": (bool, "true or false"),
        "voices": (dict, "a table of voices with their languages"),
    }
    for name, value in table.items():
        if name not in types:
            raise ValueError(f"there is no setting “{name}” (there are: url, {', '.join(types)})")
        expected, described = types[name]
        if not isinstance(value, expected) or (expected is not bool and isinstance(value, bool)):
            raise TypeError(f"“{name}” must be {described}")
    if (allow := table.get("allow", "loopback")) not in _ALLOW:
        raise ValueError(f"allow must be {', '.join(_ALLOW)}, not “{allow}”")
    if table.get("sell", "unclear") not in ("yes", "no", "unclear"):
        raise ValueError(f"sell must be yes, no or unclear, not “{table['sell']}”")
    if not 1 <= table.get("parallel", 1) <= _MAX_PARALLEL:
        raise ValueError(f"parallel must be 1 to {_MAX_PARALLEL}")
    if not _MIN_CHARACTERS <= table.get("characters", 4096) <= _MAX_CHARACTERS:
        raise ValueError(f"characters must be {_MIN_CHARACTERS} to {_MAX_CHARACTERS:,}")
    if not 0 <= table.get("price", 0) < math.inf:
        raise ValueError("price must be what a million characters cost, 0 or more")
    if not table.get("currency", "").isprintable():
        raise ValueError("currency must be a word, such as USD")
    for voice, language in table.get("voices", {}).items():
        if not isinstance(language, str) or not re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)*", language):
            raise ValueError(f"the language of the voice “{voice}” must be a tag such as en-GB")
    return dict(table)


def _own_table() -> dict[str, Any]:
    """``PSOAS_AUDIO_ENDPOINT_FILE``, or else ``endpoint.toml`` in the configuration folder."""
    if chosen := os.environ.get("PSOAS_AUDIO_ENDPOINT_FILE"):
        path = user_path(chosen, "PSOAS_AUDIO_ENDPOINT_FILE")
    else:
        path = user_config_path("psoas-audio", appauthor=False) / "endpoint.toml"
    if not os.path.lexists(path):
        return {}
    try:
        return tomllib.loads(_SETTINGS_FILE.read_text(Path(path)))
    except (PsoasError, ValueError) as error:
        raise SpeechError(
            f"the settings of the speech server can't be read: {getattr(error, 'what', error)}",
            hint="docs/voices.md shows what they look like.",
        ) from None
