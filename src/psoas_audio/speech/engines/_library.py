"""The eSpeak NG library of the ``espeakng-loader`` wheel, for the two engines that use it."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

from psoas_audio.cache.local import default_folder
from psoas_audio.errors import SpeechError
from psoas_audio.temporary import make_temporary_folder

_MAX_FOLDER_BYTES = 144
"""Bytes; eSpeak NG 1.52.0 cuts longer paths off and then ends the process."""


def open_library() -> ctypes.CDLL:
    """The library; raises ``SpeechError``. Its data must be named before (:func:`data_home`)."""
    # RTLD_LOCAL, as it is by default: next to Piper's own eSpeak, RTLD_GLOBAL ends in SIGSEGV.
    return ctypes.CDLL(_loader().get_library_path())


def data_home() -> str:
    """The folder that holds ``espeak-ng-data``, by a path short enough for the library."""
    home = Path(_loader().get_data_path()).parent
    if len(os.fsencode(home)) <= _MAX_FOLDER_BYTES:
        return str(home)
    try:
        return _link(home, default_folder())
    except OSError:
        return _link(home, Path(make_temporary_folder()))


def _loader() -> ModuleType:
    try:
        import espeakng_loader
    except ImportError:
        raise _missing() from None
    module: ModuleType = espeakng_loader
    return module


@cache
def fingerprint() -> str:
    """``espeakng-loader 0.2.4``; raises ``SpeechError`` where it is not installed."""
    try:
        return f"espeakng-loader {version('espeakng-loader')}"
    except PackageNotFoundError:
        raise _missing() from None


def _link(home: Path, folder: Path) -> str:
    """*folder*'s link to *home*, made where it is missing or leads elsewhere."""
    link = folder / "espeak-ng"
    if not (link.is_symlink() and link.readlink() == home):
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / f"espeak-ng-{os.getpid()}"
        new.symlink_to(home, target_is_directory=True)
        new.replace(link)
    if len(os.fsencode(link)) > _MAX_FOLDER_BYTES:
        raise OSError("the link is no shorter")
    return str(link)


def _missing() -> SpeechError:
    return SpeechError(
        "the eSpeak NG library is not installed",
        hint="Install it with: pip install espeakng-loader",
    )
