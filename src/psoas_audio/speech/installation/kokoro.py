"""Installs the Kokoro model and its voices: from its official release, a mirror, or a folder.

Every file is known by its SHA-256. A download that broke off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from psoas_audio.errors import SpeechError, system_hint, system_reason
from psoas_audio.files import make_folder, user_path
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
    there = user_path(source, "--from")
    base = "" if there.is_dir() else checked_base(source)
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
            found = _found_in(there, model, must_have_model=precision is not None)
            for path in found:  # all of them before the first is copied
                _check(path, unpinned=unpinned)
            installed = tuple(_copied(path, folder) for path in found)
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


def _found_in(source: Path, model: Release, *, must_have_model: bool) -> list[Path]:
    """The voices, and the *model* if it is there, in the folder *source*."""
    voices = [path for path in sorted(source.glob("*.bin")) if path.name != VOICES.name]
    files = [path for path in (source / VOICES.name, source / model.name) if path.is_file()]
    if must_have_model and source / model.name not in files:
        raise SpeechError(
            f"{model.name} isn't in this folder",
            where=str(source),
            hint="Put it there, or leave --precision out.",
        )
    if not files and not voices:
        raise SpeechError(
            f"there is neither {model.name} nor a voice in this folder",
            where=str(source),
            hint=f"It needs {model.name}, and {VOICES.name} or voices such as af_heart.bin.",
        )
    return [*voices, *files]


def _check(path: Path, *, unpinned: bool) -> None:
    """Raise ``SpeechError`` unless *path* is a file of the release, or may be any with its size."""
    release = {file.name: file for file in (VOICES, *MODELS.values())}.get(path.name)
    if release is None and path.stat().st_size != VOICE_BYTES:
        raise SpeechError(
            f"this is not a Kokoro voice, which has {VOICE_BYTES:,} bytes",
            where=str(path),
            hint="Take it out of the folder, or get it again.",
        )
    known = release.sha256 if release else known_digests().get(path.stem)
    if unpinned or _sha256(path) == known:
        return
    if release and path.stat().st_size < release.size:
        raise SpeechError(
            f"this file is not complete: it has {path.stat().st_size:,} of {release.size:,} bytes",
            where=str(path),
            hint="Copy it to the folder again.",
        )
    raise SpeechError(
        "this isn't the file of the official release: its SHA-256 differs",
        where=str(path),
        hint="Get it again, or install it all the same with --unpinned, if you trust it.",
    )


def _copied(path: Path, folder: Path) -> Path:
    """*path* copied to *folder*; nothing is left there if that fails."""
    target, partial = folder / path.name, folder / (path.name + _PARTIAL)
    try:
        shutil.copyfile(path, partial)
        partial.replace(target)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    return target


def _has(path: Path, file: Release) -> bool:
    return path.is_file() and path.stat().st_size == file.size and _sha256(path) == file.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
