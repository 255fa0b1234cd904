"""Downloads Piper voices.

The server's index, ``voices.json``, lists the size and MD5 digest of each file of a voice. Files
are downloaded under temporary names and renamed once all of them are complete.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psoas_audio.errors import SpeechError, system_hint, system_reason
from psoas_audio.files import make_folder, user_path
from psoas_audio.speech.installation.download import (
    RETRY_HINT,
    OnBytes,
    Timeouts,
    checked_base,
    download,
)

DEFAULT_BASE_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""The official Piper voices; ``PSOAS_AUDIO_VOICES_FROM`` overrides it."""

_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-(\w{1,40})-(x_low|low|medium|high)")
_MAX_INDEX_BYTES, _MAX_TEXT_BYTES, _MAX_MODEL_BYTES = 8 << 20, 1 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class _File:
    """A file to download."""

    url: str
    size: int
    """Bytes."""
    md5: str
    """Hexadecimal, lower case."""


def install_piper_voice(
    name: str,
    folder: Path,
    base: str | None = None,
    *,
    licence: Callable[[str], None],
    on_progress: OnBytes | None = None,
    timeouts: Timeouts | None = None,
) -> Path:
    """Download the Piper voice *name* into *folder* and return the path of its model.

    *licence* is called with the text of the voice's model card before the files are put in place;
    an exception from it cancels the installation. Raises :class:`SpeechError`. After any
    exception, *folder* has no file of the voice.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise SpeechError(
            f"“{name}” is not the name of a Piper voice", hint="They look like en_US-ljspeech-high."
        )
    base = base or os.environ.get("PSOAS_AUDIO_VOICES_FROM") or DEFAULT_BASE_URL
    if user_path(base, "--from").is_dir():
        raise SpeechError(
            "Piper's voices are fetched from an address, not from a folder",
            where=base,
            hint=f"Copy {name}.onnx and {name}.onnx.json to {folder} yourself.",
        )
    base = checked_base(base)
    timeouts = timeouts or Timeouts()
    index = _index(f"{base}/voices.json", timeouts)
    listed = _voice_files(index, name)
    lang, country, voice, quality = match.groups()
    path = f"{lang}/{lang}_{country}/{voice}/{quality}"
    card, settings, model = (
        _file(listed, f"{path}/{file}", base, name, max_bytes)
        for file, max_bytes in (
            ("MODEL_CARD", _MAX_TEXT_BYTES),
            (f"{name}.onnx.json", _MAX_TEXT_BYTES),
            (f"{name}.onnx", _MAX_MODEL_BYTES),
        )
    )
    try:
        make_folder(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".psoas-audio-") as temporary:
            parts = {}
            for file in (card, settings, model):
                parts[file] = Path(temporary) / Path(file.url).name
                _fetch(file, parts[file], timeouts, on_progress if file is model else None)
            _check_settings(parts[settings], name)
            licence(_plain(parts[card].read_text(encoding="utf-8", errors="replace")))
            target = folder / f"{name}.onnx"
            # The model last: a voice counts as installed once its model exists.
            parts[card].replace(folder / f"{name}.MODEL_CARD.txt")
            parts[settings].replace(folder / f"{name}.onnx.json")
            parts[model].replace(target)
    except OSError as error:
        raise SpeechError(
            f"the voice can't be saved: {system_reason(error)}",
            where=str(folder),
            hint=f"{system_hint(error, '')} Set PSOAS_AUDIO_VOICES to use another folder.".lstrip(),
        ) from None
    return target


def _index(url: str, timeouts: Timeouts) -> dict[str, Any]:
    with tempfile.TemporaryFile() as file:
        download(url, file, _MAX_INDEX_BYTES, timeouts, None)
        file.seek(0)
        try:
            index = json.load(file)
        except (ValueError, RecursionError):
            index = None
    if not isinstance(index, dict):
        raise SpeechError("the list of voices can't be read", where=url, hint=RETRY_HINT)
    return index


def _voice_files(index: dict[str, Any], name: str) -> dict[str, Any]:
    entry = index.get(name)
    if entry is None:
        similar = sorted(known for known in index if known.split("-")[0] == name.split("-")[0])
        raise SpeechError(
            f"this server has no voice “{name}”",
            hint=f"It has {', '.join(similar[:12])}." if similar else "",
        )
    files = entry.get("files") if isinstance(entry, dict) else None
    return files if isinstance(files, dict) else {}


def _file(listed: dict[str, Any], path: str, base: str, name: str, max_bytes: int) -> _File:
    entry = listed.get(path)
    size = entry.get("size_bytes") if isinstance(entry, dict) else None
    digest = entry.get("md5_digest") if isinstance(entry, dict) else None
    if not (isinstance(size, int) and 0 < size <= max_bytes and isinstance(digest, str)):
        raise SpeechError(
            f"the list of voices has no entry for {path} of “{name}”",
            where=base,
            hint=RETRY_HINT,
        )
    return _File(f"{base}/{path}", size, digest.casefold())


def _fetch(file: _File, target: Path, timeouts: Timeouts, on_progress: OnBytes | None) -> None:
    with target.open("xb") as out:
        done = download(file.url, out, file.size, timeouts, on_progress)
    if done != file.size:
        raise SpeechError(
            f"only {done:,} of {file.size:,} bytes arrived", where=file.url, hint=RETRY_HINT
        )
    with target.open("rb") as data:
        digest = hashlib.file_digest(data, lambda: hashlib.md5(usedforsecurity=False))
    if digest.hexdigest() != file.md5:
        raise SpeechError(
            "the download doesn't match its checksum in the list of voices",
            where=file.url,
            hint=RETRY_HINT,
        )


def _check_settings(path: Path, name: str) -> None:
    try:
        rate = json.loads(path.read_text(encoding="utf-8"))["audio"]["sample_rate"]
    except (ValueError, KeyError, TypeError, RecursionError):
        rate = None
    if not isinstance(rate, int):
        raise SpeechError(f"the settings of “{name}” can't be read", hint=RETRY_HINT)


def _plain(text: str) -> str:
    """*text* without control characters, which could move a terminal's cursor."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
