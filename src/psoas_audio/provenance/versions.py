"""The versions that decide a session's bytes, recorded in its timeline."""

from __future__ import annotations

import contextlib
import platform
from importlib.metadata import PackageNotFoundError, version

_DISTRIBUTIONS = (
    "espeakng-loader", "mutagen", "num2words", "numpy", "pedalboard", "pillow", "piper-tts",
    "pyttsx3", "soundfile", "soxr",
)  # fmt: skip
"""Those whose results get into a session or its outputs."""


def versions() -> dict[str, str]:
    """Name to version of Python and of each distribution that is installed."""
    found = {"python": platform.python_version()}
    for name in _DISTRIBUTIONS:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
