"""Piper voices fetched when a person asks for one, and only then.

A voice is named in the index of its address, ``voices.json``, with the size and MD5 digest of each
of its files. Files come under temporary names, and get their own when all of them are whole.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

from psoas_audio.errors import SpeechError, system_hint, system_reason

BASE = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where Piper's own voices are; ``PSOAS_AUDIO_VOICES_FROM`` names another place."""

_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-(\w{1,40})-(x_low|low|medium|high)")
_MAX_INDEX_BYTES, _MOST_TEXT, _MOST_MODEL = 8 << 20, 1 << 20, 1 << 30
"""Bytes."""
_MIN_BYTES_PER_S = 20_000
"""Bytes a second, after :data:`Patience.start`: less is a connection that hangs."""
_READ_BYTES = 1 << 16

OnBytes = Callable[[int, int], None]
"""Told of bytes fetched, and of how many there are."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a server may take."""

    answer: float = 20.0
    """Seconds without a byte."""
    start: float = 30.0
    """Seconds that a file may take besides those for its size."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file to fetch."""

    address: str
    size: int
    """Bytes."""
    md5: str


def install(
    name: str,
    folder: Path,
    base: str | None = None,
    *,
    licence: Callable[[str], None],
    told: OnBytes | None = None,
    patience: Timeouts | None = None,
) -> Path:
    """Fetch the Piper voice *name* into *folder* and return its model file.

    *licence* is called with the voice's model card before the files get their names; what it
    raises stops that. Raises :class:`SpeechError`; nothing of the voice is left in *folder* then.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise SpeechError(
            f"“{name}” is not the name of a Piper voice", hint="They look like en_US-lessac-medium."
        )
    base = _checked_base(base or os.environ.get("PSOAS_AUDIO_VOICES_FROM") or BASE)
    patience = patience or Timeouts()
    index = _index(f"{base}/voices.json", patience)
    listed = _listed(index, name)
    lang, country, voice, quality = match.groups()
    place = f"{lang}/{lang}_{country}/{voice}/{quality}"
    card, settings, model = (
        _file(listed, f"{place}/{file}", base, name, most)
        for file, most in (
            ("MODEL_CARD", _MOST_TEXT),
            (f"{name}.onnx.json", _MOST_TEXT),
            (f"{name}.onnx", _MOST_MODEL),
        )
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".psoas-audio-") as temporary:
            parts = {}
            for file in (card, settings, model):
                parts[file] = Path(temporary) / Path(file.address).name
                _fetch(file, parts[file], patience, told if file is model else None)
            _check_settings(parts[settings], name)
            licence(_plain(parts[card].read_text(encoding="utf-8", errors="replace")))
            target = folder / f"{name}.onnx"
            # The model last: a voice is there when its model is.
            parts[card].replace(folder / f"{name}.MODEL_CARD.txt")
            parts[settings].replace(folder / f"{name}.onnx.json")
            parts[model].replace(target)
    except OSError as error:
        raise SpeechError(
            f"the voice can't be written: {system_reason(error)}",
            where=str(folder),
            hint=f"{system_hint(error, '')} PSOAS_AUDIO_VOICES names its folder.".lstrip(),
        ) from None
    return target


def _checked_base(base: str) -> str:
    _check_address(base)
    return base.rstrip("/")


def _check_address(address: str) -> None:
    """Only what nobody on the way can change: https, or this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        raise SpeechError(f"“{address}” is not a valid address", hint=_ADDRESS) from None
    local = parts.scheme == "http" and host in ("localhost", "127.0.0.1", "::1")
    if not host or not (parts.scheme == "https" or local):
        raise SpeechError(
            f"voices are only downloaded over https, not from “{address}”", hint=_ADDRESS
        )


class _Careful(urllib.request.HTTPRedirectHandler):
    """Follows a server only to where it might have been asked itself."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(address: str, patience: Timeouts) -> Any:
    scheme, _, rest = address.partition("://")
    request = urllib.request.Request(
        f"{scheme}://{quote(rest, safe='/:[]%?=&')}", headers={"User-Agent": "psoas-audio"}
    )
    return urllib.request.build_opener(_Careful).open(request, timeout=patience.answer)


def _copy(address: str, out: BinaryIO, most: int, patience: Timeouts, told: OnBytes | None) -> int:
    """What *address* holds, at most *most* bytes, written to *out*; raises ``SpeechError``."""
    begun, done = time.monotonic(), 0
    try:
        with _open(address, patience) as answer:
            while block := answer.read1(_READ_BYTES):
                done += len(block)
                if done > most:
                    raise SpeechError("it is larger than it should be", where=address, hint=_HINT)
                if time.monotonic() - begun > patience.start + done / _MIN_BYTES_PER_S:
                    raise SpeechError(
                        f"the download is too slow: {done:,} bytes so far",
                        where=address,
                        hint=_HINT,
                    )
                out.write(block)
                if told is not None:
                    told(done, most)
    except urllib.error.HTTPError as error:
        error.close()
        raise SpeechError(
            f"the server answered with status {error.code}", where=address, hint=_HINT
        ) from None
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise SpeechError(f"it can't be downloaded: {reason}", where=address, hint=_HINT) from None
    except (http.client.HTTPException, ValueError) as error:
        told_as = type(error).__name__
        raise SpeechError(
            f"the server's answer is damaged ({told_as})", where=address, hint=_HINT
        ) from None
    return done


_HINT = "Try again; or name another address with --from."
_ADDRESS = "Give an address that begins with https:// to --from."


def _index(address: str, patience: Timeouts) -> dict[str, Any]:
    with tempfile.TemporaryFile() as file:
        _copy(address, file, _MAX_INDEX_BYTES, patience, None)
        file.seek(0)
        try:
            index = json.load(file)
        except (ValueError, RecursionError):
            index = None
    if not isinstance(index, dict):
        raise SpeechError("the list of voices can't be read", where=address, hint=_HINT)
    return index


def _listed(index: dict[str, Any], name: str) -> dict[str, Any]:
    entry = index.get(name)
    if entry is None:
        alike = sorted(known for known in index if known.split("-")[0] == name.split("-")[0])
        raise SpeechError(
            f"there is no voice “{name}” at this address",
            hint=f"There are {', '.join(alike[:12])}." if alike else "",
        )
    files = entry.get("files") if isinstance(entry, dict) else None
    return files if isinstance(files, dict) else {}


def _file(listed: dict[str, Any], path: str, base: str, name: str, most: int) -> _File:
    facts = listed.get(path)
    size = facts.get("size_bytes") if isinstance(facts, dict) else None
    digest = facts.get("md5_digest") if isinstance(facts, dict) else None
    if not (isinstance(size, int) and 0 < size <= most and isinstance(digest, str)):
        raise SpeechError(
            f"the list of voices has no entry for {path} of “{name}”", where=base, hint=_HINT
        )
    return _File(f"{base}/{path}", size, digest.casefold())


def _fetch(file: _File, target: Path, patience: Timeouts, told: OnBytes | None) -> None:
    with target.open("xb") as out:
        done = _copy(file.address, out, file.size, patience, told)
    if done != file.size:
        raise SpeechError(
            f"only {done:,} of {file.size:,} bytes arrived", where=file.address, hint=_HINT
        )
    with target.open("rb") as whole:
        digest = hashlib.file_digest(whole, lambda: hashlib.md5(usedforsecurity=False))
    if digest.hexdigest() != file.md5:
        raise SpeechError(
            "the download doesn't match its checksum in the list of voices",
            where=file.address,
            hint=_HINT,
        )


def _check_settings(path: Path, name: str) -> None:
    try:
        rate = json.loads(path.read_text(encoding="utf-8"))["audio"]["sample_rate"]
    except (ValueError, KeyError, TypeError, RecursionError):
        rate = None
    if not isinstance(rate, int):
        raise SpeechError(f"the settings of “{name}” can't be read", hint=_HINT)


def _plain(text: str) -> str:
    """*text* without what would move a terminal's cursor."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
