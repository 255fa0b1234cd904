"""Installs the Kokoro model and its voices: from its official release, a mirror, or a folder.

Every file is known by its SHA-256. A download that broke off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from psoas_audio.errors import SpeechError, system_hint, system_reason
from psoas_audio.files import make_folder
from psoas_audio.speech.engines.kokoro.files import (
    MODELS,
    VOICE_BYTES,
    VOICES,
    Release,
    known_digests,
    usual_precision,
)
from psoas_audio.speech.installation.download import (
    RETRY_HINT,
    OnBytes,
    Timeouts,
    checked_base,
    download,
)

KOKORO_BASE_URL = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
"""The official release of the model as ONNX; ``PSOAS_AUDIO_VOICES_FROM`` overrides it."""
KOKORO_LICENCE = """Kokoro-82M v1.0 by hexgrad: model and voices under the Apache License 2.0.
Export to ONNX by thewh1teagle: MIT. Among its training data: SIWIS (CC BY 4.0), Koniwa (CC BY 3.0),
and, as its model card says, synthetic audio of closed models.
"""
_PARTIAL = ".part"


def install_kokoro(
    folder: Path,
    source: str | None = None,
    *,
    precision: str | None = None,
    unpinned: bool = False,
    licence: Callable[[str], None],
    on_progress: OnBytes | None = None,
    timeouts: Timeouts | None = None,
) -> tuple[Path, ...]:
    """Put the model in *precision* and all voices into *folder*; returns the files installed.

    Without *precision* the model is the fastest on this kind of processor. One in another precision
    is removed, so that what was asked for is used. *source* is a folder that has the files, or the
    address of a server that does; ``None`` is the official release. A folder may have some of the
    voices alone, as ``NAME.bin``. A file with an unknown SHA-256 is refused unless *unpinned*.
    *licence* is called with the licence before anything is fetched; an exception from it cancels
    the installation. Raises ``SpeechError``.
    """
    source = source or os.environ.get("PSOAS_AUDIO_VOICES_FROM") or KOKORO_BASE_URL
    base = "" if Path(source).is_dir() else checked_base(source)
    licence(KOKORO_LICENCE)
    try:
        make_folder(folder)
        (folder / "LICENCE.txt").write_text(KOKORO_LICENCE, encoding="utf-8")
        model = MODELS[precision or usual_precision()]
        if base:
            installed = tuple(
                _downloaded(
                    file, f"{base}/{file.name}", folder, timeouts or Timeouts(), on_progress
                )
                for file in (VOICES, model)
            )
        else:
            installed = tuple(_copied(Path(source), folder, model, unpinned=unpinned))
        if folder / model.name in installed:
            _remove_others(folder, model)
        return installed
    except OSError as error:
        raise SpeechError(
            f"the voices can't be saved: {system_reason(error)}",
            where=str(folder),
            hint=f"{system_hint(error, '')} Set PSOAS_AUDIO_VOICES to use another folder.".lstrip(),
        ) from None


def _downloaded(
    file: Release, url: str, folder: Path, timeouts: Timeouts, on_progress: OnBytes | None
) -> Path:
    target, partial = folder / file.name, folder / (file.name + _PARTIAL)
    if _has(target, file):
        return target
    if partial.exists() and partial.stat().st_size >= file.size:
        partial.unlink()
    with partial.open("ab") as out:
        done = download(url, out, file.size, timeouts, on_progress, start=out.tell())
    if done != file.size:
        raise SpeechError(
            f"only {done:,} of {file.size:,} bytes arrived", where=url, hint=RETRY_HINT
        )
    if not _has(partial, file):
        partial.unlink()
        raise SpeechError(
            "the download isn't the file of the official release: its SHA-256 differs",
            where=url,
            hint=RETRY_HINT,
        )
    partial.replace(target)
    return target


def _remove_others(folder: Path, model: Release) -> None:
    """Remove the models that *model* replaces."""
    for other in MODELS.values():
        if other.name != model.name:
            (folder / other.name).unlink(missing_ok=True)


def _copied(source: Path, folder: Path, model: Release, *, unpinned: bool) -> Iterator[Path]:
    """Copy *model* and the voices that *source* has."""
    voices = [path for path in sorted(source.glob("*.bin")) if path.name != VOICES.name]
    found = [path for path in (source / VOICES.name, source / model.name) if path.is_file()]
    if not found and not voices:
        raise SpeechError(
            f"there is neither {model.name} nor a voice in this folder",
            where=str(source),
            hint=f"It needs {model.name}, and {VOICES.name} or voices such as af_heart.bin.",
        )
    digests = known_digests()
    pinned = {file.name: file.sha256 for file in (VOICES, model)}
    for path in (*voices, *found):
        if path in voices and path.stat().st_size != VOICE_BYTES:
            raise SpeechError(
                f"this is not a Kokoro voice, which has {VOICE_BYTES:,} bytes",
                where=str(path),
                hint="Take it out of the folder, or get it again.",
            )
        known = digests.get(path.stem) if path in voices else pinned[path.name]
        if not unpinned and _sha256(path) != known:
            raise SpeechError(
                "this isn't the file of the official release: its SHA-256 differs",
                where=str(path),
                hint="Install it all the same with --unpinned, if you trust it.",
            )
        partial = folder / (path.name + _PARTIAL)
        shutil.copyfile(path, partial)
        partial.replace(folder / path.name)
        yield folder / path.name


def _has(path: Path, file: Release) -> bool:
    return path.is_file() and path.stat().st_size == file.size and _sha256(path) == file.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
