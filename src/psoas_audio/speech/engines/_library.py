"""Loads the eSpeak NG library of the ``espeakng-loader`` package, which two engines use."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from types import ModuleType

from psoas_audio.cache.installed_versions import installed_versions
from psoas_audio.cache.local import default_folder
from psoas_audio.errors import SpeechError
from psoas_audio.files import make_folder
from psoas_audio.temporary import make_temporary_folder

_MAX_PATH_BYTES = 144
"""eSpeak NG 1.52.0 truncates longer paths and then exits."""


def open_library() -> ctypes.CDLL:
    """Load the library; raises ``SpeechError``. Initialize it with :func:`data_home`."""
    # RTLD_LOCAL (the default): RTLD_GLOBAL crashes (SIGSEGV) next to the eSpeak that Piper bundles.
    return ctypes.CDLL(_loader().get_library_path())


def data_home() -> str:
    """The folder that contains ``espeak-ng-data``, as a path short enough for the library."""
    home = Path(_loader().get_data_path()).parent
    if len(os.fsencode(home)) <= _MAX_PATH_BYTES:
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


def fingerprint() -> str:
    """Name and version, such as ``espeakng-loader 0.2.4``; raises ``SpeechError`` if missing."""
    if (found := installed_versions().get("espeakng-loader")) is None:
        raise _missing()
    return f"espeakng-loader {found}"


def _link(home: Path, folder: Path) -> str:
    """Path of a link in *folder* to *home*, created or corrected if necessary."""
    link = folder / "espeak-ng"
    if not (link.is_symlink() and link.readlink() == home):
        make_folder(folder)
        new = folder / f"espeak-ng-{os.getpid()}"
        new.symlink_to(home, target_is_directory=True)
        new.replace(link)
    if len(os.fsencode(link)) > _MAX_PATH_BYTES:
        raise OSError("the link's path is too long")
    return str(link)


def _missing() -> SpeechError:
    return SpeechError(
        "the eSpeak NG library is not installed",
        hint="Install it with: pip install espeakng-loader",
    )
